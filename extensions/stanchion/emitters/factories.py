"""What tests know of a resource, whatever language they are written in; decided as plain data."""

from __future__ import annotations

from collections.abc import Mapping

from ..views import Check, Field, Resource
from .samples import Accepted, Refused, accepted_by, refused_by, variety_of

_LETTERS = 2
ENOUGH = 5
"""As many rows as tests of lists make, where so many can differ."""


def known_fields(resource: Resource) -> list[Field]:
    """Return the fields that clients may write or read."""
    return [field for field in resource.fields if field.creatable or field.readable]


def nothing(resource: Resource) -> dict[str, object]:
    """Return null for each field that may be, and what keeps the rules between fields then."""
    fixed = {check.field for check in resource.checks if _way_out(resource, check) is None}
    empty: dict[str, object] = {
        field.name: None
        for field in known_fields(resource)
        if field.nullable and field.name not in fixed
    }
    for check in resource.checks:
        way_out = _way_out(resource, check)
        if way_out is not None:
            empty[way_out[0]] = way_out[1]
    return empty


def _way_out(resource: Resource, check: Check) -> tuple[str, object] | None:
    """Return a field of a rule's condition with a value for which the rule does not bite."""
    for when in check.not_null_when:
        field = resource.field(when.field)
        if field.nullable and not field.is_enum:
            return field.name, None
        options = field.values if field.is_enum else (True, False)
        bites = {
            other.value
            for entry in resource.checks
            for other in entry.not_null_when
            if other.field == field.name
        }
        for option in options:
            if option not in bites:
                return field.name, option
    return None


def required(resource: Resource) -> tuple[str, ...]:
    """Return the fields that a create must name."""
    return tuple(field.name for field in resource.fields if field.required)


def defaulted(resource: Resource) -> list[Field]:
    """Return the fields that are answered although a create leaves them out."""
    return [field for field in resource.fields if field.readable and not field.required]


def server_made(resource: Resource) -> tuple[str, ...]:
    """Return the members that no client may write."""
    own = ("id", *(("owner_id",) if resource.owned else ()), "created_at", "updated_at")
    return (*own, *(field.name for field in resource.fields if not field.creatable))


def accepted(resource: Resource) -> list[tuple[str, Accepted]]:
    """Return what is taken, each with its field."""
    return [
        (field.name, case)
        for field in resource.fields
        if field.creatable
        for case in accepted_by(field)
    ]


def refused(resource: Resource) -> list[tuple[str, Refused]]:
    """Return what is not taken, each with its field."""
    return [
        (field.name, case)
        for field in resource.fields
        if field.creatable
        for case in refused_by(field)
    ]


def broken_rules(resource: Resource) -> list[tuple[Mapping[str, object], str]]:
    """Return members that together break a rule between fields, and the field to blame."""
    return [
        (
            {check.field: None, **{when.field: when.value for when in check.not_null_when}},
            check.field,
        )
        for check in resource.checks
    ]


def capacity(resource: Resource) -> int:
    """Return how many rows of one owner can be made in a row without meeting."""
    fields = {field.name: field for field in resource.fields}
    related = {relation.name for relation in resource.relations}
    varieties = [
        max([1, *(variety_of(fields[name]) for name in unique.fields if name in fields)])
        for unique in resource.uniques
        if not related.intersection(unique.fields)
    ]
    return min([ENOUGH, *varieties])


def comparable(resource: Resource) -> tuple[str, ...]:
    """Return the filters that offer comparisons."""
    return tuple(field.name for field in resource.filters if field.is_comparable)


def ordered_texts(resource: Resource) -> tuple[str, ...]:
    """Return the sorted fields that take any text of a few letters, spaces at its end too."""
    return tuple(
        field.name
        for field in resource.sorts
        if field.is_string and not field.pattern and _takes_two_letters(field)
    )


def _takes_two_letters(field: Field) -> bool:
    return (field.min_length or 0) <= 1 and (field.max_length or 0) >= _LETTERS


def uniques(resource: Resource) -> tuple[tuple[str, ...], ...]:
    """Return the attributes that no two rows share, tuple by tuple."""
    return tuple(unique.attributes for unique in resource.uniques)
