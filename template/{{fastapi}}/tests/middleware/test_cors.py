"""Which pages of other origins may call the service."""

from collections.abc import AsyncIterator

import pytest

from tests.clients import Client
from tests.http.services import serving

FRIEND = "https://app.example"
ME = "/api/v1/auth/me"


@pytest.fixture
async def shared(client: Client) -> AsyncIterator[Client]:
    """A client of a service that pages of one other origin may call."""
    async with serving(cors_origins=f"{FRIEND}, https://other.example") as other:
        yield other


async def _ask(client: Client, origin: str, path: str = ME) -> dict[str, str]:
    headers = {"Origin": origin, "Access-Control-Request-Method": "PATCH"}
    response = await client.options(path, headers=headers)
    assert response.status_code == 204
    return {name: response.headers[name] for name in response.headers if "control-" in name}


async def test_a_preflight_of_a_friend_is_answered_204(shared: Client) -> None:
    said = await _ask(shared, FRIEND)
    assert said["access-control-allow-origin"] == FRIEND
    assert said["access-control-allow-credentials"] == "true"
    assert said["access-control-allow-methods"] == "DELETE, GET, HEAD, OPTIONS, PATCH"
    assert "If-Match" in said["access-control-allow-headers"]


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", f"{FRIEND}.evil.example", "http://app.example", "null", ""],
)
async def test_a_foreign_preflight_is_204_and_allows_nothing(shared: Client, origin: str) -> None:
    assert await _ask(shared, origin) == {}


async def test_a_friend_sees_answers_and_errors(shared: Client) -> None:
    response = await shared.get(ME, headers={"Origin": FRIEND})
    assert (response.status_code, response.headers["access-control-allow-origin"]) == (401, FRIEND)
    exposed = response.headers["access-control-expose-headers"].split(", ")
    assert {"ETag", "Link", "Location", "Retry-After", "RateLimit", "X-Request-ID"} <= set(exposed)
    assert response.headers["vary"].startswith("Origin")


async def test_a_stranger_sees_none(shared: Client) -> None:
    response = await shared.get(ME, headers={"Origin": "https://evil.example"})
    assert not [name for name in response.headers if name.startswith("access-control-")]


async def test_nobody_is_a_friend_unless_named(client: Client) -> None:
    response = await client.get(ME, headers={"Origin": FRIEND})
    assert "access-control-allow-origin" not in response.headers
