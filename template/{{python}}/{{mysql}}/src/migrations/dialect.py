"""What migrations need on MySQL and MariaDB."""

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateTable
from sqlalchemy.sql.compiler import DDLCompiler


@compiles(CreateTable, "mysql")
def _create_table(statement: CreateTable, compiler: DDLCompiler, **options: Any) -> str:
    """Let code points compare and sort text: case, accents and trailing spaces count."""
    mariadb = getattr(compiler.dialect, "is_mariadb", False)
    collation = "utf8mb4_nopad_bin" if mariadb else "utf8mb4_0900_bin"
    created = compiler.visit_create_table(statement, **options).rstrip()
    return f"{created} DEFAULT CHARSET=utf8mb4 COLLATE={collation}"


def prepare(connection: Connection) -> None:
    """Need nothing at the beginning."""


def conclude(connection: Connection) -> None:
    """Need nothing at the end."""
