"""Defaults that the field itself would refuse."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime

from ..build.fields import longest
from ..language import FieldDefinition
from ..language.fields import DecimalField, EnumField, IntegerField, NumberField
from ..words import Path, any_of, nearest, shown
from .bounds import RANGES, decimal_fault
from .finding import Finding, Subject
from .patterns import matches, pattern_fault

_EMAIL = re.compile(
    r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*"
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_URL = re.compile(r"https?://[^\s/?#]+\S*")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def check_defaults(subject: Subject) -> Iterator[Finding]:
    """Find defaults that cannot be.

    Args:
        subject: What is checked.

    Yields:
        One finding a default.
    """
    for resource, definition in subject.definitions.items():
        for name, field in definition.fields.items():
            if field.says("default"):
                path: Path = ("resources", resource, "fields", name, "default")
                yield from _default(field, path)


def _default(field: FieldDefinition, path: Path) -> Iterator[Finding]:
    value = field.default
    if value is None:
        if not field.nullable:
            mend = "write nullable: true, or another default"
            yield Finding(path, "null is the default of a field that is not nullable", mend)
        return
    if getattr(field, "unique", False):
        message = "a unique field has no default: the second row would collide with the first"
        yield Finding(path, message, "take the default or unique away")
    fault = _value_fault(field, value)
    if fault:
        yield Finding(path, *fault)


def _value_fault(field: FieldDefinition, value: object) -> tuple[str, str] | None:
    if isinstance(field, EnumField):
        return _enum_fault(field, value)
    if isinstance(field, IntegerField | NumberField | DecimalField):
        return _number_fault(field)
    if isinstance(value, str):
        return _format_fault(field.type, value) or _text_fault(field, value)
    return None


def _enum_fault(field: EnumField, value: object) -> tuple[str, str] | None:
    if value in field.values:
        return None
    close = nearest(str(value), field.values)
    mend = f"write {close or any_of(field.values)}" if field.values else "write values"
    return f"{shown(value)} is not one of the values", mend


def _number_fault(
    field: IntegerField | NumberField | DecimalField,
) -> tuple[str, str] | None:
    value, low, high = field.default, field.minimum, field.maximum
    if value is None:
        return None
    if low is not None and value < low:
        return f"{shown(value)} is less than minimum, {shown(low)}", f"write {shown(low)} or more"
    if high is not None and value > high:
        return f"{shown(value)} is more than maximum, {shown(high)}", f"write {shown(high)} or less"
    if isinstance(field, NumberField):
        return None
    return _exact_fault(field)


def _exact_fault(field: IntegerField | DecimalField) -> tuple[str, str] | None:
    value, step = field.default, field.multiple_of
    if value is None:
        return None
    if step is not None and step > 0 and value % step:
        return f"{shown(value)} is no multiple of {shown(step)}", "write a multiple"
    if isinstance(field, DecimalField):
        reason = decimal_fault(field, field.default)
        return (reason, "write fewer digits, or raise precision") if reason else None
    least, most = RANGES[field.type]
    if not least <= value <= most:
        return f"{shown(value)} is out of the range of {field.type}", f"write {least} to {most}"
    return None


def _text_fault(field: FieldDefinition, value: str) -> tuple[str, str] | None:
    least: int = getattr(field, "min_length", None) or 0
    most, pattern = longest(field), getattr(field, "pattern", None)
    if len(value) < least:
        return f"{shown(value)} is shorter than min_length, {least}", "write a longer one"
    if most is not None and len(value) > most:
        return f"{shown(value)} is longer than {most}", "write a shorter one"
    if pattern is not None and not pattern_fault(pattern) and not matches(pattern, value):
        return f"{shown(value)} does not match the pattern", "write one that does"
    return None


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_moment(text: str) -> bool:
    if not _MOMENT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text.upper())
    except ValueError:
        return False
    return True


def _is_uuid(text: str) -> bool:
    return _UUID.fullmatch(text) is not None and bool(uuid.UUID(text))


_FORMATS: dict[str, tuple[Callable[[str], bool], str, str]] = {
    "date": (_is_day, "a day", 'write "2030-12-31"'),
    "datetime": (_is_moment, "a moment with its offset", 'write "2030-12-31T12:00:00Z"'),
    "uuid": (_is_uuid, "a UUID", 'write "018f4e9a-5b1c-7000-8000-000000000000"'),
    "email": (lambda text: bool(_EMAIL.fullmatch(text)), "an address", "write name@example.com"),
    "url": (lambda text: bool(_URL.fullmatch(text)), "a URL", "write https://example.com"),
}


def _format_fault(kind: str, value: str) -> tuple[str, str] | None:
    if kind not in _FORMATS:
        return None
    is_sound, what, mend = _FORMATS[kind]
    return None if is_sound(value) else (f"{shown(value)} is not {what}", mend)
