"""What is read from a request before a handler sees it."""

from collections.abc import AsyncIterator

import pytest
from fastapi import APIRouter, Response

from src.http.dependencies import JsonBody, NoQuery
from src.http.unit_of_work import UnitOfWorkRoute
from tests.clients import Client
from tests.http.services import serving
from tests.steps import code

router = APIRouter(route_class=UnitOfWorkRoute)


@router.post("/echo")
async def echo(_: NoQuery, body: JsonBody) -> Response:
    return Response(str(body))


@pytest.fixture
async def echoing(client: Client) -> AsyncIterator[Client]:
    """A client of a service that takes bodies of at most 100 bytes."""
    async with serving(router, max_body_bytes=100) as other:
        yield other


async def _chunks(size: int) -> AsyncIterator[bytes]:
    for _ in range(size):
        yield b" "
    yield b"1"


@pytest.mark.parametrize(("size", "status"), [(99, 200), (100, 413), (5000, 413)])
async def test_a_body_without_a_length_is_counted(echoing: Client, size: int, status: int) -> None:
    """413 as soon as it is too large."""
    response = await echoing.post(
        "/api/v1/echo", content=_chunks(size), headers={"Content-Type": "application/json"}
    )
    assert "content-length" not in response.request.headers
    assert response.status_code == status


@pytest.mark.parametrize(
    "media_type",
    [
        "application/json",
        "Application/JSON; charset=utf-8",
        'application/json;charset="UTF-8"',
    ],
)
async def test_json_by_any_of_its_names_200(echoing: Client, media_type: str) -> None:
    response = await echoing.post(
        "/api/v1/echo", content=b"1", headers={"Content-Type": media_type}
    )
    assert response.status_code == 200


@pytest.mark.parametrize(
    "media_type",
    ["", "text/json", "application/merge-patch+json", "application/json; charset=utf-16"],
)
async def test_another_media_type_415(echoing: Client, media_type: str) -> None:
    response = await echoing.post(
        "/api/v1/echo", content=b"1", headers={"Content-Type": media_type}
    )
    assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


async def test_a_query_that_is_not_utf8_400(echoing: Client) -> None:
    response = await echoing.post("/api/v1/echo?%ff=1", json=1)
    assert (response.status_code, code(response)) == (400, "INVALID_PARAMETER")


async def test_options_names_what_a_path_offers_204(client: Client) -> None:
    """An unknown path offers nothing: 404."""
    response = await client.options("/api/v1/auth/me")
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["allow"] == "DELETE, GET, HEAD, OPTIONS, PATCH"
    assert (await client.options("/api/v1/nothing")).status_code == 404


async def test_a_method_that_a_path_lacks_405(client: Client) -> None:
    for method, path in (("PUT", "/api/v1/auth/me"), ("POST", "/healthz")):
        response = await client.request(method, path)
        assert (response.status_code, code(response)) == (405, "METHOD_NOT_ALLOWED")
        assert "GET, HEAD, OPTIONS" in response.headers["allow"]


async def test_a_request_keeps_its_id_where_it_has_a_good_one(client: Client) -> None:
    for given, kept in (("a-b_c.1", True), ("x" * 129, False), ("a b", False), ("", False)):
        response = await client.get("/healthz", headers={"X-Request-ID": given})
        assert (response.headers["x-request-id"] == given) == kept
        assert response.headers["x-request-id"]
