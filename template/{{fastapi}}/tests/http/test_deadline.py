"""No request holds anything for longer than it may."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from fastapi import APIRouter, Response
from sqlalchemy import func, insert, select, text
from uuid_utils.compat import uuid7

from src.db import Database
from src.http.dependencies import DbSession, JsonBody
from src.http.unit_of_work import UnitOfWorkRoute
from src.models.user import User
from tests.clients import Client
from tests.http.services import serving
from tests.scratch import ENDLESS
from tests.steps import code

SECONDS = 0.5
router = APIRouter(route_class=UnitOfWorkRoute)


@router.get("/endless")
async def read_endlessly(session: DbSession) -> Response:
    await session.execute(text(ENDLESS))
    return Response()


@router.post("/endless")
async def write_and_hang(session: DbSession, body: JsonBody) -> Response:
    await session.execute(insert(User).values(id=uuid7(), email="a@example.com"))
    await session.execute(text(ENDLESS))
    return Response()


@asynccontextmanager
async def _hurried() -> AsyncIterator[Client]:
    async with serving(router, request_timeout_seconds=SECONDS, database_pool_size=1) as client:
        yield client


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_statement_that_does_not_end_503(database: Database, method: str) -> None:
    """It is undone; its connection is free, or replaced, for the next request."""
    async with _hurried() as client, asyncio.timeout(10 * SECONDS + 5):
        for _ in range(2):
            response = await client.request(method, "/api/v1/endless", json={})
            assert (response.status_code, code(response)) == (503, "SERVICE_UNAVAILABLE")
            assert response.headers["retry-after"]
        assert (await client.get("/readyz")).status_code == 200
    async with database.begin() as session:
        assert (await session.execute(select(func.count()).select_from(User))).scalar_one() == 0


async def test_a_body_that_does_not_come_503(client: Client) -> None:
    """Meanwhile it holds no connection."""

    async def dripping() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(10 * SECONDS)

    async with _hurried() as hurried, asyncio.timeout(5 * SECONDS):
        headers = {"Content-Type": "application/json"}
        slow = asyncio.create_task(
            hurried.post("/api/v1/endless", content=dripping(), headers=headers)
        )
        await asyncio.sleep(SECONDS / 5)
        assert (await hurried.get("/readyz")).status_code == 200
        assert (await slow).status_code == 503
