"""Whole rows: something to write, and no more than every database can hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..build.fields import longest
from ..language import FieldDefinition, ResourceDefinition
from ..words import Path
from .finding import Finding, Subject

BYTES_PER_CHARACTER = 4
MOST_ROW_BYTES = 60_000
MOST_INDEX_BYTES = 3_000
MOST_INDEXES = 60
MOST_COLUMNS = 200
_UUID_BYTES = 36 * BYTES_PER_CHARACTER


def check_rows(subject: Subject) -> Iterator[Finding]:
    """Find rows that cannot be written or stored.

    Args:
        subject: What is checked.

    Yields:
        One finding a fault.
    """
    for resource, definition in subject.definitions.items():
        path: Path = ("resources", resource)
        yield from _nothing_to_write(definition, path)
        yield from _sizes(definition, path)
        for number, names in enumerate(definition.unique):
            yield from _index_size(definition, names, (*path, "unique", number))


def _nothing_to_write(definition: ResourceDefinition, path: Path) -> Iterator[Finding]:
    written = [f for f in definition.fields.values() if not (f.internal or f.read_only)]
    if not (written or definition.relations or definition.links):
        message = "there is no field that a caller can write"
        mend = "write fields: {title: {type: string, max_length: 200}}"
        yield Finding((*path, "fields"), message, mend, lacks=True)


def _stored_bytes(field: FieldDefinition) -> int:
    if field.type in ("string", "email", "url", "enum"):
        return BYTES_PER_CHARACTER * (longest(field) or 100)
    return 16


def _sizes(definition: ResourceDefinition, path: Path) -> Iterator[Finding]:
    size = sum(_stored_bytes(field) for field in definition.fields.values())
    if size > MOST_ROW_BYTES:
        message = f"a row takes {size} bytes at most, which MySQL cannot hold ({MOST_ROW_BYTES})"
        yield Finding((*path, "fields"), message, "write type: text for the longest strings")
    count = len(definition.fields) + len(definition.relations)
    if count > MOST_COLUMNS:
        message = f"{count} columns are more than {MOST_COLUMNS}"
        yield Finding((*path, "fields"), message, "make a resource of some, with belongs_to")
    indexed = [f for f in definition.fields.values() if _brings_index(f)]
    indexes = len(indexed) + len(definition.relations) + len(definition.unique)
    if indexes > MOST_INDEXES:
        message = f"{indexes} indexes are more than MySQL takes ({MOST_INDEXES})"
        yield Finding((*path, "fields"), message, "filter and sort by fewer fields")


def _brings_index(field: FieldDefinition) -> bool:
    return any(getattr(field, key, False) for key in ("filter", "sort", "unique"))


def _index_size(
    definition: ResourceDefinition, names: Iterable[str], path: Path
) -> Iterator[Finding]:
    fields = [definition.fields[name] for name in names if name in definition.fields]
    size = sum(_stored_bytes(field) for field in fields) + _UUID_BYTES
    if size > MOST_INDEX_BYTES:
        message = f"{size} bytes are more than an index of MySQL holds ({MOST_INDEX_BYTES})"
        yield Finding(path, message, "write a smaller max_length")
