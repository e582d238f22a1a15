"""What migrations need on SQLite."""

from typing import Final

from sqlalchemy import Connection, DefaultClause

from src.contract.tables import AnyColumn

ESCAPES: Final = False  # a backslash in a text is a backslash


def prepare(connection: Connection) -> None:
    """Switch foreign keys off, which only works outside a transaction.

    SQLite changes a table by making it anew; with keys on, dropping the old one would delete
    every row that refers to it.
    """
    driver = connection.connection
    cursor = driver.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.close()


def conclude(connection: Connection) -> None:
    """Refuse to commit rows that refer to nothing."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({str(row[0]) for row in broken}))
        raise RuntimeError(f"rows of {tables} would refer to nothing: nothing was migrated")


def literal(value: object) -> str:
    """Return a value as SQL writes it."""
    return "'" + str(value).replace("'", "''") + "'"


def default_clause(column: AnyColumn, value: object) -> DefaultClause:
    """Return the default that fills a new column in rows that are there."""
    return DefaultClause(str(value))
