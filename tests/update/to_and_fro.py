"""Migrations on a database, and what is in it; run with a generated project's own Python.

``to_and_fro.py COMMAND...`` in the project's folder, with ``DATABASE_URL`` set: ``up``, ``down``
and ``check`` are Alembic's, ``fill`` runs the statements that are given on standard input, and
``look`` prints rows and schema in one line of JSON.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

sys.path.insert(0, ".")
from src.config import get_settings
from src.dialect import create_engine
from src.migrations.conditions import read_condition

CONFIG = Config(toml_file="pyproject.toml", stdout=sys.stderr)
ALEMBIC: dict[str, Callable[[], None]] = {
    "up": lambda: command.upgrade(CONFIG, "head"),
    "down": lambda: command.downgrade(CONFIG, "-1"),
    "check": lambda: command.check(CONFIG),
}


def fill(connection: sa.Connection) -> None:
    """Run the given statements."""
    for statement in json.load(sys.stdin):
        connection.exec_driver_sql(statement)
    connection.commit()


def look(connection: sa.Connection) -> None:
    """Print every row and every table."""
    inspector = sa.inspect(connection)
    tables = sorted(set(inspector.get_table_names()) - {"alembic_version"})
    told = {
        "rows": {table: rows(connection, table) for table in tables},
        "schema": {table: parts(inspector, table) for table in tables},
    }
    print(json.dumps(told))


def rows(connection: sa.Connection, table: str) -> list[dict[str, str]]:
    """Return a table's rows, everything as text."""
    found = connection.exec_driver_sql(f"SELECT * FROM {table}").mappings()
    told = [{name: shown(value) for name, value in row.items()} for row in found]
    return sorted(told, key=lambda row: list(row.values()))


def shown(value: object) -> str:
    """Return a value as text; drivers disagree on whether JSON is one already."""
    return json.dumps(value) if isinstance(value, dict) else str(value)


def parts(inspector: sa.Inspector, table: str) -> dict[str, Any]:
    """Return a table's columns, keys, indexes and constraints."""
    return {
        "columns": sorted(
            [column["name"], str(column["type"]), column["nullable"], str(column["default"])]
            for column in inspector.get_columns(table)
        ),
        "keys": sorted(
            [str(key["name"]), key["constrained_columns"], key["referred_table"], key["options"]]
            for key in inspector.get_foreign_keys(table)
        ),
        "indexes": sorted(
            [str(index["name"]), index["column_names"], bool(index["unique"])]
            for index in inspector.get_indexes(table)
        ),
        "uniques": sorted(
            [str(unique["name"]), unique["column_names"]]
            for unique in inspector.get_unique_constraints(table)
        ),
        "checks": sorted(
            [str(check["name"]), meaning(check["sqltext"])]
            for check in inspector.get_check_constraints(table)
        ),
    }


def meaning(check: str) -> str:
    """Return a check as models write it; how a database writes it differs from time to time."""
    condition = read_condition(check)
    return check if condition is None else condition.python()


async def on_connection(work: Callable[[sa.Connection], None]) -> None:
    """Connect as the service does, and work."""
    engine = create_engine(get_settings())
    try:
        async with engine.connect() as connection:
            await connection.run_sync(work)
    finally:
        await engine.dispose()


for word in sys.argv[1:]:
    if word in ALEMBIC:
        with contextlib.redirect_stdout(sys.stderr):
            ALEMBIC[word]()
    else:
        asyncio.run(on_connection({"fill": fill, "look": look}[word]))
