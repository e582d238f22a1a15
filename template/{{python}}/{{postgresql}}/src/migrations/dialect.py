"""What migrations need on PostgreSQL."""

from typing import Final

from sqlalchemy import Connection, DefaultClause

from src.contract.tables import AnyColumn

ESCAPES: Final = False  # a backslash in a text is a backslash


def prepare(connection: Connection) -> None:
    """Wait ten seconds for a lock, no longer: what waits for it makes every later query wait."""
    connection.exec_driver_sql("SET lock_timeout = '10s'")
    connection.commit()


def conclude(connection: Connection) -> None:
    """Need nothing at the end."""


def literal(value: object) -> str:
    """Return a value as SQL writes it."""
    return "'" + str(value).replace("'", "''") + "'"


def default_clause(column: AnyColumn, value: object) -> DefaultClause:
    """Return the default that fills a new column in rows that are there."""
    return DefaultClause(str(value))
