"""Booleans, choices, identifiers and any JSON."""

import re
from typing import Final
from uuid import UUID

from src.contract.fields.base import FieldType, JsonSchema, fault
from src.contract.fields.texts import WITHOUT_NULL

MAX_IDENTIFIERS: Final = 100
_UUID: Final = re.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class Boolean(FieldType):
    """True or false."""

    def accept(self, value: object) -> bool:
        """Return the boolean."""
        if not isinstance(value, bool):
            raise fault("boolean")
        return value

    def accept_text(self, text: str) -> bool:
        """Return the boolean that is written ``true`` or ``false``."""
        if text not in ("true", "false"):
            raise fault("boolean")
        return text == "true"

    def describe(self) -> JsonSchema:
        """Return a boolean."""
        return {"type": "boolean"}


class Choice(FieldType):
    """One of a few strings."""

    def __init__(self, *values: str) -> None:
        self.values = values

    def accept(self, value: object) -> str:
        """Return the string, which must be one of the values."""
        if not isinstance(value, str) or value not in self.values:
            raise fault("choice", values=", ".join(self.values))
        return value

    def describe(self) -> JsonSchema:
        """Return a string with its values."""
        return {"type": "string", "enum": list(self.values)}


def parse_uuid(text: str) -> UUID | None:
    """Return the UUID written as 8-4-4-4-12 hexadecimal digits; None for anything else."""
    return UUID(text) if _UUID.fullmatch(text) else None


class Identifier(FieldType):
    """The UUID of a row."""

    def accept(self, value: object) -> UUID:
        """Return the UUID, written in any case."""
        found = parse_uuid(value) if isinstance(value, str) else None
        if found is None:
            raise fault("uuid")
        return found

    def describe(self) -> JsonSchema:
        """Return a string in the form of a UUID."""
        return {"type": "string", "format": "uuid"}


class Identifiers(FieldType):
    """The UUIDs of several rows, each at most once."""

    def accept(self, value: object) -> list[UUID]:
        """Return the UUIDs in ascending order."""
        if not isinstance(value, list):
            raise fault("list")
        if len(value) > MAX_IDENTIFIERS:
            raise fault("max_items", limit=MAX_IDENTIFIERS)
        found = [parse_uuid(entry) if isinstance(entry, str) else None for entry in value]
        ids = [entry for entry in found if entry is not None]
        if len(ids) != len(value):
            raise fault("ids")
        if len(set(ids)) != len(ids):
            raise fault("duplicates")
        return sorted(ids)

    def describe(self) -> JsonSchema:
        """Return a list of UUIDs."""
        items = {"type": "string", "format": "uuid"}
        return {"type": "array", "items": items, "maxItems": MAX_IDENTIFIERS, "uniqueItems": True}


class Json(FieldType):
    """Any JSON value."""

    def accept(self, value: object) -> object:
        """Return the value as it is, unless a text in it holds U+0000."""
        if _has_null_character(value):
            raise fault("null_character")
        return value

    def describe(self) -> JsonSchema:
        """Return the schema that anything but null fits, which is for the member to allow."""
        types = ["object", "array", "string", "number", "boolean"]
        return {"type": types, "items": {}, "pattern": WITHOUT_NULL}


def _has_null_character(value: object) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_has_null_character(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(_has_null_character(part) for part in value)
