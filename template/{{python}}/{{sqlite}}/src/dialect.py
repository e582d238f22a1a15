"""What is particular to SQLite."""

import asyncio
import math
import re
import time
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from src.config import Settings
from src.contract.tables import Broken
from src.deadlines import DEADLINE

READING: Final[dict[str, Any]] = {"isolation_level": "AUTOCOMMIT"}  # engine options are of any type
WRITING: Final[dict[str, Any]] = {"writes": True}  # as above
COMPARES_ROW_VALUES: Final = True
NULL_IS_LARGEST: Final = False

_BUSY_MILLISECONDS: Final = 5000
_STEPS: Final = 10_000
_DEADLINE: Final = "deadline"
_TRANSIENT: Final = ("database is locked", "database table is locked", "database is busy")


def create_engine(settings: Settings) -> AsyncEngine:
    """Return the engine for the file that ``DATABASE_URL`` names; its folder is made."""
    url = make_url(settings.database_url).set(drivername="sqlite+aiosqlite")
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(
        url,
        pool_size=settings.database_pool_size,
        max_overflow=0,
        pool_timeout=settings.request_timeout_seconds,
        hide_parameters=True,  # values are not for the log
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    event.listen(engine.sync_engine, "before_cursor_execute", _limit)
    event.listen(engine.sync_engine, "invalidate", _undo)
    return engine


def _prepare(connection: Any, record: ConnectionPoolEntry) -> None:  # the driver's own connection
    connection.isolation_level = None  # the driver must not begin transactions: _begin does
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()

    # A statement runs in a thread, which no cancellation reaches: it has to look itself.
    def is_late() -> bool:
        late: bool = time.monotonic() > record.info.get(_DEADLINE, math.inf)
        return late

    connection.run_async(lambda driver: driver.set_progress_handler(is_late, _STEPS))


def _undo(connection: Any, *_: object) -> None:  # the driver's own connection
    # Closing alone would leave the file locked as long as somebody still refers to a cursor.
    connection.run_async(lambda driver: driver.rollback())


def _limit(connection: Connection, *_: object) -> None:
    connection.info[_DEADLINE] = DEADLINE.get()


def _begin(connection: Connection) -> None:
    # A transaction that will write takes the one writer's place at once: a reader that turns
    # writer later could only fail.
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def write_turns() -> AbstractAsyncContextManager[object]:
    """Return what a writing unit of work holds: a file has one writer, and the first comes first.

    SQLite itself would let writers poll, and a late one might never be served.
    """
    return asyncio.Lock()


def is_transient(error: DBAPIError) -> bool:
    """Return whether the same unit of work may succeed when it is tried again."""
    return str(error.orig).startswith(_TRANSIENT)


def is_unavailable(error: DBAPIError) -> bool:
    """Return whether the database takes no work now, though it may soon."""
    return "disk is full" in str(error.orig)


def explain(error: DBAPIError, table: Table) -> Broken:
    """Return which constraint of ``table`` an integrity error speaks of."""
    message = str(error.orig)
    if message.startswith("UNIQUE constraint failed: "):
        columns = re.findall(r"\.([^,]+)", message)
        return Broken("unique", tuple(columns))
    if message.startswith("FOREIGN KEY"):
        return Broken("foreign_key")
    return Broken("check")
