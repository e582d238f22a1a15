"""The first migration of a Node service, as SQL that dbmate runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..system_tables import SystemTable
from ..views import Specification
from .conditions import Print
from .relational import StoredIndex, StoredKey, StoredTable, stored_tables

# Which collation compares by code point, trailing spaces included, is not the same name in both.
TABLE_OPTIONS = {
    "mysql": " DEFAULT CHARSET=utf8mb4 /*M! COLLATE=utf8mb4_nopad_bin */"
    "/*!80017 COLLATE=utf8mb4_0900_bin */"
}


class _Sql:
    """Writes the statements of one database."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._mark = "`" if database == "mysql" else '"'
        self._print = Print(database, self._quote)

    def create_table(self, table: StoredTable) -> str:
        """Return the statement that makes a table with all but its indexes."""
        lines = [*self._columns(table), *self._constraints(table)]
        body = ",\n".join(f"    {line}" for line in lines)
        options = TABLE_OPTIONS.get(self._database, "")
        return f"CREATE TABLE {self._quote(table.name)} (\n{body}\n){options};"

    def create_indexes(self, table: StoredTable) -> Iterator[str]:
        """Yield the statements that make a table's indexes."""
        if self._database == "sqlite":
            for name, columns in table.uniques:
                yield self._create_index("UNIQUE INDEX", table, StoredIndex(name, columns))
        for index in table.indexes:
            yield self._create_index("INDEX", table, index)

    def deferred(self, table: StoredTable) -> Iterator[tuple[str, str]]:
        """Yield the statements that make, and that drop, a table's keys that close a cycle."""
        alter = f"ALTER TABLE {self._quote(table.name)}"
        drop = "DROP FOREIGN KEY" if self._database == "mysql" else "DROP CONSTRAINT"
        for key in table.keys:
            if self._is_later(key):
                name = self._quote(key.name)
                yield f"{alter} ADD {self._foreign_key(key)};", f"{alter} {drop} {name};"

    def drop_table(self, table: StoredTable) -> str:
        """Return the statement that drops a table, its indexes with it."""
        return f"DROP TABLE {self._quote(table.name)};"

    def _quote(self, name: str) -> str:
        return f"{self._mark}{name}{self._mark}"

    def _listed(self, columns: Iterable[str]) -> str:
        return ", ".join(map(self._quote, columns))

    def _is_later(self, key: StoredKey) -> bool:
        # SQLite cannot add a key to a table that is there, nor does it ask whether the target is.
        return key.deferred and self._database != "sqlite"

    def _columns(self, table: StoredTable) -> Iterator[str]:
        for column in table.columns:
            null = "" if column.nullable else " NOT NULL"
            yield f"{self._quote(column.name)} {column.type}{null}"

    def _constraints(self, table: StoredTable) -> Iterator[str]:
        name, columns = table.primary_key
        yield f"CONSTRAINT {self._quote(name)} PRIMARY KEY ({self._listed(columns)})"
        for key in table.keys:
            if not self._is_later(key):
                yield self._foreign_key(key)
        if self._database != "sqlite":
            for name, columns in table.uniques:
                yield f"CONSTRAINT {self._quote(name)} UNIQUE ({self._listed(columns)})"
        for name, says in table.checks:
            yield f"CONSTRAINT {self._quote(name)} CHECK ({says(self._print)})"

    def _foreign_key(self, key: StoredKey) -> str:
        return (
            f"CONSTRAINT {self._quote(key.name)} FOREIGN KEY ({self._quote(key.column)}) "
            f"REFERENCES {self._quote(key.target)} ({self._quote('id')}) "
            f"ON DELETE {key.on_delete.upper()}"
        )

    def _create_index(self, kind: str, table: StoredTable, index: StoredIndex) -> str:
        ordered = [
            f"{self._quote(column)} NULLS FIRST"
            if column in index.nulls_first and self._database == "postgresql"
            else self._quote(column)
            for column in index.columns
        ]
        name, target = self._quote(index.name), self._quote(table.name)
        return f"CREATE {kind} {name} ON {target} ({', '.join(ordered)});"


def initial_up(service: Specification, system: Iterable[SystemTable], database: str) -> str:
    """Return the statements that make every table."""
    sql, tables = _Sql(database), stored_tables(service, system, database)
    made = ["\n".join([sql.create_table(t), *sql.create_indexes(t)]) for t in tables]
    return "\n\n".join([*made, *(create for t in tables for create, _ in sql.deferred(t))])


def initial_down(service: Specification, system: Iterable[SystemTable], database: str) -> str:
    """Return the statements that drop every table, those that point to others first."""
    sql, tables = _Sql(database), stored_tables(service, system, database)
    keys = [drop for table in tables for _, drop in sql.deferred(table)]
    return "\n".join([*keys, *(sql.drop_table(table) for table in reversed(tables))])


FILTERS: dict[str, Callable[..., Any]] = {
    "initial_up": initial_up,
    "initial_down": initial_down,
}
