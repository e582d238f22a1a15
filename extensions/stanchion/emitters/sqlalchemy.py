"""SQLAlchemy: columns, constraints and indexes, for models and for the first migration.

Models use the portable types of ``src/models/types.py``, migrations the database's own.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ..views import Check, Column, Field, Index, Link, Relation, Resource, Specification
from .imports import Imports
from .python import EMAIL_LENGTH, PYTHON_TYPES, URL_LENGTH, default_value, literal

_SIMPLE = {
    "integer": "Integer",
    "bigint": "BigInteger",
    "number": "Double",
    "boolean": "Boolean",
    "date": "Date",
    "uuid": "Uuid",
}

# what src/models/types.py exports -> the database's own type, as migrations print it
STORED: dict[str, dict[str, str]] = {
    "sqlite": {
        "UtcDateTime": "sa.DateTime()",
        "ExactDecimal": "sa.BigInteger()",
        "LongText": "sa.Text()",
        "JsonValue": "sa.JSON()",
    },
    "postgresql": {
        "UtcDateTime": "postgresql.TIMESTAMP(timezone=True, precision=3)",
        "ExactDecimal": "sa.Numeric({precision}, {scale})",
        "LongText": "sa.Text(collation='C')",
        "JsonValue": "sa.JSON()",
    },
    "mysql": {
        "UtcDateTime": "mysql.DATETIME(fsp=3)",
        "ExactDecimal": "sa.Numeric({precision}, {scale})",
        "LongText": "mysql.LONGTEXT()",
        "JsonValue": "sa.JSON()",
    },
}


def _length(field: Field | None, kind: str) -> int:
    if field is not None and kind == "enum":
        return max(len(value) for value in field.values)
    if field is not None and field.max_length is not None:
        return field.max_length
    return {"email": EMAIL_LENGTH, "url": URL_LENGTH}[kind]


def column_type(column: Column, database: str) -> tuple[str, str]:
    """Return the module and the expression of a column's type in a model."""
    kind, field = column.type, column.field
    if kind in _SIMPLE:
        return "sqlalchemy", f"sa.{_SIMPLE[kind]}"
    if kind == "datetime":
        return "src.models.types", "UtcDateTime"
    if kind == "json":
        return "src.models.types", "JsonValue"
    if kind == "decimal" and field is not None:
        return "src.models.types", f"ExactDecimal({field.precision}, {field.scale})"
    if kind == "text" and (field is None or field.max_length is None):
        return "src.models.types", "LongText"
    if kind == "text" and field is not None and (field.max_length or 0) > 16000:
        return "src.models.types", "LongText"
    return "sqlalchemy", text_type(_length(field, kind), database)


def text_type(length: int, database: str) -> str:
    """Return the type of a short text, which compares and sorts by code point.

    On the other databases the table, or the database itself, already does.
    """
    collation = ', collation="C"' if database == "postgresql" else ""
    return f"sa.String({length}{collation})"


def stored_type(column: Column, database: str) -> str:
    """Return the expression of a column's type in a migration."""
    module, expression = column_type(column, database)
    name, _, arguments = expression.partition("(")
    if module == "sqlalchemy":
        return expression if arguments else f"{expression}()"
    field = column.field
    precision, scale = (field.precision, field.scale) if field else (None, None)
    return STORED[database][name].format(precision=precision, scale=scale)


def _foreign_key(relation: Relation, use_alter: bool) -> str:
    action = relation.on_delete.replace("_", " ").upper()
    alter = ", use_alter=True" if use_alter else ""
    return (
        f'sa.ForeignKey("{relation.target_table}.id", name="{relation.fk_name}", '
        f'ondelete="{action}"{alter})'
    )


def model_column(column: Column, resource: Resource, later: frozenset[str], database: str) -> str:
    """Return one line of a model; ``later`` names foreign keys that close a cycle."""
    python = PYTHON_TYPES[column.type][0]
    mapped = f"Mapped[{python} | None]" if column.nullable else f"Mapped[{python}]"
    arguments = [literal(column.name)] if column.name != column.attribute else []
    if column.is_owner:
        arguments.append(
            f'sa.ForeignKey("users.id", name="{resource.owner_fk_name}", ondelete="CASCADE")'
        )
    elif column.relation is not None:
        arguments.append(_foreign_key(column.relation, column.relation.fk_name in later))
    else:
        arguments.append(column_type(column, database)[1])
    if column.field is not None and column.field.has_default and column.field.default is not None:
        arguments.append(f"default={_model_default(column.field)}")
    return f"{column.attribute}: {mapped} = mapped_column({', '.join(arguments)})"


def _model_default(field: Field) -> str:
    if isinstance(field.default, dict | list):
        return f"lambda: {literal(field.default)}"
    return default_value(field)


def own_columns(resource: Resource) -> list[Column]:
    """Return the columns that a model lists itself; the others come with ``Record``."""
    return [c for c in resource.columns if c.is_owner or c.is_relation or c.is_field]


def _bound(column: str, field: Field, operator: str, value: object, database: str) -> str:
    if field.is_decimal and database == "sqlite":
        value = int(Decimal(str(value)).scaleb(field.scale or 0))
    elif field.is_decimal and Decimal(str(value)) % 1:
        return f'{column} {operator} sa.literal_column("{value}")'
    elif field.is_decimal:
        value = int(Decimal(str(value)))
    return f"{column} {operator} {literal(value)}"


def field_check(field: Field, database: str) -> str:
    """Return the expression of the check that carries an enum's values or a number's bounds."""
    column = f"sa.column({literal(field.column)})"
    if field.is_enum:
        return f"{column}.in_({literal(list(field.values))})"
    bounds = [
        _bound(column, field, operator, value, database)
        for operator, value in ((">=", field.minimum), ("<=", field.maximum))
        if value is not None
    ]
    return bounds[0] if len(bounds) == 1 else f"sa.and_({', '.join(bounds)})"


def condition_check(check: Check) -> str:
    """Return the expression of a check between fields."""
    parts = [f"sa.column({literal(check.column)}).is_not(None)"]
    parts += [
        f"sa.column({literal(when.column)}) != {_compared(when.value)}"
        for when in check.not_null_when
    ]
    return f"sa.or_({', '.join(parts)})"


def _compared(value: str | int | bool) -> str:
    """Return a value to compare with; linters take `!= True` for a mistake."""
    return f"sa.{str(value).lower()}()" if isinstance(value, bool) else literal(value)


def checked_fields(resource: Resource) -> list[Field]:
    """Return the fields whose values a check constraint limits."""
    return [
        f for f in resource.fields if f.is_enum or f.minimum is not None or f.maximum is not None
    ]


def table_arguments(resource: Resource, database: str) -> list[str]:
    """Return what stands in a model's ``__table_args__``."""
    arguments = [
        f"sa.CheckConstraint({field_check(f, database)}, name={literal(f.check_name)})"
        for f in checked_fields(resource)
    ]
    arguments += [
        f"sa.CheckConstraint({condition_check(check)}, name={literal(check.name)})"
        for check in resource.checks
    ]
    arguments += [
        f"sa.UniqueConstraint({', '.join(map(literal, unique.columns))}, "
        f"name={literal(unique.name)})"
        for unique in resource.uniques
    ]
    arguments += [
        f"sa.Index({literal(index.name)}, {', '.join(map(literal, index.columns))})"
        for index in resource.indexes
        if not _needs_order(index, database)
    ]
    return arguments


def _needs_order(index: Index, database: str) -> bool:
    return bool(index.nulls_first) and database == "postgresql"


def ordered_indexes(resource: Resource, database: str) -> list[str]:
    """Return the indexes that name an order of nulls, to stand after the model."""
    return [
        f"sa.Index({literal(index.name)}, {', '.join(_ordered(resource, index))})"
        for index in resource.indexes
        if _needs_order(index, database)
    ]


def _ordered(resource: Resource, index: Index) -> list[str]:
    name = resource.names.class_name
    return [
        f"{name}.{attribute}.asc().nulls_first()"
        if column in index.nulls_first
        else f"{name}.{attribute}"
        for column, attribute in zip(index.columns, index.attributes, strict=True)
    ]


def model_imports(resource: Resource, database: str) -> str:
    """Return the imports of a model."""
    imports = Imports()
    imports.add("sqlalchemy as sa")
    imports.add("src.models.base", "Base", "ResourceMixin")
    if own_columns(resource):
        imports.add("sqlalchemy.orm", "Mapped", "mapped_column")
    for column in own_columns(resource):
        needed = PYTHON_TYPES[column.type][1]
        if needed:
            imports.add(needed[0], *needed[1:])
        module, expression = column_type(column, database)
        if module != "sqlalchemy":
            imports.add(module, expression.partition("(")[0])
    if resource.links:
        imports.add("src.contract.tables", "Link")
    return imports.render()


def link_table(link: Link, resource: Resource) -> str:
    """Return the table between two resources, as models define it."""
    parts = [
        literal(link.table),
        "Base.metadata",
        _link_column(link.left_column, resource.table, link.left_fk_name),
        _link_column(link.right_column, link.target_table, link.right_fk_name),
        f"sa.PrimaryKeyConstraint({literal(link.left_column)}, {literal(link.right_column)}, "
        f"name={literal(link.pk_name)})",
        f"sa.Index({literal(link.index_name)}, {literal(link.right_column)}, "
        f"{literal(link.left_column)})",
    ]
    return f"sa.Table({', '.join(parts)})"


def _link_column(column: str, table: str, fk_name: str) -> str:
    target = literal(f"{table}.id")
    key = f'sa.ForeignKey({target}, name={literal(fk_name)}, ondelete="CASCADE")'
    return f"sa.Column({literal(column)}, sa.Uuid, {key})"


def deferred_keys(service: Specification) -> frozenset[str]:
    """Return the foreign keys that close a cycle: they point to a table that comes later."""
    seen: set[str] = set()
    deferred: set[str] = set()
    for resource in service.resources:
        seen.add(resource.names.singular)
        deferred |= {
            relation.fk_name
            for relation in resource.relations
            if not relation.to_user and relation.target not in seen
        }
    return frozenset(deferred)


FILTERS: dict[str, Callable[..., Any]] = {
    "sa_model_imports": model_imports,
    "sa_model_column": model_column,
    "sa_own_columns": own_columns,
    "sa_table_arguments": table_arguments,
    "sa_ordered_indexes": ordered_indexes,
    "sa_link_table": link_table,
    "sa_deferred_keys": deferred_keys,
}
