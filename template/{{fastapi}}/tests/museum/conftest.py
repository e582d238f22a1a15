"""The service with a museum in it."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from src.db import Database
from src.main import create_app
from tests.emptying import emptying
from tests.museum import rules
from tests.museum.routes import routes_of
from tests.museum.tables import Museum

EMPTYING = tuple(emptying(Museum.metadata))


@pytest.fixture(scope="package")
async def app(_database_url: None) -> AsyncIterator[FastAPI]:
    """The service and its museum, whose tables stand beside the service's own."""
    service = create_app()
    for router in (
        routes_of(rules.TAGS, "/museum-tags", rules.TagCreate, rules.TagUpdate),
        routes_of(rules.ROOMS, "/museum-rooms", rules.RoomCreate, rules.RoomUpdate),
        routes_of(rules.PIECES, "/museum-pieces", rules.PieceCreate, rules.PieceUpdate),
        routes_of(rules.NOTES, "/museum-notes", rules.NoteCreate, rules.NoteUpdate),
    ):
        service.include_router(router, prefix="/api/v1")
    database: Database = service.state.database
    async with database.engine.begin() as connection:
        await connection.run_sync(Museum.metadata.create_all)
    yield service
    async with database.engine.begin() as connection:
        await connection.run_sync(Museum.metadata.drop_all)
    await database.close()


@pytest.fixture
async def database(database: Database) -> AsyncIterator[Database]:
    """The database with an empty museum."""
    yield database
    async with database.begin() as session:
        for statement in EMPTYING:
            await session.execute(statement)
