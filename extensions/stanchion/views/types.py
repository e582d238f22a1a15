"""The field types of the language, and one flag for each, since templates compare nothing."""

from __future__ import annotations

FIELD_TYPES = (
    "string",
    "text",
    "integer",
    "bigint",
    "number",
    "decimal",
    "boolean",
    "date",
    "datetime",
    "uuid",
    "enum",
    "email",
    "url",
    "json",
)
"""Every type that a field may have, in the order of the reference."""


class TypeFlags:
    """Flags for whatever has a `type`: a field, a column, a member."""

    __slots__ = ()

    type: str

    @property
    def is_string(self) -> bool:
        """Whether this is a short text with a stated length."""
        return self.type == "string"

    @property
    def is_text(self) -> bool:
        """Whether this is a text of any length."""
        return self.type == "text"

    @property
    def is_integer(self) -> bool:
        """Whether this is a whole number of 32 bits."""
        return self.type == "integer"

    @property
    def is_bigint(self) -> bool:
        """Whether this is a whole number within ±(2^53-1)."""
        return self.type == "bigint"

    @property
    def is_number(self) -> bool:
        """Whether this is a double."""
        return self.type == "number"

    @property
    def is_decimal(self) -> bool:
        """Whether this is an exact decimal, a string in JSON."""
        return self.type == "decimal"

    @property
    def is_boolean(self) -> bool:
        """Whether this is true or false."""
        return self.type == "boolean"

    @property
    def is_date(self) -> bool:
        """Whether this is a day."""
        return self.type == "date"

    @property
    def is_datetime(self) -> bool:
        """Whether this is a moment, in UTC."""
        return self.type == "datetime"

    @property
    def is_uuid(self) -> bool:
        """Whether this is a UUID."""
        return self.type == "uuid"

    @property
    def is_enum(self) -> bool:
        """Whether this is one of a list of strings."""
        return self.type == "enum"

    @property
    def is_email(self) -> bool:
        """Whether this is an e-mail address."""
        return self.type == "email"

    @property
    def is_url(self) -> bool:
        """Whether this is an http or https address."""
        return self.type == "url"

    @property
    def is_json(self) -> bool:
        """Whether this is any JSON value."""
        return self.type == "json"

    @property
    def is_textual(self) -> bool:
        """Whether values are strings of characters (enums are not)."""
        return self.type in ("string", "text", "email", "url")

    @property
    def is_numeric(self) -> bool:
        """Whether values are numbers, decimals among them."""
        return self.type in ("integer", "bigint", "number", "decimal")

    @property
    def is_temporal(self) -> bool:
        """Whether values are dates or times."""
        return self.type in ("date", "datetime")

    @property
    def is_comparable(self) -> bool:
        """Whether filters offer `gt`, `gte`, `lt` and `lte`."""
        return self.is_numeric or self.is_temporal
