"""Keep empty databases on a server until they are let go, then drop them.

Run with the project's own Python: ``scratch_database.py SERVER_URL PURPOSE...``. Databases
that exist are never touched: the new ones have random names.
"""

from __future__ import annotations

import asyncio
import secrets
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from holding import announce, keep_signals_from_killing, wait_until_released
from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

CONNECT_SECONDS = 5
DRIVERS = {"postgresql": "postgresql+asyncpg", "mysql": "mysql+asyncmy"}
CREATE = {
    "postgresql": 'CREATE DATABASE "{name}" TEMPLATE template0',
    "mysql": "CREATE DATABASE `{name}` CHARACTER SET utf8mb4",
}
DROP = {
    "postgresql": 'DROP DATABASE "{name}" WITH (FORCE)',
    "mysql": "DROP DATABASE `{name}`",
}
LIST = {
    "postgresql": "SELECT datname FROM pg_database",
    "mysql": "SELECT schema_name FROM information_schema.schemata",
}


class Scratch:
    """Databases on one server whose names share a random beginning."""

    def __init__(self, server: URL) -> None:
        """Take the server's URL; nothing is made yet."""
        self._server = server
        self._kind = server.get_backend_name()
        self._prefix = f"verify_{secrets.token_hex(4)}_"

    def url(self, purpose: str) -> str:
        """Return the URL of the database for a purpose."""
        named = self._server.set(database=f"{self._prefix}{purpose}")
        return named.render_as_string(hide_password=False)

    async def create(self, purposes: Iterable[str]) -> str:
        """Create a database for each purpose; return the server's name and version."""
        async with asyncio.timeout(CONNECT_SECONDS), self._connected() as connection:
            for purpose in purposes:
                name = f"{self._prefix}{purpose}"
                await connection.execute(text(CREATE[self._kind].format(name=name)))
            said = await connection.scalar(text("SELECT version()"))
        return _readable(str(said))

    async def drop(self) -> None:
        """Drop the databases, and those that tests made beside them."""
        async with self._connected() as connection:
            for name in (await connection.scalars(text(LIST[self._kind]))).all():
                if name.startswith(self._prefix):
                    await connection.execute(text(DROP[self._kind].format(name=name)))

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[AsyncConnection]:
        url = self._server.set(drivername=DRIVERS[self._kind])
        engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
        try:
            async with engine.connect() as connection:
                yield connection
        finally:
            await engine.dispose()


def _readable(version: str) -> str:
    if version.startswith("PostgreSQL"):
        return " ".join(version.split()[:2])
    number, _, variant = version.partition("-")
    return f"{'MariaDB' if 'MariaDB' in variant else 'MySQL'} {number}"


def main(server: str, purposes: list[str]) -> None:
    """Create one database for each purpose, announce their URLs, drop them in the end."""
    keep_signals_from_killing()
    scratch = Scratch(make_url(server))
    try:
        version = asyncio.run(scratch.create(purposes))
    except Exception as error:  # each driver has errors of its own
        announce(error=(str(error).splitlines() or ["the server did not answer"])[0])
        return
    try:
        announce(version=version, **{purpose: scratch.url(purpose) for purpose in purposes})
        wait_until_released()
    finally:
        asyncio.run(scratch.drop())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
