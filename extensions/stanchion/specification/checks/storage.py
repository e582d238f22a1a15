"""Unique tuples and checks: fields that exist and can carry them."""

from __future__ import annotations

from collections.abc import Iterator

from ..language import CheckDefinition, FieldDefinition, ResourceDefinition
from ..language.fields import BooleanField, EnumField, IntegerField, StringField
from ..words import Path, any_of, nearest, shown
from .finding import Finding, Subject

OWNER = "owner"


def check_storage(subject: Subject) -> Iterator[Finding]:
    """Find unique tuples and checks that cannot be.

    Args:
        subject: What is checked.

    Yields:
        One finding a fault.
    """
    for resource, definition in subject.definitions.items():
        path: Path = ("resources", resource)
        written = subject.written[resource]
        for name, field in definition.fields.items():
            if getattr(field, "unique", False) == OWNER and not definition.owner:
                mend = f"write owner: true on {resource}, or unique: true"
                here = (*path, "fields", name, "unique")
                yield Finding(here, "the rows of this resource have no owner", mend)
        yield from _tuples(definition, written, (*path, "unique"))
        for label, check in definition.checks.items():
            yield from _check(definition, written, label, check, (*path, "checks", label))


def _tuples(
    definition: ResourceDefinition, written: frozenset[str], path: Path
) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], str]
    seen = {(name,): name for name, f in definition.fields.items() if _is_unique(f)}
    for number, names in enumerate(definition.unique):
        here = (*path, number)
        yield from _tuple(definition, written, names, here)
        key = tuple(sorted(set(names)))
        if key in seen:
            yield Finding(here, "the same is unique already", "take one of them away")
        seen[key] = str(number)


def _is_unique(field: FieldDefinition) -> bool:
    return getattr(field, "unique", False) is True


def _tuple(
    definition: ResourceDefinition, written: frozenset[str], names: list[str], path: Path
) -> Iterator[Finding]:
    if not names:
        yield Finding(path, "is empty", "write [project, title]", lacks=True)
    elif len(names) == 1 and names[0] in definition.fields:
        mend = f"write unique: true on {names[0]}"
        yield Finding(path, "a tuple of one field is a unique field", mend)
    elif names == [OWNER]:
        mend = "write [owner, title] with a field of yours"
        yield Finding(path, "an owner could have one row only", mend)
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield Finding(path, f"{name} stands here twice", "take one of them away")
        reason = _not_unique(definition, written, name)
        if reason:
            yield Finding(path, *reason)


def _not_unique(
    definition: ResourceDefinition, written: frozenset[str], name: str
) -> tuple[str, str] | None:
    if name == OWNER and OWNER not in written:
        if definition.owner:
            return None
        return "the rows of this resource have no owner", "write owner: true, or take owner away"
    if name in definition.links:
        return f"{name} is a link, which is not in the table", "take it away"
    if name not in written:
        return f"there is no field or relation {name}", _known(name, written)
    field = definition.fields.get(name)
    if field is None:
        return None
    if field.type in ("text", "json"):
        return (
            f"{name} is {field.type}, which no index can hold",
            "take it away, or change its type",
        )
    if field.internal or field.write_only:
        return f"{name} is never shown, which a conflict would undo", "take it away"
    return None


def _known(name: str, known: frozenset[str]) -> str:
    close = nearest(name, known)
    return f"write {close or any_of(sorted(known) or ['a field'])}"


def _check(
    definition: ResourceDefinition,
    written: frozenset[str],
    label: str,
    check: CheckDefinition,
    path: Path,
) -> Iterator[Finding]:
    columns = {field.column or name for name, field in definition.fields.items()}
    if label in columns:
        mend = f"write {label}_holds"
        yield Finding(path, "a check has not the name of a column, whose own check has it", mend)
    field = definition.fields.get(check.field)
    if check.field not in written or check.field in definition.relations:
        yield Finding(
            (*path, "field"), f"there is no field {check.field}", _known(check.field, written)
        )
    elif field is not None and not field.nullable:
        message = f"{check.field} is never null anyway"
        yield Finding((*path, "field"), message, f"write nullable: true on {check.field}")
    for name, value in check.not_null_when.items():
        here = (*path, "not_null_when", name)
        if name == check.field:
            yield Finding(here, "a field cannot decide about itself", "write another field")
        elif name not in written or name in definition.relations:
            yield Finding(here, f"there is no field {name}", _known(name, written))
        elif name in definition.fields:
            yield from _condition(definition.fields[name], value, here)


def _condition(field: FieldDefinition, value: str | bool | int, path: Path) -> Iterator[Finding]:
    if isinstance(field, EnumField):
        if value not in field.values:
            mend = f"write {any_of(field.values)}" if field.values else "write values"
            yield Finding(path, f"{shown(value)} is not one of its values", mend)
    elif isinstance(field, BooleanField):
        if not isinstance(value, bool):
            yield Finding(path, f"{shown(value)} is not true or false", "write true or false")
    elif isinstance(field, IntegerField):
        if isinstance(value, bool) or not isinstance(value, int):
            yield Finding(path, f"{shown(value)} is not a whole number", "write a whole number")
    elif not isinstance(field, StringField):
        message = f"a field of type {field.type} cannot be compared here"
        yield Finding(path, message, "write an enum, boolean, integer or string field")
    elif not isinstance(value, str):
        yield Finding(path, f"{shown(value)} is not a text", f'write "{shown(value)}"')
