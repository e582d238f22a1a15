"""What is particular to MySQL and MariaDB."""

import re
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any, Final

from sqlalchemy import Table
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from src.config import Settings
from src.contract.tables import Broken, constrained_columns

READING: Final[dict[str, Any]] = {}  # options are of any type
WRITING: Final[dict[str, Any]] = {}  # as above
COMPARES_ROW_VALUES: Final = False  # right, but no range of an index
NULL_IS_LARGEST: Final = False

_TRANSIENT: Final = {1205, 1213}
_UNAVAILABLE: Final = {1040, 1053, 1203}  # too many connections, stopping
_KINDS: Final = {1062: "unique", 1452: "foreign_key", 1451: "foreign_key"}
_NAME: Final = re.compile(r"for key '(?:[^'.]+\.)?([^']+)'|CONSTRAINT `([^`]+)`")
_MODES: Final = (
    "STRICT_ALL_TABLES",
    "NO_ZERO_DATE",
    "NO_ZERO_IN_DATE",
    "ERROR_FOR_DIVISION_BY_ZERO",
    "NO_ENGINE_SUBSTITUTION",
)
_SESSION: Final = f"SET SESSION sql_mode = '{','.join(_MODES)}', time_zone = '+00:00'"


def create_engine(settings: Settings) -> AsyncEngine:
    """Return the engine for the server that ``DATABASE_URL`` names."""
    url = make_url(settings.database_url).set(drivername="mysql+asyncmy")
    return create_async_engine(
        url.update_query_dict({"charset": "utf8mb4"}),
        pool_size=settings.database_pool_size,
        max_overflow=0,
        pool_timeout=settings.request_timeout_seconds,
        hide_parameters=True,  # values are not for the log
        isolation_level="READ COMMITTED",
        connect_args={"connect_timeout": 10, "init_command": _SESSION},
    )


def _number(error: DBAPIError) -> int:
    arguments = error.orig.args if error.orig else ()
    return arguments[0] if arguments and isinstance(arguments[0], int) else 0


def write_turns() -> AbstractAsyncContextManager[object]:
    """Return what a writing unit of work holds: nothing, since rows are locked one by one."""
    return nullcontext()


def is_transient(error: DBAPIError) -> bool:
    """Return whether the same unit of work may succeed when it is tried again."""
    return _number(error) in _TRANSIENT


def is_unavailable(error: DBAPIError) -> bool:
    """Return whether the server takes no work now, though it may soon."""
    return _number(error) in _UNAVAILABLE


def explain(error: DBAPIError, table: Table) -> Broken:
    """Return which constraint of ``table`` an integrity error speaks of."""
    match = _NAME.search(str(error.orig))
    name = (match.group(1) or match.group(2)) if match else None
    return Broken(_KINDS.get(_number(error), "check"), constrained_columns(table, name))
