"""The database that verification gives to tests is there and empty."""

from __future__ import annotations

import asyncio

from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import create_async_engine

from src.models import Base, Thing, database_url


async def tables() -> list[str]:
    """Create the tables in an empty database; return their names."""
    engine = create_async_engine(database_url())
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    await engine.dispose()
    return names


def test_tables_are_created() -> None:
    assert asyncio.run(tables()) == [Thing.__tablename__]
