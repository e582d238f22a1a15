"""Lengths, limits, digits and lists of values."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import floor

from ..build.fields import longest
from ..language import FieldDefinition
from ..language.fields import DecimalField, EnumField, IntegerField, NumberField
from ..words import Path, shown
from .finding import Finding

LONGEST = {"string": 10_000, "text": 1_000_000, "url": 10_000}
LONGEST_INDEXED = 500
MOST_DIGITS = 18
MOST_VALUES = 200
LONGEST_VALUE = 100
RANGES = {
    "integer": (-(2**31), 2**31 - 1),
    "bigint": (-(2**53 - 1), 2**53 - 1),
}
"""What a number of each type can be."""


def check_lengths(field: FieldDefinition, path: Path, in_tuple: bool) -> Iterator[Finding]:
    """Find lengths that are missing, too great or contradictory.

    Args:
        field: The field as specified.
        path: Where it stands.
        in_tuple: Whether a tuple of `unique` names it.

    Yields:
        One finding a fault.
    """
    if field.type not in LONGEST:
        return
    here, limit = (*path, "max_length"), LONGEST[field.type]
    most: int | None = longest(field)
    least: int = getattr(field, "min_length", None) or 0
    if most is None and field.type == "string":
        yield Finding(here, "a string says how long it may be", "write max_length: 200", lacks=True)
    if most is not None and not 1 <= most <= limit:
        mend = "write type: text for more" if field.type == "string" else f"write {limit} or less"
        yield Finding(here, f"{most} is not within 1 and {limit}", mend)
    elif most is not None and least > most:
        message = f"{least} is more than max_length, {most}"
        yield Finding((*path, "min_length"), message, f"write min_length: {most} or less")
    elif most is None and least > limit:
        yield Finding((*path, "min_length"), f"{least} is more than {limit}", "write less")
    listing = [key for key in ("unique", "filter", "sort") if getattr(field, key, False)]
    if most is not None and most > LONGEST_INDEXED and (listing or in_tuple):
        message = f"a text that is {listing[0] if listing else 'unique'} fits an index up to 500"
        yield Finding(here, f"{message}, not {most}", "write max_length: 500 or less")


def check_numbers(field: FieldDefinition, path: Path) -> Iterator[Finding]:
    """Find limits that are out of the type's range or leave nothing.

    Args:
        field: The field as specified.
        path: Where it stands.

    Yields:
        One finding a fault.
    """
    if not isinstance(field, IntegerField | NumberField | DecimalField):
        return
    if isinstance(field, IntegerField):
        yield from _in_range(field, path)
    low, high = field.minimum, field.maximum
    if low is not None and high is not None and low > high:
        message = f"{shown(low)} is more than maximum, {shown(high)}"
        yield Finding((*path, "minimum"), message, f"write minimum: {shown(high)} or less")
    elif not isinstance(field, NumberField):
        yield from _step(field, path)


def _in_range(field: IntegerField, path: Path) -> Iterator[Finding]:
    least, most = RANGES[field.type]
    for key in ("minimum", "maximum", "multiple_of"):
        value = getattr(field, key)
        if value is not None and not least <= value <= most:
            message = f"{shown(value)} is out of the range of {field.type}"
            mend = "write type: bigint" if field.type == "integer" and abs(value) < 2**53 else None
            yield Finding((*path, key), message, mend or f"write {least} to {most}")


def _step(field: IntegerField | DecimalField, path: Path) -> Iterator[Finding]:
    step, low, high = field.multiple_of, field.minimum, field.maximum
    here = (*path, "multiple_of")
    if step is None:
        return
    if step <= 0:
        yield Finding(here, f"{shown(step)} is not above zero", "write multiple_of: 1 or more")
    elif low is not None and high is not None and _none_between(step, low, high):
        message = f"no multiple of {shown(step)} lies from {shown(low)} to {shown(high)}"
        yield Finding(here, message, "widen minimum and maximum, or write a smaller one")


def _none_between(step: int | Decimal, low: int | Decimal, high: int | Decimal) -> bool:
    return floor(Decimal(high) / Decimal(step)) * Decimal(step) < Decimal(low)


def check_decimal(field: FieldDefinition, path: Path) -> Iterator[Finding]:
    """Find digits that a decimal cannot have, and limits that it cannot hold.

    Args:
        field: The field as specified.
        path: Where it stands.

    Yields:
        One finding a fault.
    """
    if not isinstance(field, DecimalField):
        return
    if not 1 <= field.precision <= MOST_DIGITS:
        message = f"{shown(field.precision)} is not within 1 and {MOST_DIGITS}"
        yield Finding((*path, "precision"), message, f"write precision: {MOST_DIGITS} or less")
    elif not 0 <= field.scale <= field.precision:
        message = f"{shown(field.scale)} is not within 0 and precision, {field.precision}"
        yield Finding((*path, "scale"), message, f"write scale: {field.precision} or less")
    else:
        for key in ("minimum", "maximum", "multiple_of"):
            reason = decimal_fault(field, getattr(field, key))
            if reason:
                yield Finding((*path, key), reason, "write fewer digits, or raise precision")


def decimal_fault(field: DecimalField, value: Decimal | None) -> str | None:
    """Tell why a decimal cannot hold a value.

    Args:
        field: The field as specified; its digits are sound.
        value: A value, or none.

    Returns:
        The reason, none where it fits.
    """
    if value is None:
        return None
    _, digits, exponent = value.normalize().as_tuple()
    behind = max(0, -int(exponent))
    before = max(0, len(digits) + int(exponent))
    if behind > field.scale:
        return f"{format(value, 'f')} has more than {field.scale} digits behind the point"
    if value and before > field.precision - field.scale:
        room = field.precision - field.scale
        return f"{format(value, 'f')} has more than {room} digits before the point"
    return None


def check_values(field: FieldDefinition, path: Path) -> Iterator[Finding]:
    """Find lists of values that an enum cannot have.

    Args:
        field: The field as specified.
        path: Where it stands.

    Yields:
        One finding a fault.
    """
    if not isinstance(field, EnumField):
        return
    here = (*path, "values")
    if not field.values:
        yield Finding(here, "an enum has values", "write values: [draft, done]", lacks=True)
    if len(field.values) > MOST_VALUES:
        message = f"{len(field.values)} values are more than {MOST_VALUES}"
        yield Finding(here, message, "make a resource of them and write belongs_to")
    seen = set()
    for number, value in enumerate(field.values):
        reason = _value_fault(value) or ("stands here twice" if value in seen else None)
        if reason:
            yield Finding((*here, number), f"{shown(value)} {reason}", "write another value")
        seen.add(value)


def _value_fault(value: str) -> str | None:
    if not value:
        return "is empty"
    if value != value.strip() or "\n" in value or "\t" in value:
        return "has space around it, or a line break or tab"
    if "," in value:
        return "has a comma, which separates the values of a filter"
    if len(value) > LONGEST_VALUE:
        return f"is longer than {LONGEST_VALUE}"
    return None
