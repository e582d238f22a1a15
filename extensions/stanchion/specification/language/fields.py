"""Fields: one model a family of types, so that each type has the keys that mean something to it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from .parts import DecimalText, Definition, Length, Name, StoredName


class BaseField(Definition):
    """What every field may say."""

    description: Annotated[
        str, Field(max_length=500, description="What it means, for the API's documentation.")
    ] = ""
    nullable: Annotated[bool, Field(description="May be null; then it may be left out too.")] = (
        False
    )
    write_only: Annotated[bool, Field(description="Taken in, never shown.")] = False
    read_only: Annotated[bool, Field(description="Shown, set only by your code.")] = False
    sensitive: Annotated[
        bool, Field(description="Redacted in logs; neither filtered, sorted nor searched.")
    ] = False
    internal: Annotated[bool, Field(description="A column that no representation has.")] = False
    column: Annotated[
        StoredName | None, Field(description="The column's name, where it is not the field's.")
    ] = None
    renamed_from: Annotated[
        Name | None, Field(description="Its former name: the migration renames and keeps the data.")
    ] = None


class ListedField(BaseField):
    """A field that lists can be filtered and sorted by, and that can be unique."""

    filter: Annotated[bool, Field(description="Lists can be filtered by it.")] = False
    sort: Annotated[bool, Field(description="Lists can be sorted by it.")] = False
    unique: Annotated[
        bool | Literal["owner"],
        Field(description="No two rows share it: among all (true) or among one owner's (owner)."),
    ] = False


class StringField(ListedField):
    """A short text; its length is always stated."""

    type: Literal["string"]
    default: str | None = None
    min_length: Length | None = None
    max_length: Annotated[
        Length | None, Field(description="Required; at most 500 if unique, filtered or sorted.")
    ] = None
    pattern: Annotated[
        str | None, Field(max_length=500, description="Matched whole; RE2 and ECMAScript `u`.")
    ] = None
    search: Annotated[bool, Field(description="`q` looks into it.")] = False


class TextField(BaseField):
    """A text of any length."""

    type: Literal["text"]
    default: str | None = None
    min_length: Length | None = None
    max_length: Length | None = None
    pattern: Annotated[
        str | None, Field(max_length=500, description="Matched whole; RE2 and ECMAScript `u`.")
    ] = None
    search: Annotated[bool, Field(description="`q` looks into it.")] = False


class IntegerField(ListedField):
    """A whole number: 32 bits, or `bigint` within ±(2^53-1)."""

    type: Literal["integer", "bigint"]
    default: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    multiple_of: int | None = None


class NumberField(ListedField):
    """A double."""

    type: Literal["number"]
    default: float | None = None
    minimum: float | None = None
    maximum: float | None = None


class DecimalField(ListedField):
    """An exact decimal; a string in JSON."""

    type: Literal["decimal"]
    precision: Annotated[int, Field(description="Digits in all, at most 18.")]
    scale: Annotated[int, Field(description="Digits behind the point.")]
    default: DecimalText | None = None
    minimum: DecimalText | None = None
    maximum: DecimalText | None = None
    multiple_of: DecimalText | None = None


class BooleanField(ListedField):
    """True or false."""

    type: Literal["boolean"]
    default: bool | None = None


class TimeField(ListedField):
    """A day, or a moment with its offset."""

    type: Literal["date", "datetime"]
    default: str | None = None


class UuidField(ListedField):
    """A UUID that points to nothing here; for that there is `belongs_to`."""

    type: Literal["uuid"]
    default: str | None = None


class EnumField(ListedField):
    """One of a list of strings."""

    type: Literal["enum"]
    values: Annotated[list[str], Field(description="What it may be; quote what YAML would read.")]
    default: str | None = None


class EmailField(ListedField):
    """An e-mail address, stored in lower case, at most 254 characters."""

    type: Literal["email"]
    default: str | None = None
    search: Annotated[bool, Field(description="`q` looks into it.")] = False


class UrlField(ListedField):
    """An http or https address."""

    type: Literal["url"]
    default: str | None = None
    max_length: Annotated[
        Length | None, Field(description="2000 if not given; at most 500 if unique or listed by.")
    ] = None
    search: Annotated[bool, Field(description="`q` looks into it.")] = False


class JsonField(BaseField):
    """Any JSON value."""

    type: Literal["json"]
    default: Any = None


FieldDefinition = Annotated[
    StringField
    | TextField
    | IntegerField
    | NumberField
    | DecimalField
    | BooleanField
    | TimeField
    | UuidField
    | EnumField
    | EmailField
    | UrlField
    | JsonField,
    Field(discriminator="type"),
]

FIELD_MODELS: dict[str, type[BaseField]] = {
    "string": StringField,
    "text": TextField,
    "integer": IntegerField,
    "bigint": IntegerField,
    "number": NumberField,
    "decimal": DecimalField,
    "boolean": BooleanField,
    "date": TimeField,
    "datetime": TimeField,
    "uuid": UuidField,
    "enum": EnumField,
    "email": EmailField,
    "url": UrlField,
    "json": JsonField,
}
"""The model of each type."""
