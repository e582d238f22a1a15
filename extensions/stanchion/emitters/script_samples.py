"""TypeScript: the values that tests put into fields; valid ones are expressions of ``number``.

``tests/support/values.ts`` has the functions that they call.
"""

from __future__ import annotations

from decimal import Decimal
from functools import singledispatch

from ..views import Field
from . import samples
from .typescript import literal

_COUNTED = {
    "boolean": "number % 2 === 0",
    "date": "dayAfter(number)",
    "datetime": "momentAfter(number)",
    "uuid": "uuidOf(number)",
    "json": "{ number }",
}
HELPERS = ("dayAfter", "decimal", "momentAfter", "uuidOf")
"""The functions that values may call."""


def value_of(field: Field) -> str:
    """Return a valid value of a column's type, another one for each ``number``."""
    return _expression(samples.sample_of(field))


def sent(value: object) -> str:
    """Return what clients send or are answered."""
    if not isinstance(value, samples.Repeated):
        return literal(value)
    before, after = (literal(text) if text else "" for text in (value.before, value.after))
    parts = (before, f"{literal(value.character)}.repeat({value.times})", after)
    return " + ".join(filter(None, parts))


@singledispatch
def _expression(sample: samples.Sample) -> str:
    raise TypeError(sample)


@_expression.register
def _(sample: samples.Constant) -> str:
    return literal(sample.value)


@_expression.register
def _(sample: samples.Choice) -> str:
    return f"{literal(sample.values)}[{_counter(sample)}]"


@_expression.register
def _(sample: samples.Text) -> str:
    number = _counter(sample)
    if sample.width:
        number = f"String({number}).padStart({sample.width}, '0')"
    text = f"`{_plain(sample.before)}${{{number}}}{_plain(sample.after)}`"
    if not (sample.before or sample.after) and sample.width:
        text = number
    return f"{text}.padEnd({sample.least}, '.')" if sample.least else text


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")


@_expression.register
def _(sample: samples.Whole) -> str:
    start = f"{sample.start} + " if sample.start else ""
    times = f" * {sample.step}" if sample.step > 1 else ""
    return f"{start}({_counter(sample)}){times}"


@_expression.register
def _(sample: samples.Exact) -> str:
    step = sample.step
    scale = -int(step.as_tuple().exponent)
    start = f"{_units(sample.start, scale)} + " if sample.start is not None else ""
    times = f" * {_units(step, scale)}" if step.scaleb(scale) != 1 else ""
    return f"decimal({start}BigInt({_counter(sample)}){times}, {scale})"


def _units(value: Decimal, scale: int) -> str:
    return f"{int(value.scaleb(scale))}n"


@_expression.register
def _(sample: samples.Quarters) -> str:
    sign = "-" if sample.falls else "+"
    start = f"{literal(sample.start)} {sign} " if sample.start else sign.strip("+")
    return f"{start}number / 4"


@_expression.register
def _(sample: samples.Between) -> str:
    span = literal(sample.high - sample.low)
    return f"{literal(sample.low)} + ({span} * ({_counter(sample)})) / 1000"


@_expression.register
def _(sample: samples.Counted) -> str:
    return _COUNTED[sample.type]


def _counter(sample: samples.Sample) -> str:
    return "number" if sample.cycle is None else f"number % {sample.cycle}"
