"""A database of its own for each process that runs tests."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from tests.migrating import migrate

ENDLESS = "SELECT SLEEP(600)"
"""A statement that takes longer than any test."""


@contextmanager
def scratch_database(url: str | None, worker: str) -> Iterator[str]:
    """Yield the URL of a migrated database that is gone afterwards.

    It is made beside the one at ``url``, which stays as it is.
    """
    if url is None:
        raise RuntimeError("DATABASE_URL says which server may make databases for tests")
    name = f"{make_url(url).database}_{worker}"
    scratch = make_url(url).set(database=name).render_as_string(hide_password=False)
    asyncio.run(_execute(url, f"DROP DATABASE IF EXISTS `{name}`", f"CREATE DATABASE `{name}`"))
    try:
        migrate(scratch)
        yield scratch
    finally:
        asyncio.run(_execute(url, f"DROP DATABASE IF EXISTS `{name}`"))


async def _execute(url: str, *statements: str) -> None:
    engine = create_async_engine(make_url(url).set(drivername="mysql+asyncmy"))
    try:
        async with engine.connect() as connection:
            for statement in statements:
                await connection.execute(text(statement))
    finally:
        await engine.dispose()
