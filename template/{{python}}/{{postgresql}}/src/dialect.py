"""What is particular to PostgreSQL."""

from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any, Final

from sqlalchemy import Table
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from src.config import Settings
from src.contract.tables import Broken, constrained_columns

# A request that only reads needs no transaction: each statement sees one snapshot of its own.
READING: Final[dict[str, Any]] = {"isolation_level": "AUTOCOMMIT"}  # options are of any type
WRITING: Final[dict[str, Any]] = {}  # as above
COMPARES_ROW_VALUES: Final = True
NULL_IS_LARGEST: Final = True

_TRANSIENT: Final = {"40001", "40P01", "55P03"}
# Classes of SQLSTATE: connection lost, out of resources, stopped or starting.
_UNAVAILABLE: Final = ("08", "53", "57")
_KINDS: Final = {"23505": "unique", "23503": "foreign_key"}


def create_engine(settings: Settings) -> AsyncEngine:
    """Return the engine for the server that ``DATABASE_URL`` names."""
    url = make_url(settings.database_url).set(drivername="postgresql+asyncpg")
    return create_async_engine(
        url,
        pool_size=settings.database_pool_size,
        max_overflow=0,
        pool_timeout=settings.request_timeout_seconds,
        hide_parameters=True,  # values are not for the log
        connect_args={"timeout": 10, "server_settings": {"timezone": "UTC"}},
    )


def write_turns() -> AbstractAsyncContextManager[object]:
    """Return what a writing unit of work holds: nothing, since rows are locked one by one."""
    return nullcontext()


def is_transient(error: DBAPIError) -> bool:
    """Return whether the same unit of work may succeed when it is tried again."""
    return getattr(error.orig, "sqlstate", None) in _TRANSIENT


def is_unavailable(error: DBAPIError) -> bool:
    """Return whether the server takes no work now, though it may soon."""
    return (getattr(error.orig, "sqlstate", None) or "").startswith(_UNAVAILABLE)


def explain(error: DBAPIError, table: Table) -> Broken:
    """Return which constraint of ``table`` an integrity error speaks of."""
    kind = _KINDS.get(getattr(error.orig, "sqlstate", "") or "", "check")
    name = getattr(error.orig.__cause__, "constraint_name", None) if error.orig else None
    return Broken(kind, constrained_columns(table, name))
