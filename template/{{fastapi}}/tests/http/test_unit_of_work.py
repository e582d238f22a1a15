"""One transaction a request: all of it or nothing, and again where others were in the way."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from fastapi import APIRouter, Response
from sqlalchemy import func, insert, select
from sqlalchemy.exc import DBAPIError
from uuid_utils.compat import uuid7

from src.db import Database
from src.dialect import is_transient
from src.errors import ApiError, Code
from src.http.dependencies import DbSession, JsonBody
from src.http.unit_of_work import RETRIES, UnitOfWorkRoute
from src.models.user import User
from tests.clients import Client
from tests.http.services import serving
from tests.steps import code


class _Deadlock(Exception):  # noqa: N818 - each driver has a name of its own
    """A conflict of two transactions in the words of every database."""

    sqlstate = "40P01"

    def __str__(self) -> str:
        return "database is locked"


@dataclass
class Trouble:
    """How often a request fails, and with what, before it does not."""

    times: int
    error: Exception
    attempts: int = 0


TRANSIENT = DBAPIError("UPDATE", {}, _Deadlock(1213, "deadlock"))


@pytest.fixture
def trouble() -> Trouble:
    """What goes wrong in this test."""
    return Trouble(0, TRANSIENT)


@pytest.fixture
async def troubled(client: Client, trouble: Trouble) -> AsyncIterator[Client]:
    """A client of a service that writes a row, then fails as often as the test says."""
    router = APIRouter(route_class=UnitOfWorkRoute)

    @router.post("/rows")
    async def write(session: DbSession, body: JsonBody) -> Response:
        trouble.attempts += 1
        row = {"id": uuid7(), "email": f"{trouble.attempts}@example.com"}
        await session.execute(insert(User).values(row))
        if trouble.attempts <= trouble.times:
            raise trouble.error
        return Response(status_code=204)

    async with serving(router) as other:
        yield other


async def _count(database: Database) -> int:
    async with database.begin() as session:
        counted = (await session.execute(select(func.count()).select_from(User))).scalar_one()
    return int(counted)


async def test_a_request_that_succeeds_is_committed_204(
    troubled: Client, trouble: Trouble, database: Database
) -> None:
    assert (await troubled.post("/api/v1/rows", json={})).status_code == 204
    assert (trouble.attempts, await _count(database)) == (1, 1)


async def test_a_deadlock_is_tried_again_204(
    troubled: Client, trouble: Trouble, database: Database
) -> None:
    """With the same body, and without what the attempts before had written."""
    assert is_transient(TRANSIENT)
    trouble.times = RETRIES
    assert (await troubled.post("/api/v1/rows", json={})).status_code == 204
    assert (trouble.attempts, await _count(database)) == (RETRIES + 1, 1)


async def test_an_endless_deadlock_503(
    troubled: Client, trouble: Trouble, database: Database
) -> None:
    trouble.times = 99
    response = await troubled.post("/api/v1/rows", json={})
    assert (response.status_code, code(response)) == (503, "SERVICE_UNAVAILABLE")
    assert response.headers["retry-after"]
    assert (trouble.attempts, await _count(database)) == (RETRIES + 1, 0)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ApiError(Code.CONFLICT), 409),
        (RuntimeError("a mistake"), 500),
        (DBAPIError("UPDATE", {}, Exception("no such thing")), 500),
    ],
)
async def test_a_request_that_fails_commits_nothing(
    troubled: Client, trouble: Trouble, database: Database, error: Exception, status: int
) -> None:
    """And is not tried again."""
    trouble.times, trouble.error = 1, error
    assert (await troubled.post("/api/v1/rows", json={})).status_code == status
    assert (trouble.attempts, await _count(database)) == (1, 0)
