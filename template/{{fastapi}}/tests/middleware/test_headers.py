"""What every answer says to browsers and caches."""

import pytest

from src.middleware.headers import joined
from tests.clients import Client
from tests.http.services import serving

ALL = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "vary": "Origin, Authorization, Cookie, X-API-Key",
}
KEPT = {**ALL, "cache-control": "private, no-cache"}


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/openapi.json", "/api/v1/nothing", "/x"])
async def test_every_answer_has_them_errors_too(client: Client, path: str) -> None:
    headers = (await client.get(path)).headers
    assert {name: headers.get(name) for name in KEPT} == KEPT


@pytest.mark.parametrize("method", ["GET", "PATCH", "OPTIONS", "TRACE"])
async def test_nothing_under_auth_is_stored(client: Client, method: str) -> None:
    response = await client.request(method, "/api/v1/auth/me")
    assert response.headers.get_list("cache-control") == ["no-store"]


async def test_a_page_keeps_what_it_says_itself(client: Client) -> None:
    page = await client.get("/docs")
    assert page.headers.get_list("content-security-policy")[0].startswith("default-src 'none'; sc")
    assert len(page.headers.get_list("content-security-policy")) == 1
    asset = await client.get("/docs/swagger-ui.css")
    assert asset.headers.get_list("cache-control") == ["public, max-age=31536000, immutable"]
    assert asset.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(("environment", "is_said"), [("development", False), ("production", True)])
async def test_encryption_is_demanded_outside_development(
    client: Client, environment: str, is_said: bool
) -> None:
    async with serving(app_env=environment) as other:
        response = await other.get("/healthz")
    assert ("strict-transport-security" in response.headers) == is_said


def test_a_header_in_several_lines_is_one() -> None:
    lines = [(b"cookie", b"a=1"), (b"if-match", b'"1"'), (b"cookie", b"b=2"), (b"if-match", b"*")]
    assert joined(lines) == [(b"cookie", b"a=1; b=2"), (b"if-match", b'"1", *')]
