"""Whatever goes wrong is answered in one form, and tells nothing of what is inside."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fastapi import APIRouter, Response
from sqlalchemy import select, text
from starlette.exceptions import HTTPException
from starlette.responses import StreamingResponse

from src.contract.messages import MESSAGES
from src.http.dependencies import DbSession
from src.http.unit_of_work import UnitOfWorkRoute
from src.models.user import User
from tests.clients import Client
from tests.http.services import serving, unreachable
from tests.steps import code, faults, post

router = APIRouter(prefix="/faulty", route_class=UnitOfWorkRoute)


@router.get("/mistake")
async def mistake() -> Response:
    raise RuntimeError("the password is swordfish")


@router.get("/wrong-statement")
async def wrong_statement(session: DbSession) -> Response:
    await session.execute(text("SELECT swordfish FROM nowhere"))
    return Response()


@router.get("/refusal/{status}")
async def refusal(status: int) -> Response:
    raise HTTPException(status, "swordfish")


@router.post("/parsed")
async def parsed(number: int, body: dict[str, int]) -> Response:
    return Response(str(number + len(body)))


@router.get("/broken-off")
async def broken_off() -> Response:
    async def parts() -> AsyncIterator[bytes]:
        yield b"so far"
        raise RuntimeError("swordfish")

    return StreamingResponse(parts())


@router.get("/slow")
async def slow(session: DbSession) -> Response:
    """Hold a connection, and ask for a second one that will not come."""
    await session.execute(select(User.id))
    other = session.database.session(writes=False)
    try:
        await other.execute(select(User.id))
    finally:
        await other.close()
    return Response()


@pytest.fixture
async def faulty(client: Client) -> AsyncIterator[Client]:
    """A client of a service with mistakes in it."""
    async with serving(router) as other:
        yield other


async def test_a_mistake_is_logged_and_says_nothing_500(
    faulty: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        response = await faulty.get("/api/v1/faulty/mistake")
    assert (response.status_code, code(response)) == (500, "INTERNAL_ERROR")
    assert "swordfish" not in response.text
    assert "swordfish" in caplog.text
    assert response.headers["x-request-id"]


async def test_what_the_driver_says_stays_inside(faulty: Client) -> None:
    """Whether it counts as a mistake, or as a database that has not got its tables yet."""
    response = await faulty.get("/api/v1/faulty/wrong-statement")
    assert response.status_code in (500, 503)
    assert "nowhere" not in response.text


@pytest.mark.parametrize(
    ("status", "known"),
    [
        (400, "MALFORMED_JSON"),
        (401, "UNAUTHENTICATED"),
        (403, "FORBIDDEN"),
        (404, "NOT_FOUND"),
        (409, "CONFLICT"),
        (418, "INTERNAL_ERROR"),
    ],
)
async def test_an_exception_of_the_framework_has_the_same_form(
    faulty: Client, status: int, known: str
) -> None:
    response = await faulty.get(f"/api/v1/faulty/refusal/{status}")
    assert code(response) == known
    assert "swordfish" not in response.text


async def test_what_the_framework_parses_is_refused_in_the_same_form(faulty: Client) -> None:
    """400 for a parameter, 422 for a body."""
    response = await faulty.post("/api/v1/faulty/parsed", json={})
    assert (response.status_code, faults(response)) == (400, {"number": MESSAGES["required"]})
    response = await faulty.post("/api/v1/faulty/parsed?number=1", json={"a": "b"})
    assert (response.status_code, list(faults(response))) == (422, ["a"])


async def test_an_answer_that_has_begun_is_broken_off(faulty: Client) -> None:
    """There is no second status: the client sees that the rest is missing."""
    response = await faulty.get("/api/v1/faulty/broken-off")
    assert (response.status_code, response.content) == (200, b"so far")


async def test_a_database_that_is_away_503(client: Client, tmp_path: Path) -> None:
    """With the time after which to ask again; reading and writing alike."""
    async with serving(database_url=unreachable(tmp_path)) as lost:
        for response in (
            await post(lost, "tokens/revoke", refresh_token="any"),
            await lost.get("/readyz"),
        ):
            assert (response.status_code, code(response)) == (503, "SERVICE_UNAVAILABLE")
            assert response.headers["retry-after"]


async def test_a_pool_without_a_free_connection_503(client: Client) -> None:
    async with serving(router, database_pool_size=1, request_timeout_seconds=0.1) as busy:
        response = await busy.get("/api/v1/faulty/slow")
        assert (response.status_code, code(response)) == (503, "SERVICE_UNAVAILABLE")
        assert (await busy.get("/readyz")).status_code == 200


@pytest.mark.parametrize("path", ["/", "/api/v1", "/api/v1/nothing", "/api/v1/auth/me/", "/API/v1"])
async def test_an_unknown_path_404(client: Client, path: str) -> None:
    response = await client.post(path)
    assert response.status_code in (404, 405)
    assert code(response) in ("NOT_FOUND", "METHOD_NOT_ALLOWED")
