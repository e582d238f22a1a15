"""Unique sets, checks and indexes of one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ... import naming
from ...views import Access, Check, Column, Condition, Field, Index, Relation, Unique
from ..language import CheckDefinition, ResourceDefinition
from .plan import Plan

OWNER = "owner"
ALWAYS_SORTED = ("created_at", "updated_at")


def _unique_tuples(
    definition: ResourceDefinition, fields: Iterable[Field]
) -> list[tuple[str, ...]]:
    """Give every set of names that is unique, in the order of the specification."""
    single: list[tuple[str, ...]] = []
    for field in fields:
        if field.unique:
            single.append((field.name,))
        if field.unique_per_owner:
            single.append((OWNER, field.name))
    return [*single, *(tuple(names) for names in definition.unique)]


def build_uniques(
    table: str,
    definition: ResourceDefinition,
    fields: Sequence[Field],
    columns: Sequence[Column],
    plan: Plan,
) -> tuple[Unique, ...]:
    """Work out what no two rows share.

    Args:
        table: The resource's table.
        definition: The resource as specified.
        fields: Its fields.
        columns: Its columns.
        plan: Names and tables.

    Returns:
        One view a constraint.
    """
    by_name = _columns_by_name(columns)
    uniques = []
    for names in _unique_tuples(definition, fields):
        chosen = [by_name[name] for name in names]
        uniques.append(
            Unique(
                name=naming.identifier("uq", table, *(column.name for column in chosen)),
                columns=tuple(column.name for column in chosen),
                attributes=tuple(column.attribute for column in chosen),
                members=tuple(plan.json_name(c.attribute) for c in chosen if not c.is_owner),
                fields=names,
            )
        )
    return tuple(uniques)


def _columns_by_name(columns: Iterable[Column]) -> dict[str, Column]:
    """Index columns by what the specification calls them."""
    by_name: dict[str, Column] = {}
    for column in columns:
        if column.relation is not None:
            by_name[column.relation.name] = column
        else:
            by_name[OWNER if column.is_owner else column.attribute] = column
    return by_name


def build_check(
    table: str, label: str, definition: CheckDefinition, fields: dict[str, Field]
) -> Check:
    """Work out a check between fields.

    Args:
        table: The resource's table.
        label: The check's name in the specification.
        definition: The check as specified.
        fields: The resource's fields by name.

    Returns:
        Its view.
    """
    field = fields[definition.field]
    conditions = tuple(
        Condition(name, fields[name].column, fields[name].json_name, value)
        for name, value in definition.not_null_when.items()
    )
    return Check(
        name=naming.identifier("ck", table, label),
        label=label,
        field=field.name,
        column=field.column,
        json_name=field.json_name,
        not_null_when=conditions,
    )


def _wanted_indexes(
    access: Access, columns: Sequence[Column], relations: Sequence[Relation]
) -> list[tuple[Column, ...]]:
    """List the column sets that lists and foreign keys ask for, each ending in the id."""
    by_attribute = {column.attribute: column for column in columns}
    row_id, owner = by_attribute["id"], by_attribute.get("owner_id")
    leading = (owner,) if owner and access.lists_own_rows_only else ()
    listed = [c for c in columns if c.field is not None and (c.field.filter or c.field.sort)]
    listed += [by_attribute[name] for name in ALWAYS_SORTED if access.allows("list")]
    return [
        *([(owner, row_id)] if owner else []),
        *((by_attribute[relation.attribute], row_id) for relation in relations),
        *((*leading, column, row_id) for column in listed),
    ]


def _serves(unique: Unique, wanted: Sequence[Column]) -> bool:
    """Tell whether a constraint's own index gives the same rows in the same order."""
    head = wanted[:-1]
    same = unique.columns == tuple(column.name for column in head)
    return same and not any(column.nullable for column in head)


def build_indexes(
    table: str,
    access: Access,
    columns: Sequence[Column],
    relations: Sequence[Relation],
    uniques: Sequence[Unique],
) -> tuple[Index, ...]:
    """Work out the indexes that lists need and constraints do not bring.

    Args:
        table: The resource's table.
        access: Who may do what: lists of one's own rows are led by the owner.
        columns: The table's columns.
        relations: The resource's relations.
        uniques: Its unique constraints.

    Returns:
        One view an index, none twice.
    """
    indexes = {}
    for wanted in _wanted_indexes(access, columns, relations):
        if any(_serves(unique, wanted) for unique in uniques):
            continue
        names = tuple(column.name for column in wanted)
        indexes[names] = Index(
            name=naming.identifier("ix", table, *names),
            columns=names,
            attributes=tuple(column.attribute for column in wanted),
            nulls_first=tuple(column.name for column in wanted if column.nullable),
        )
    return tuple(indexes.values())
