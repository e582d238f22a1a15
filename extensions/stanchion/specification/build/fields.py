"""Fields and relations of one resource."""

from __future__ import annotations

from typing import Any

from ... import naming
from ...views import Field, Link, Relation
from ..language import FieldDefinition, LinkDefinition, RelationDefinition
from ..patterns import portable
from .plan import Plan, link_table

DEFAULT_URL_LENGTH = 2000
EMAIL_LENGTH = 254

_COPIED = (
    "description",
    "nullable",
    "default",
    "min_length",
    "minimum",
    "maximum",
    "multiple_of",
    "precision",
    "scale",
    "filter",
    "sort",
    "search",
    "write_only",
    "read_only",
    "sensitive",
    "internal",
    "renamed_from",
)
"""What a view takes over as it was written, where the type has it."""


def longest(definition: FieldDefinition) -> int | None:
    """Tell how many characters a field can have.

    Args:
        definition: The field as specified.

    Returns:
        The greatest length, none where it is not limited or not a text.
    """
    if definition.type == "email":
        return EMAIL_LENGTH
    given: int | None = getattr(definition, "max_length", None)
    return DEFAULT_URL_LENGTH if given is None and definition.type == "url" else given


def _pattern(definition: FieldDefinition) -> str | None:
    pattern: str | None = getattr(definition, "pattern", None)
    return None if pattern is None else portable(pattern)


def _plain(value: object) -> object:
    """Return a whole double as the whole number that every language prints alike."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def build_field(plan: Plan, resource: str, name: str, definition: FieldDefinition) -> Field:
    """Work out one field.

    Args:
        plan: Names and tables.
        resource: The resource that has the field.
        name: The field's name.
        definition: The field as specified.

    Returns:
        Its view.
    """
    copied: dict[str, Any] = {
        key: _plain(getattr(definition, key)) for key in _COPIED if hasattr(definition, key)
    }
    unique = getattr(definition, "unique", False)
    column = definition.column or name
    return Field(
        name=name,
        column=column,
        json_name=plan.json_name(name),
        type=definition.type,
        check_name=naming.identifier("ck", plan.tables[resource], column),
        has_default=definition.says("default"),
        max_length=longest(definition),
        pattern=_pattern(definition),
        values=tuple(getattr(definition, "values", ())),
        unique=unique is True,
        unique_per_owner=unique == "owner",
        **copied,
    )


def build_relation(
    plan: Plan, resource: str, name: str, definition: RelationDefinition
) -> Relation:
    """Work out one `belongs_to`.

    Args:
        plan: Names and tables.
        resource: The resource that has the relation.
        name: The relation's name.
        definition: The relation as specified.

    Returns:
        Its view.
    """
    target = definition.resource or name
    table, attribute = plan.tables[resource], f"{name}_id"
    column = definition.column or attribute
    return Relation(
        name=name,
        attribute=attribute,
        column=column,
        json_name=plan.json_name(attribute),
        target=target,
        target_table=plan.tables[target],
        target_names=plan.names[target],
        nullable=definition.nullable,
        on_delete=definition.on_delete,
        fk_name=naming.identifier("fk", table, column, plan.tables[target]),
        index_name=naming.identifier("ix", table, column, "id"),
        to_self=target == resource,
        description=definition.description,
        renamed_from=definition.renamed_from,
    )


def build_link(plan: Plan, resource: str, name: str, definition: LinkDefinition) -> Link:
    """Work out one `many_to_many`.

    Args:
        plan: Names and tables.
        resource: The resource that has the link.
        name: The link's name.
        definition: The link as specified.

    Returns:
        Its view.
    """
    target = definition.resource or name
    table, left, right = link_table(resource, name, definition), f"{resource}_id", f"{name}_id"
    return Link(
        name=name,
        attribute=f"{name}_ids",
        json_name=plan.json_name(f"{name}_ids"),
        filter_name=plan.json_name(f"{name}_id"),
        target=target,
        target_table=plan.tables[target],
        target_names=plan.names[target],
        table=table,
        left_column=left,
        right_column=right,
        left_fk_name=naming.identifier("fk", table, left, plan.tables[resource]),
        right_fk_name=naming.identifier("fk", table, right, plan.tables[target]),
        pk_name=naming.identifier("pk", table),
        index_name=naming.identifier("ix", table, right, left),
        to_self=target == resource,
        description=definition.description,
    )
