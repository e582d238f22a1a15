"""Python: the values that tests put into fields, as expressions; valid ones are of ``number``."""

from __future__ import annotations

from decimal import Decimal
from functools import singledispatch

from ..views import Field
from . import samples
from .python import literal

_COUNTED = {
    "boolean": "number % 2 == 0",
    "date": "dt.date(2030, 1, 1) + dt.timedelta(days=number)",
    "datetime": "dt.datetime(2030, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=number)",
    "uuid": "UUID(int=number)",
    "json": "{'number': number}",
}


def value_of(field: Field) -> str:
    """Return a valid value of a column's type, another one for each ``number``."""
    return _expression(samples.sample_of(field))


def sent(value: object) -> str:
    """Return what clients send or are answered."""
    if not isinstance(value, samples.Repeated):
        return literal(value)
    before, after = (literal(text) if text else "" for text in (value.before, value.after))
    parts = (before, f"{literal(value.character)} * {value.times}", after)
    return " + ".join(filter(None, parts))


@singledispatch
def _expression(sample: samples.Sample) -> str:
    raise TypeError(sample)


@_expression.register
def _(sample: samples.Constant) -> str:
    value = sample.value
    return _exact(value) if isinstance(value, Decimal) else literal(value)


@_expression.register
def _(sample: samples.Choice) -> str:
    return f"{literal(sample.values)}[{_counter(sample)}]"


@_expression.register
def _(sample: samples.Text) -> str:
    before, after = (_plain(text) for text in (sample.before, sample.after))
    digits = f":0{sample.width}d" if sample.width else ""
    text = f"f{literal(f'{before}{{{_counter(sample)}{digits}}}{after}')}"
    return f"{text}.ljust({sample.least}, '.')" if sample.least else text


def _plain(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


@_expression.register
def _(sample: samples.Whole) -> str:
    start = f"{sample.start} + " if sample.start else ""
    times = f" * {sample.step}" if sample.step > 1 else ""
    return f"{start}{_counter(sample)}{times}"


@_expression.register
def _(sample: samples.Exact) -> str:
    start = "" if sample.start is None else f"{_exact(sample.start)} + "
    return f"{start}{_counter(sample)} * {_exact(sample.step)}"


@_expression.register
def _(sample: samples.Quarters) -> str:
    sign = "-" if sample.falls else "+"
    start = f"{sample.start} {sign} " if sample.start else sign.strip("+")
    return f"{start}number / 4"


@_expression.register
def _(sample: samples.Between) -> str:
    return f"{sample.low} + {sample.high - sample.low} * ({_counter(sample)}) / 1000"


@_expression.register
def _(sample: samples.Counted) -> str:
    return _COUNTED[sample.type]


def _counter(sample: samples.Sample) -> str:
    return "number" if sample.cycle is None else f"number % {sample.cycle}"


def _exact(value: Decimal) -> str:
    return f'Decimal("{value:f}")'
