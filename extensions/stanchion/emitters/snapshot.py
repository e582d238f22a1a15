"""The tables as drizzle-kit's snapshot holds them, with which the next migration is compared."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ..system_tables import SystemTable
from ..views import Specification
from .conditions import Print
from .relational import StoredColumn, StoredIndex, StoredKey, StoredTable, stored_tables

Json = dict[str, Any]  # of any shape that JSON has

_NOBODY = "00000000-0000-0000-0000-000000000000"
_FIRST = "00000000-0000-0000-0000-000000000001"
_FRAMES: dict[str, Json] = {
    "sqlite": {
        "version": "6",
        "dialect": "sqlite",
        "views": {},
        "enums": {},
        "_meta": {"tables": {}, "columns": {}},
        "internal": {"indexes": {}},
    },
    "postgresql": {
        "version": "7",
        "dialect": "postgresql",
        "enums": {},
        "schemas": {},
        "sequences": {},
        "roles": {},
        "policies": {},
        "views": {},
        "_meta": {"schemas": {}, "tables": {}, "columns": {}},
    },
    "mysql": {
        "version": "5",
        "dialect": "mysql",
        "views": {},
        "_meta": {"tables": {}, "columns": {}},
        "internal": {"tables": {}, "indexes": {}},
    },
}


def snapshot(service: Specification, system: Iterable[SystemTable], database: str) -> str:
    """Return the snapshot of the tables that a service begins with."""
    tables = stored_tables(service, system, database)
    prefix = "public." if database == "postgresql" else ""
    content = {
        "id": _FIRST,
        "prevId": _NOBODY,
        **_FRAMES[database],
        "tables": {prefix + table.name: _Printer(database).table(table) for table in tables},
    }
    return json.dumps(content, indent=1, ensure_ascii=False)


class _Printer:
    """Prints tables of one database."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._is_postgresql = database == "postgresql"
        self._is_sqlite = database == "sqlite"

    def table(self, table: StoredTable) -> Json:
        """Return one table."""
        name, key = table.primary_key
        inline = key if self._is_sqlite and len(key) == 1 else ()
        uniques = {name: self._unique(name, columns) for name, columns in table.uniques}
        printed: Json = {
            "name": table.name,
            "columns": {c.name: self._column(c, c.name in inline) for c in table.columns},
            "indexes": {index.name: self._index(index) for index in table.indexes},
            "foreignKeys": {key.name: _foreign_key(key, table) for key in table.keys},
            "compositePrimaryKeys": {} if inline else {name: {"name": name, "columns": list(key)}},
            "uniqueConstraints": uniques,
        }
        if self._is_sqlite:  # where a unique constraint is an index
            printed["indexes"] |= uniques
            printed["uniqueConstraints"] = {}
        if self._is_postgresql:
            printed |= {"schema": "", "policies": {}, "isRLSEnabled": False}
        checks = "checkConstraint" if self._database == "mysql" else "checkConstraints"
        return printed | {checks: self._checks(table)}

    def _column(self, column: StoredColumn, is_key: bool) -> Json:
        printed: Json = {
            "name": column.name,
            "type": column.type,
            "primaryKey": is_key,
            "notNull": not column.nullable,
        }
        return printed if self._is_postgresql else printed | {"autoincrement": False}

    def _unique(self, name: str, columns: Sequence[str]) -> Json:
        printed: Json = {"name": name, "columns": list(columns)}
        if self._is_sqlite:
            return printed | {"isUnique": True}
        return printed | {"nullsNotDistinct": False} if self._is_postgresql else printed

    def _index(self, index: StoredIndex) -> Json:
        if not self._is_postgresql:
            return {"name": index.name, "columns": list(index.columns), "isUnique": False}
        columns = [
            {
                "expression": column,
                "isExpression": False,
                "asc": True,
                "nulls": "first" if column in index.nulls_first else "last",
            }
            for column in index.columns
        ]
        return {
            "name": index.name,
            "columns": columns,
            "isUnique": False,
            "concurrently": False,
            "method": "btree",
            "with": {},
        }

    def _checks(self, table: StoredTable) -> Json:
        mark = "`" if self._database == "mysql" else '"'
        print_ = Print(
            self._database, lambda column: f"{mark}{table.name}{mark}.{mark}{column}{mark}"
        )
        return {name: {"name": name, "value": says(print_)} for name, says in table.checks}


def _foreign_key(key: StoredKey, table: StoredTable) -> Json:
    return {
        "name": key.name,
        "tableFrom": table.name,
        "tableTo": key.target,
        "columnsFrom": [key.column],
        "columnsTo": ["id"],
        "onDelete": key.on_delete,
        "onUpdate": "no action",
    }


FILTERS: dict[str, Callable[..., Any]] = {"snapshot": snapshot}
