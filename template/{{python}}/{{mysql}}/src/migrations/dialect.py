"""What migrations need on MySQL and MariaDB."""

import warnings
from typing import Final

from sqlalchemy import JSON, Connection, DefaultClause, Text, text
from sqlalchemy.dialects.mysql import LONGTEXT
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateTable
from sqlalchemy.sql.compiler import DDLCompiler

from src.contract.tables import AnyColumn

ESCAPES: Final = True  # a backslash in a text says what comes next


@compiles(CreateTable, "mysql")
def _create_table(statement: CreateTable, compiler: DDLCompiler, **options: object) -> str:
    """Let code points compare and sort text: case, accents and trailing spaces count."""
    mariadb = getattr(compiler.dialect, "is_mariadb", False)
    collation = "utf8mb4_nopad_bin" if mariadb else "utf8mb4_0900_bin"
    created = str(compiler.visit_create_table(statement, **options))  # type: ignore[no-untyped-call] # SQLAlchemy's own
    return f"{created.rstrip()} DEFAULT CHARSET=utf8mb4 COLLATE={collation}"


def prepare(connection: Connection) -> None:
    """Say nothing of primary keys, which all have one name here."""
    warnings.filterwarnings("ignore", "Name '.*' ignored for PRIMARY key")


def conclude(connection: Connection) -> None:
    """Need nothing at the end."""


def literal(value: object) -> str:
    """Return a value as SQL writes it."""
    return "'" + str(value).replace("\\", "\\\\").replace("'", "''") + "'"


def default_clause(column: AnyColumn, value: object) -> DefaultClause:
    """Return the default that fills a new column in rows that are there.

    Long texts take an expression only.
    """
    if isinstance(column.type, JSON | LONGTEXT | Text):
        return DefaultClause(text(f"({literal(value)})".replace(":", "\\:")))
    return DefaultClause(str(value))
