"""How the fields of one resource change."""

from __future__ import annotations

from collections.abc import Iterator

from ..specification.words import Path
from ..views import Field, Resource
from .kinds import Change

_WIDER = {("integer", "bigint")}
"""Types, old and new, of which the new one holds every value of the old."""


def field_changes(old: Resource, new: Resource) -> Iterator[Change]:
    """Compare the fields of a resource.

    Args:
        old: The resource on record.
        new: The resource as it is to be.

    Yields:
        One change after another.
    """
    before = {field.name: field for field in old.fields}
    renamed = set()
    for field in new.fields:
        path: Path = ("resources", new.name, "fields", field.name)
        if field.name in before:
            yield from _changed(before[field.name], field, path)
        elif field.renamed_from in before:
            renamed.add(field.renamed_from)
            yield Change("field renamed", path, {"old": field.renamed_from})
        else:
            yield Change(_added(field), path)
    for name in before.keys() - {field.name for field in new.fields} - renamed:
        yield Change("field removed", ("resources", new.name, "fields", name))


def _has_value(field: Field) -> bool:
    return field.has_default and field.default is not None


def _added(field: Field) -> str:
    return "field added" if field.nullable or _has_value(field) else "field required"


def _changed(old: Field, new: Field, path: Path) -> Iterator[Change]:
    if old.column != new.column:
        yield Change("column", (*path, "column"), {"old": old.column})
    if old.nullable and not new.nullable and not _has_value(new):
        yield Change("null refused", path)
    if old.type != new.type:
        kind = "type widened" if (old.type, new.type) in _WIDER else "type"
        yield Change(kind, (*path, "type"), {"old": old.type, "new": new.type})
        return
    yield from _length(old, new, path)
    yield from _digits(old, new, path)
    for value in old.values:
        if value not in new.values:
            yield Change("value removed", (*path, "values"), {"old": value})
    if _is_tighter(old, new):
        yield Change("bounds", path)


def _length(old: Field, new: Field, path: Path) -> Iterator[Change]:
    if new.max_length is None or old.max_length == new.max_length:
        return
    place = (*path, "max_length")
    if old.max_length is None:
        yield Change("limited", place)
    elif new.max_length < old.max_length:
        yield Change("shorter", place, {"old": old.max_length, "new": new.max_length})


def _digits(old: Field, new: Field, path: Path) -> Iterator[Change]:
    if old.scale != new.scale:
        yield Change("scale", (*path, "scale"), {"old": old.scale, "new": new.scale})
    elif (new.precision or 0) < (old.precision or 0):
        yield Change(
            "precision", (*path, "precision"), {"old": old.precision, "new": new.precision}
        )


def _is_tighter(old: Field, new: Field) -> bool:
    lower = new.minimum is not None and (old.minimum is None or new.minimum > old.minimum)
    return lower or (new.maximum is not None and (old.maximum is None or new.maximum < old.maximum))
