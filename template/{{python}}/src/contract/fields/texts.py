"""Texts: lengths count code points, and U+0000 is refused."""

import re
from dataclasses import dataclass
from typing import Final

from src.contract.fields.base import FieldType, JsonSchema, fault, without_nothing

EMAIL_MAX_LENGTH: Final = 254
URL_MAX_LENGTH: Final = 2048

# WHATWG HTML, "valid e-mail address": what <input type=email> takes.
_LABEL: Final = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_EMAIL: Final = re.compile("[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@" + _LABEL + r"(?:\." + _LABEL + ")*")

# White space and controls are listed: engines differ in what they count among them.
_BLANK: Final = r"\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_URL: Final = re.compile(rf"[hH][tT][tT][pP][sS]?://[^/?#{_BLANK}]+[^{_BLANK}]*")
WITHOUT_NULL: Final = "^[^\\u0000]*$"


@dataclass(frozen=True)
class Text(FieldType):
    """A string; ``pattern`` must match it whole, with ASCII ``\\d`` and ``\\w``."""

    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None

    def accept(self, value: object) -> str:
        """Return the string as it is given."""
        if not isinstance(value, str):
            raise fault("string")
        if "\0" in value:
            raise fault("null_character")
        if self.min_length is not None and len(value) < self.min_length:
            raise fault("min_length", limit=self.min_length)
        if self.max_length is not None and len(value) > self.max_length:
            raise fault("max_length", limit=self.max_length)
        if self.pattern is not None and not re.fullmatch(self.pattern, value, re.ASCII):
            raise fault("pattern")
        return value

    def describe(self) -> JsonSchema:
        """Return a string with its limits."""
        pattern = WITHOUT_NULL if self.pattern is None else f"^(?:{self.pattern})$"
        schema = without_nothing(
            type="string", minLength=self.min_length, maxLength=self.max_length, pattern=pattern
        )
        return schema if self.pattern is None else schema | {"allOf": [{"pattern": WITHOUT_NULL}]}


@dataclass(frozen=True)
class Email(FieldType):
    """An e-mail address, kept in lower case."""

    max_length: int = EMAIL_MAX_LENGTH

    def accept(self, value: object) -> str:
        """Return the address in lower case."""
        text = Text().accept(value)
        if len(text) > self.max_length:
            raise fault("max_length", limit=self.max_length)
        if not _EMAIL.fullmatch(text):
            raise fault("email")
        return text.lower()

    def describe(self) -> JsonSchema:
        """Return a string in the form of an address."""
        return {
            "type": "string",
            "maxLength": self.max_length,
            "pattern": f"^{_EMAIL.pattern}$",
            "examples": ["person@example.com"],
        }


@dataclass(frozen=True)
class Url(FieldType):
    """An http or https address, kept as it is given."""

    max_length: int = URL_MAX_LENGTH

    def accept(self, value: object) -> str:
        """Return the address unchanged."""
        text = Text(max_length=self.max_length).accept(value)
        if not _URL.fullmatch(text):
            raise fault("url")
        return text

    def describe(self) -> JsonSchema:
        """Return a string in the form of an address."""
        return {
            "type": "string",
            "maxLength": self.max_length,
            "pattern": f"^{_URL.pattern}$",
            "examples": ["https://example.com/"],
        }
