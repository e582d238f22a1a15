"""Drizzle: the tables of a Node service, as ``src/tables/`` defines them.

Column helpers come from ``src/lib/columns.ts``, which has one variant a database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from ..naming import camel, kebab
from ..views import Column, Field, Index, Link, Resource, Specification
from .conditions import Condition, Print, checks_of
from .python import EMAIL_LENGTH, URL_LENGTH
from .script_imports import Imports
from .typescript import attribute, literal

_HELPERS = {
    "integer": "integer",
    "bigint": "bigint",
    "number": "double",
    "boolean": "boolean",
    "date": "day",
    "datetime": "moment",
    "uuid": "uuid",
    "json": "json",
}
_LONGEST_SHORT_TEXT = 16000
_LIBRARY = "../lib/columns.ts"


def column_length(column: Column) -> int | None:
    """Return the length of a short text; None for what is none."""
    kind, field = column.type, column.field
    if kind == "enum" and field is not None:
        return max(len(value) for value in field.values)
    length = field.max_length if field is not None else None
    if kind in ("email", "url"):
        return length or (EMAIL_LENGTH if kind == "email" else URL_LENGTH)
    if kind in ("string", "text") and length is not None and length <= _LONGEST_SHORT_TEXT:
        return length
    return None


def column_helper(column: Column) -> tuple[str, tuple[int, ...]]:
    """Return the helper that makes a column, and its arguments after the name."""
    length, field = column_length(column), column.field
    if length is not None:
        return "shortText", (length,)
    if column.type == "decimal" and field is not None:
        return "decimal", (field.precision or 0, field.scale or 0)
    return _HELPERS.get(column.type, "longText"), ()


def table_column(column: Column) -> str:
    """Return one column of a table's definition."""
    helper, arguments = column_helper(column)
    parts = [f"{helper}({', '.join([literal(column.name), *map(str, arguments)])})"]
    field = column.field
    if field is not None and field.is_enum:
        parts.append(f"$type<{' | '.join(map(literal, field.values))}>()")
    if not column.nullable:
        parts.append("notNull()")
    if field is not None and field.has_default and field.default is not None:
        parts.append(f"$default(() => {default_value(field)})")
    return f"{attribute(column.attribute)}: {'.'.join(parts)}"


def default_value(field: Field) -> str:
    """Return a field's default as rows hold it."""
    value = field.default
    if field.is_decimal:
        return f"'{Decimal(str(value)):.{field.scale or 0}f}'"
    if field.is_datetime:
        return literal(_moment(str(value)))
    if field.is_uuid:
        return literal(str(value).lower())
    return f"({literal(value)})" if isinstance(value, dict) else literal(value)


def _moment(text: str) -> str:
    moment = datetime.fromisoformat(text).astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def constraints(resource: Resource, database: str) -> list[str]:
    """Return what stands in a table's definition after its columns."""
    parts = [f"primaryKey({{ name: {literal(resource.pk_name)}, columns: [t.id] }})"]
    if resource.owned:
        parts.append(_foreign_key(resource.owner_fk_name, "owner_id", "users", "cascade"))
    parts += [
        _foreign_key(r.fk_name, r.attribute, _target(r.to_self, r.target_table), r.on_delete)
        for r in resource.relations
    ]
    parts += [
        f"unique({literal(unique.name)}).on({_columns(unique.attributes)})"
        for unique in resource.uniques
    ]
    parts += [_check(name, says, resource, database) for name, says in checks_of(resource)]
    return parts + [_index(index, database) for index in resource.indexes]


def _target(to_self: bool, table: str) -> str:
    return "t" if to_self else camel(table)


def _columns(names: Iterable[str]) -> str:
    return ", ".join(f"t.{attribute(name)}" for name in names)


def _foreign_key(key_name: str, name: str, target: str, on_delete: str) -> str:
    return (
        f"foreignKey({{ name: {literal(key_name)}, columns: [t.{attribute(name)}], "
        f"foreignColumns: [{target}.id] }}).onDelete({literal(on_delete.replace('_', ' '))})"
    )


class _InCode(Print):
    """Prints a condition inside a template literal."""

    def value(self, value: object) -> str:
        text = super().value(value)
        return text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")


def _check(name: str, says: Condition, resource: Resource, database: str) -> str:
    attributes = {column.name: attribute(column.attribute) for column in resource.columns}
    condition = says(_InCode(database, lambda column: f"${{t.{attributes[column]}}}"))
    return f"check({literal(name)}, sql`{condition}`)"


def _index(index: Index, database: str) -> str:
    ordered = [
        f"t.{attribute(name)}.asc().nullsFirst()"
        if column in index.nulls_first and database == "postgresql"
        else f"t.{attribute(name)}"
        for column, name in zip(index.columns, index.attributes, strict=True)
    ]
    return f"index({literal(index.name)}).on({', '.join(ordered)})"


def link_constraints(link: Link, resource: Resource) -> list[str]:
    """Return what stands in the definition of a many-to-many table after its columns."""
    left, right = link.left_column, link.right_column
    return [
        f"primaryKey({{ name: {literal(link.pk_name)}, columns: [{_columns([left, right])}] }})",
        _foreign_key(link.left_fk_name, left, camel(resource.table), "cascade"),
        _foreign_key(link.right_fk_name, right, camel(link.target_table), "cascade"),
        f"index({literal(link.index_name)}).on({_columns([right, left])})",
    ]


def table_imports(resource: Resource, database: str) -> str:
    """Return the imports of a table's module."""
    imports = Imports()
    imports.add(_LIBRARY, "table", "primaryKey")
    imports.add_types(_LIBRARY, "Constraint")
    imports.add(_LIBRARY, *(column_helper(column)[0] for column in resource.columns))
    wanted = {
        "foreignKey": resource.owned or resource.relations or resource.links,
        "unique": resource.uniques,
        "check": checks_of(resource),
        "index": resource.indexes or resource.links,
    }
    imports.add(_LIBRARY, *(name for name, needed in wanted.items() if needed))
    if checks_of(resource):
        imports.add("drizzle-orm", "sql")
    if resource.links:
        imports.add_types("../lib/contract/tables.ts", "Links")
    targets = {(r.target, r.target_table, r.to_self) for r in resource.relations}
    targets |= {(link.target, link.target_table, link.to_self) for link in resource.links}
    if resource.owned:
        targets.add(("user", "users", False))
    for target, table, to_self in targets:
        if not to_self:
            imports.add(f"./{kebab(target)}.ts", camel(table))
    return imports.render()


def table_modules(service: Specification, system: Iterable[str]) -> list[str]:
    """Return the modules of all tables, those of the service itself too, sorted."""
    names = [*system, *(resource.names.singular for resource in service.resources)]
    return sorted(map(kebab, names))


FILTERS: dict[str, Callable[..., Any]] = {
    "camel": camel,
    "drizzle_imports": table_imports,
    "drizzle_column": table_column,
    "drizzle_constraints": constraints,
    "drizzle_link_constraints": link_constraints,
    "drizzle_modules": table_modules,
}
