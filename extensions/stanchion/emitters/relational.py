"""Tables as a database sees them: what a Node service's first migration and snapshot print."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ..naming import identifier
from ..system_tables import SystemTable
from ..views import Column, Link, Resource, Specification
from .conditions import Condition, checks_of
from .drizzle import column_helper
from .sqlalchemy import deferred_keys

# helper of src/lib/columns.ts -> the database's own type, as Drizzle writes it
TYPES: dict[str, dict[str, str]] = {
    "sqlite": {
        "uuid": "text(36)",
        "shortText": "text({0})",
        "longText": "text",
        "integer": "integer",
        "bigint": "integer",
        "double": "real",
        "boolean": "integer",
        "day": "text(10)",
        "moment": "text(24)",
        "json": "text",
        "decimal": "integer",
    },
    "postgresql": {
        "uuid": "uuid",
        "shortText": 'varchar({0}) COLLATE "C"',
        "longText": 'text COLLATE "C"',
        "integer": "integer",
        "bigint": "bigint",
        "double": "double precision",
        "boolean": "boolean",
        "day": "date",
        "moment": "timestamp(3) with time zone",
        "json": "json",
        "decimal": "numeric({0}, {1})",
    },
    "mysql": {
        "uuid": "char(36)",
        "shortText": "varchar({0})",
        "longText": "longtext",
        "integer": "int",
        "bigint": "bigint",
        "double": "double",
        "boolean": "boolean",
        "day": "date",
        "moment": "datetime(3)",
        "json": "json",
        "decimal": "decimal({0},{1})",
    },
}

_SYSTEM_HELPERS = {
    "sa.Uuid()": "uuid",
    "sa.Integer()": "integer",
    "sa.Boolean()": "boolean",
    "UtcDateTime": "moment",
    "JsonValue": "json",
    "LongText": "longText",
}


class StoredColumn(NamedTuple):
    """A column with the database's own type."""

    name: str
    type: str
    nullable: bool


class StoredKey(NamedTuple):
    """A foreign key; a ``deferred`` one closes a cycle, and is added when both tables are there."""

    name: str
    column: str
    target: str
    on_delete: str
    deferred: bool = False


class StoredIndex(NamedTuple):
    """An index, ascending; where nulls are largest, those of some columns come first."""

    name: str
    columns: tuple[str, ...]
    nulls_first: tuple[str, ...] = ()


class StoredTable(NamedTuple):
    """One table; its primary key, its uniques and its checks by their names."""

    name: str
    columns: list[StoredColumn]
    primary_key: tuple[str, tuple[str, ...]]
    keys: list[StoredKey]
    uniques: list[tuple[str, tuple[str, ...]]]
    checks: list[tuple[str, Condition]]
    indexes: list[StoredIndex]


def stored_tables(
    service: Specification, system: Iterable[SystemTable], database: str
) -> list[StoredTable]:
    """Return every table, targets before those that point to them."""
    later = deferred_keys(service)
    tables = [_system_table(table, database) for table in system]
    tables += [_resource_table(resource, later, database) for resource in service.resources]
    links = [(link, resource) for resource in service.resources for link in resource.links]
    return tables + [_link_table(link, resource, database) for link, resource in links]


def _type(helper: str, arguments: Iterable[int], database: str) -> str:
    return TYPES[database][helper].format(*arguments)


def _system_type(expression: str, database: str) -> str:
    if match := re.fullmatch(r"sa\.String\((\d+)\)", expression):
        return _type("shortText", [int(match[1])], database)
    return _type(_SYSTEM_HELPERS[expression], (), database)


def _system_table(table: SystemTable, database: str) -> StoredTable:
    name = table.name
    return StoredTable(
        name,
        [StoredColumn(c.name, _system_type(c.type, database), c.nullable) for c in table.columns],
        (identifier("pk", name), table.primary_key),
        [
            StoredKey(
                identifier("fk", name, key.column, key.target),
                key.column,
                key.target,
                key.on_delete.lower(),
            )
            for key in table.keys
        ],
        [(identifier("uq", name, *columns), columns) for columns in table.uniques],
        [],
        [StoredIndex(identifier("ix", name, *columns), columns) for columns in table.indexes],
    )


def _resource_table(resource: Resource, later: frozenset[str], database: str) -> StoredTable:
    keys = [
        StoredKey(r.fk_name, r.column, r.target_table, _action(r.on_delete), r.fk_name in later)
        for r in resource.relations
    ]
    if resource.owned:
        keys.insert(0, StoredKey(resource.owner_fk_name, "owner_id", "users", "cascade"))
    return StoredTable(
        resource.table,
        [_column(column, database) for column in resource.columns],
        (resource.pk_name, ("id",)),
        keys,
        [(unique.name, unique.columns) for unique in resource.uniques],
        checks_of(resource),
        [StoredIndex(i.name, i.columns, i.nulls_first) for i in resource.indexes],
    )


def _action(on_delete: str) -> str:
    return on_delete.replace("_", " ")


def _column(column: Column, database: str) -> StoredColumn:
    return StoredColumn(column.name, _type(*column_helper(column), database), column.nullable)


def _link_table(link: Link, resource: Resource, database: str) -> StoredTable:
    left, right = link.left_column, link.right_column
    return StoredTable(
        link.table,
        [StoredColumn(name, _type("uuid", (), database), nullable=False) for name in (left, right)],
        (link.pk_name, (left, right)),
        [
            StoredKey(link.left_fk_name, left, resource.table, "cascade"),
            StoredKey(link.right_fk_name, right, link.target_table, "cascade"),
        ],
        [],
        [],
        [StoredIndex(link.index_name, (right, left))],
    )
