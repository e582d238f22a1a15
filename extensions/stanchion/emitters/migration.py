"""The first migration: one function a table, in an order in which targets come first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..naming import identifier
from ..system_tables import SystemTable
from ..views import Index, Link, Resource, Specification
from .python import literal
from .sqlalchemy import STORED, deferred_keys, stored_type, table_arguments


def _create(table: str, lines: Iterable[str]) -> str:
    return f"op.create_table({literal(table)}, {', '.join(lines)},)"


def _column(name: str, expression: str, nullable: bool) -> str:
    return f"sa.Column({literal(name)}, {expression}, nullable={nullable})"


def _primary_key(table: str, columns: Iterable[str], name: str = "") -> str:
    named = name or identifier("pk", table)
    return f"sa.PrimaryKeyConstraint({', '.join(map(literal, columns))}, name={literal(named)})"


def _key(column: str, table: str, name: str, on_delete: str) -> str:
    action = on_delete.replace("_", " ").upper()
    return (
        f"sa.ForeignKeyConstraint([{literal(column)}], [{literal(f'{table}.id')}], "
        f"name={literal(name)}, ondelete={literal(action)})"
    )


def system_table(table: SystemTable, database: str) -> list[str]:
    """Return the statements that make a table of the service's own."""
    columns = [
        _column(column.name, STORED[database].get(column.type, column.type), column.nullable)
        for column in table.columns
    ]
    keys = [
        _key(
            key.column,
            key.target,
            identifier("fk", table.name, key.column, key.target),
            key.on_delete,
        )
        for key in table.keys
    ]
    uniques = [
        f"sa.UniqueConstraint({', '.join(map(literal, unique))}, "
        f"name={literal(identifier('uq', table.name, *unique))})"
        for unique in table.uniques
    ]
    made = [
        _create(
            table.name, [*columns, _primary_key(table.name, table.primary_key), *keys, *uniques]
        )
    ]
    return made + [
        f"op.create_index({literal(identifier('ix', table.name, *index))}, "
        f"{literal(table.name)}, {literal(list(index))})"
        for index in table.indexes
    ]


def resource_table(resource: Resource, service: Specification, database: str) -> list[str]:
    """Return the statements that make a resource's table and its links."""
    columns = [
        _column(column.name, stored_type(column, database), column.nullable)
        for column in resource.columns
    ]
    made = [_create(resource.table, columns + _constraints(resource, service, database))]
    made += [_index(resource.table, index, database) for index in resource.indexes]
    return made


def _constraints(resource: Resource, service: Specification, database: str) -> list[str]:
    # SQLite cannot add a key to a table that is there, nor does it ask whether the target is.
    deferred = deferred_keys(service) if database != "sqlite" else frozenset()
    lines = [_primary_key(resource.table, ["id"], resource.pk_name)]
    if resource.owned:
        lines.append(_key("owner_id", "users", resource.owner_fk_name, "cascade"))
    lines += [
        _key(relation.column, relation.target_table, relation.fk_name, relation.on_delete)
        for relation in resource.relations
        if relation.fk_name not in deferred
    ]
    arguments = table_arguments(resource, database)
    return lines + [line for line in arguments if not line.startswith("sa.Index(")]


def _index(table: str, index: Index, database: str) -> str:
    columns = [
        f'sa.text("{column} ASC NULLS FIRST")'
        if column in index.nulls_first and database == "postgresql"
        else literal(column)
        for column in index.columns
    ]
    return f"op.create_index({literal(index.name)}, {literal(table)}, [{', '.join(columns)}])"


def link_table(link: Link, resource: Resource) -> list[str]:
    """Return the statements that make the table of a many-to-many relation."""
    lines = [
        _column(link.left_column, "sa.Uuid()", False),
        _column(link.right_column, "sa.Uuid()", False),
        _primary_key(link.table, [link.left_column, link.right_column], link.pk_name),
        _key(link.left_column, resource.table, link.left_fk_name, "cascade"),
        _key(link.right_column, link.target_table, link.right_fk_name, "cascade"),
    ]
    index = f"[{literal(link.right_column)}, {literal(link.left_column)}]"
    return [
        _create(link.table, lines),
        f"op.create_index({literal(link.index_name)}, {literal(link.table)}, {index})",
    ]


def tables(
    service: Specification, system: Iterable[SystemTable], database: str
) -> list[tuple[str, list[str]]]:
    """Return each table with the statements that make it, in the order of their making."""
    made = [(table.name, system_table(table, database)) for table in system]
    made += [(r.table, resource_table(r, service, database)) for r in service.resources]
    made += [(link.table, link_table(link, r)) for r in service.resources for link in r.links]
    return made


def deferred_calls(service: Specification, database: str) -> list[tuple[str, str]]:
    """Return the calls that make, and that drop, the keys that close a cycle."""
    deferred = deferred_keys(service) if database != "sqlite" else frozenset()
    return [
        (
            f"op.create_foreign_key({literal(relation.fk_name)}, {literal(resource.table)}, "
            f"{literal(relation.target_table)}, [{literal(relation.column)}], ['id'], "
            f"ondelete={literal(relation.on_delete.replace('_', ' ').upper())})",
            f"op.drop_constraint({literal(relation.fk_name)}, {literal(resource.table)}, "
            f"type_='foreignkey')",
        )
        for resource in service.resources
        for relation in resource.relations
        if relation.fk_name in deferred
    ]


FILTERS: dict[str, Callable[..., Any]] = {
    "migration_tables": tables,
    "migration_deferred": deferred_calls,
}
