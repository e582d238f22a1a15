"""TypeScript: values that tests put into fields, another one for each ``number``."""

from __future__ import annotations

from collections.abc import Callable
from string import Formatter

from copier.errors import UserMessageError

from ..views import Field
from .patterns import texts_matching
from .python import URL_LENGTH
from .samples import (
    MANY,
    NUMBERS,
    PATTERN_SAMPLES,
    decimal_bounds,
    fits,
    forms,
    whole_bounds,
)
from .typescript import literal


def _template(text: str, number: str = "number") -> str:
    """Return a text that ends with a number, as a template literal."""
    plain = text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
    return f"`{plain}${{{number}}}`"


def _padded(number: str, width: int) -> str:
    return f"String({number}).padStart({width}, '0')"


def _turn(count: int) -> str:
    """Return a number below ``count``."""
    return "number" if count >= MANY else f"number % {count}"


def _one_of(values: list[str] | tuple[str, ...]) -> str:
    if len(values) == 1:
        return literal(values[0])
    return f"{literal(values)}[number % {len(values)}]"


def _text(field: Field) -> str:
    if field.pattern is not None:
        return _pattern(field)
    most, least = field.max_length or MANY, field.min_length or 0
    label = field.name.replace("_", " ").capitalize()
    for text in (f"{label} ", label[0], ""):
        if len(text) + len(str(MANY)) <= most:
            padding = f".padEnd({least}, '.')" if least > len(text) + 1 else ""
            return _template(text) + padding
    return _padded(f"number % {10**most}", most)


def _pattern(field: Field) -> str:
    """Return a text with the number in it where the pattern leaves room, else one of a few."""
    texts = texts_matching(
        field.pattern or "", field.min_length or 0, field.max_length, PATTERN_SAMPLES
    )
    if not texts:
        if field.has_default or field.nullable:
            return literal(field.default)
        raise UserMessageError(
            f"No text was found that the pattern of {field.name} matches within its lengths: "
            "write a simpler pattern, or a default."
        )
    for form, period in forms(field, texts):
        if all(fits(field, form.format(number=number % period)) for number in NUMBERS):
            return _form(form, period)
    return _one_of(texts)


def _form(form: str, period: int) -> str:
    parts = list(Formatter().parse(form))
    beginning = "".join(text for text, *_ in parts)
    width = parts[-1][2] or ""
    number = _padded(_turn(period), int(width.removesuffix("d"))) if width else _turn(period)
    return _template(beginning, number)


def _url(field: Field) -> str:
    most = field.max_length or URL_LENGTH
    for start in (f"https://example.com/{field.name}/", "https://example.com/", "http://"):
        if len(start) + len(str(MANY)) <= most:
            return _template(start)
    return _template("http://", "number % 10")


def _whole(field: Field) -> str:
    low, high, step = whole_bounds(field)
    count = (high - low) // step + 1
    times = f" * {step}" if step > 1 else ""
    if low <= step and high >= step * MANY:
        return f"number{times}"
    if count == 1:
        return str(low)
    turn = f"({_turn(count)}){times}" if times and count < MANY else f"{_turn(count)}{times}"
    return f"{low} + {turn}" if low else turn


def _number(field: Field) -> str:
    low, high = field.minimum, field.maximum
    if low is None or high is None:
        start = float(low) if low is not None else float(high or 0)
        sign = "-" if low is None and high is not None else "+"
        return f"{start:.17g} {sign} number / 4" if start else f"{sign.strip('+')}number / 4"
    if low == high:
        return f"{float(low):.17g}"
    return f"{float(low):.17g} + ({float(high) - float(low):.17g} * (number % 1000)) / 1000"


def _decimal(field: Field) -> str:
    scale = field.scale or 0
    low, high, step = (int(value.scaleb(scale)) for value in decimal_bounds(field))
    count = (high - low) // step + 1
    if low <= step and high >= step * MANY:
        return f"decimal(BigInt(number) * {step}n, {scale})"
    return f"decimal({low}n + BigInt({_turn(count)}) * {step}n, {scale})"


_VALUES: dict[str, Callable[[Field], str]] = {
    "string": _text,
    "text": _text,
    "email": lambda field: f"`{field.name}${{number}}@example.com`",
    "url": _url,
    "integer": _whole,
    "bigint": _whole,
    "number": _number,
    "decimal": _decimal,
    "boolean": lambda _: "number % 2 === 0",
    "date": lambda _: "dayAfter(number)",
    "datetime": lambda _: "momentAfter(number)",
    "uuid": lambda _: "uuidOf(number)",
    "enum": lambda field: _one_of(field.values),
    "json": lambda _: "{ number }",
}
HELPERS = ("dayAfter", "decimal", "momentAfter", "uuidOf")
"""The functions of ``tests/support/values.ts`` that values may call."""


def value_of(field: Field) -> str:
    """Return a valid value of a column's type, another one for each ``number``."""
    return _VALUES[field.type](field)
