"""Whether the process lives, and whether it can serve."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text

from src.db import Database
from tests.clients import Client
from tests.steps import code


@asynccontextmanager
async def _meanwhile(database: Database, change: str, undo: str) -> AsyncIterator[None]:
    async with database.begin() as session:
        await session.execute(text(change))
    try:
        yield
    finally:
        async with database.begin() as session:
            await session.execute(text(undo))


async def test_a_service_with_its_database_is_alive_and_ready_200(client: Client) -> None:
    for path in ("/healthz", "/readyz"):
        response = await client.get(path)
        assert (response.status_code, response.json()) == (200, {"status": "ok"})


async def test_a_missing_migration_503(client: Client, database: Database) -> None:
    """The process lives all the same."""
    held = (await _versions(database))[0]
    change = f"UPDATE alembic_version SET version_num = 'older{held[5:]}'"  # noqa: S608 - no input
    undo = f"UPDATE alembic_version SET version_num = '{held}'"  # noqa: S608 - as above
    async with _meanwhile(database, change, undo):
        response = await client.get("/readyz")
        assert (response.status_code, code(response)) == (503, "SERVICE_UNAVAILABLE")
        assert (await client.get("/healthz")).status_code == 200


async def test_a_database_that_was_never_migrated_503(client: Client, database: Database) -> None:
    change = "ALTER TABLE alembic_version RENAME TO alembic_versions"
    undo = "ALTER TABLE alembic_versions RENAME TO alembic_version"
    async with _meanwhile(database, change, undo):
        assert (await client.get("/readyz")).status_code == 503


async def _versions(database: Database) -> list[str]:
    async with database.begin() as session:
        found = await session.execute(text("SELECT version_num FROM alembic_version"))
        return [str(row[0]) for row in found]
