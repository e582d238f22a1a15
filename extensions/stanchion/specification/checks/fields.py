"""Fields: flags that contradict each other, and bounds that nothing can satisfy."""

from __future__ import annotations

from collections.abc import Iterator

from ..language import FieldDefinition
from ..words import Path
from .bounds import check_decimal, check_lengths, check_numbers, check_values
from .finding import Finding, Subject
from .patterns import pattern_fault

_LISTING = ("filter", "sort", "search", "unique")


def check_fields(subject: Subject) -> Iterator[Finding]:
    """Find fields that say what cannot be.

    Args:
        subject: What is checked.

    Yields:
        One finding a fault.
    """
    for resource, definition in subject.definitions.items():
        for name, field in definition.fields.items():
            path: Path = ("resources", resource, "fields", name)
            yield from _visibility(field, path)
            yield from _sensitivity(field, path)
            yield from _needs_value(field, path)
            yield from check_lengths(field, path, _in_tuple(definition.unique, name))
            yield from check_numbers(field, path)
            yield from check_decimal(field, path)
            yield from check_values(field, path)
            yield from _pattern(field, path)


def _in_tuple(tuples: list[list[str]], name: str) -> bool:
    return any(name in names for names in tuples)


def _said(field: FieldDefinition, keys: tuple[str, ...]) -> list[str]:
    return [key for key in keys if getattr(field, key, False)]


def _visibility(field: FieldDefinition, path: Path) -> Iterator[Finding]:
    hiding = _said(field, ("internal", "write_only", "read_only"))
    if len(hiding) > 1:
        message = f"{' and '.join(hiding)} cannot go together"
        yield Finding((*path, hiding[1]), message, f"keep one of them, such as {hiding[0]}")
    hidden = [key for key in hiding if key != "read_only"]
    for key in _said(field, _LISTING) if hidden else ():
        message = f"a field that is {hidden[0]} is never shown, which {key} would undo"
        yield Finding((*path, key), message, f"take {key} or {hidden[0]} away")


def _sensitivity(field: FieldDefinition, path: Path) -> Iterator[Finding]:
    if not field.sensitive:
        return
    for key in _said(field, ("filter", "sort", "search")):
        message = f"a sensitive field cannot have {key}: values would stand in URLs and logs"
        yield Finding((*path, key), message, f"take {key} or sensitive away")


def _needs_value(field: FieldDefinition, path: Path) -> Iterator[Finding]:
    hidden = _said(field, ("internal", "read_only"))
    if hidden and not field.nullable and not field.says("default"):
        message = f"no caller can set a field that is {hidden[0]}, so that it has no value"
        yield Finding(path, message, "write nullable: true, or a default", lacks=True)


def _pattern(field: FieldDefinition, path: Path) -> Iterator[Finding]:
    pattern: str | None = getattr(field, "pattern", None)
    fault = pattern_fault(pattern) if pattern is not None else None
    if fault:
        yield Finding((*path, "pattern"), *fault)
