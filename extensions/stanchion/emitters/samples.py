"""Values that tests put into fields: distinct valid ones, ones at the limits, and invalid ones.

What is decided here is plain data, which each language prints its own way. A valid value says how
it follows from a ``number``, which makes each row another; ``Accepted`` and ``Refused`` are what
clients send, as JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from copier.errors import UserMessageError

from ..views import Field
from .patterns import matches, text_against, texts_matching
from .python import EMAIL_LENGTH, INT53, URL_LENGTH

_RANGES = {"integer": (-(2**31), 2**31 - 1), "bigint": (-INT53, INT53)}
_MANY = 10_000
"""More rows than any test makes: a value repeats after as many at the earliest, if it can."""
_NUMBERS = (1, 2, 9, 10, 99, 100, 999, 1000, 5000, _MANY - 1)
_PATTERN_SAMPLES = 8
_LONGEST_WIDE = 500
_LONG = 9


@dataclass(frozen=True)
class Constant:
    """The same value for every number."""

    value: object
    cycle: int | None = 1


@dataclass(frozen=True)
class Choice:
    """One of a few values after the other."""

    values: tuple[object, ...]

    @property
    def cycle(self) -> int | None:
        """Return after how many numbers the values begin again."""
        return len(self.values)


@dataclass(frozen=True)
class Text:
    """A text around the number, which has ``width`` digits; dots fill it up to ``least``."""

    before: str
    after: str = ""
    cycle: int | None = None
    width: int = 0
    least: int = 0


@dataclass(frozen=True)
class Whole:
    """So many steps after ``start`` as the number says."""

    start: int
    step: int
    cycle: int | None = None


@dataclass(frozen=True)
class Exact:
    """A decimal so many steps after ``start``, or after nothing, as the number says."""

    start: Decimal | None
    step: Decimal
    cycle: int | None = None


@dataclass(frozen=True)
class Quarters:
    """A double so many quarters above ``start``, or below it, as the number says."""

    start: float
    falls: bool = False
    cycle: int | None = None


@dataclass(frozen=True)
class Between:
    """A double between two others, at so many thousandths of the way as the number says."""

    low: float
    high: float
    cycle: int | None = 1000


@dataclass(frozen=True)
class Counted:
    """What follows from the number by its type alone."""

    type: str
    cycle: int | None = None


Sample = Constant | Choice | Text | Whole | Exact | Quarters | Between | Counted
"""A valid value, as it follows from a number, which begins again after ``cycle`` if it does."""


@dataclass(frozen=True)
class Repeated:
    """A long text of one character, with others around it."""

    character: str
    times: int
    before: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        """Return it written out."""
        return self.before + self.character * self.times + self.after


class Accepted(NamedTuple):
    """A value that is taken, and how it is answered: JSON, or a long text."""

    given: object
    answered: object


class Refused(NamedTuple):
    """A value that is not taken, the message's key and what stands in its braces."""

    given: object
    message: str
    parameters: tuple[tuple[str, object], ...] = ()


def _same(value: object) -> Accepted:
    return Accepted(value, value)


def _repeated(character: str, times: int) -> object:
    """Return a text of one character."""
    return character * times if times < _LONG else Repeated(character, times)


def _refused(value: object, message: str, **parameters: object) -> Refused:
    return Refused(value, message, tuple(parameters.items()))


# --- texts ---------------------------------------------------------------------------------------


def _text_value(field: Field) -> Sample:
    if field.pattern is not None:
        return _pattern_value(field)
    most, least = field.max_length or _MANY, field.min_length or 0
    label = field.name.replace("_", " ").capitalize()
    for before in (f"{label} ", label[0], ""):
        if len(before) + len(str(_MANY)) <= most:
            return Text(before, least=least if least > len(before) + 1 else 0)
    return Text("", cycle=int(10**most), width=most)


def _pattern_value(field: Field) -> Sample:
    """Return a text with the number in it where the pattern leaves room, else one of a few."""
    pattern, least, most = field.pattern or "", field.min_length or 0, field.max_length
    texts = texts_matching(pattern, least, most, _PATTERN_SAMPLES)
    if not texts:
        if field.has_default or field.nullable:
            return Constant(field.default)
        raise UserMessageError(
            f"No text was found that the pattern of {field.name} matches within its lengths: "
            "write a simpler pattern, or a default."
        )
    for form in _forms(field, texts):
        numbers = (number % (form.cycle or _MANY) for number in _NUMBERS)
        if all(_fits(field, f"{form.before}{number:0{form.width}d}") for number in numbers):
            return form
    return _one_of(texts)


def _one_of(values: Iterable[object]) -> Sample:
    options = tuple(values)
    return Choice(options) if len(options) > 1 else Constant(options[0])


def _forms(field: Field, texts: list[str]) -> Iterator[Text]:
    """Yield texts that end with the number, nice ones first."""
    name = field.name.replace("_", "-")
    words = (f"{name}-", f"{name.upper()}-", name, name.upper(), "", "a", "A", *_beginnings(texts))
    for word in words:
        yield Text(word)
        for width in (4, 5, 6, 7, 8, 3):
            yield Text(word, cycle=10**width if 10**width < _MANY else None, width=width)


def _beginnings(texts: list[str]) -> list[str]:
    starts = [text[:end] for text in texts[:5] for end in range(1, len(text) + 1)]
    return list(dict.fromkeys(starts))


def _fits(field: Field, text: str) -> bool:
    long_enough = len(text) >= (field.min_length or 0)
    short_enough = field.max_length is None or len(text) <= field.max_length
    return long_enough and short_enough and matches(field.pattern or "", text)


def _texts_accepted(field: Field) -> Iterator[Accepted]:
    least, most = field.min_length or 0, field.max_length
    if field.pattern is not None:
        yield from map(_same, texts_matching(field.pattern, least, most, 2))
        return
    yield _same(_repeated("x", least))
    if most is not None:
        yield _same(_repeated("😀" if most <= _LONGEST_WIDE else "x", most))


def _texts_refused(field: Field) -> Iterator[Refused]:
    least, most = field.min_length or 0, field.max_length
    yield _refused(1, "string")
    yield _refused("\0", "null_character")
    if least:
        yield _refused(_repeated("x", least - 1), "min_length", limit=least)
    if most is not None:
        yield _refused(_repeated("x", most + 1), "max_length", limit=most)
    other = None if field.pattern is None else text_against(field.pattern, least, most)
    if other is not None:
        yield _refused(other, "pattern")


def _url_value(field: Field) -> Sample:
    most = field.max_length or URL_LENGTH
    for start in (f"https://example.com/{field.name}/", "https://example.com/", "http://"):
        if len(start) + len(str(_MANY)) <= most:
            return Text(start)
    return Text("http://", cycle=10)


def _urls_refused(field: Field) -> Iterator[Refused]:
    most = field.max_length or URL_LENGTH
    yield _refused(1, "string")
    yield _refused("ftp://a.b"[:most], "url")
    yield _refused(Repeated("x", most, before="http://a/"), "max_length", limit=most)


def _emails_refused(field: Field) -> Iterator[Refused]:
    yield _refused(1, "string")
    yield _refused("nobody", "email")
    too_long = Repeated("x", EMAIL_LENGTH, after="@example.com")
    yield _refused(too_long, "max_length", limit=EMAIL_LENGTH)


# --- numbers -------------------------------------------------------------------------------------


def _whole_bounds(field: Field) -> tuple[int, int, int]:
    """Return the least and the greatest value, and the step between values."""
    least, most = _RANGES[field.type]
    step = int(field.multiple_of or 1)
    low = least if field.minimum is None else int(field.minimum)
    high = most if field.maximum is None else int(field.maximum)
    return -(-low // step) * step, high // step * step, step


def _whole_value(field: Field) -> Sample:
    low, high, step = _whole_bounds(field)
    count = (high - low) // step + 1
    if low <= step and high >= step * _MANY:
        return Whole(0, step)
    return Constant(low) if count == 1 else Whole(low, step, count)


def _wholes_accepted(field: Field) -> Iterator[Accepted]:
    low, high, _ = _whole_bounds(field)
    for value in dict.fromkeys((low, high)):
        yield _same(value)
    yield Accepted(float(low), low)


def _wholes_refused(field: Field) -> Iterator[Refused]:
    least, most = _RANGES[field.type]
    low = least if field.minimum is None else int(field.minimum)
    high = most if field.maximum is None else int(field.maximum)
    yield _refused("1", "integer")
    yield _refused(True, "integer")
    yield _refused(0.5, "integer")
    yield _refused(low - 1, "minimum", limit=low)
    yield _refused(high + 1, "maximum", limit=high)
    first, _, step = _whole_bounds(field)
    if step > 1 and first + 1 <= high:
        yield _refused(first + 1, "multiple_of", step=step)


def _number_value(field: Field) -> Sample:
    low, high = field.minimum, field.maximum
    if low is None or high is None:
        start = float(low) if low is not None else float(high or 0)
        return Quarters(start, falls=low is None and high is not None)
    return Constant(float(low)) if low == high else Between(float(low), float(high))


def _numbers_accepted(field: Field) -> Iterator[Accepted]:
    bounds = [bound for bound in (field.minimum, field.maximum) if bound is not None]
    for value in dict.fromkeys(bounds or [-1.5]):
        yield _same(float(value))


def _numbers_refused(field: Field) -> Iterator[Refused]:
    yield _refused("1", "number")
    yield _refused(True, "number")
    if field.minimum is not None:
        yield _refused(float(field.minimum) - 1, "minimum", limit=field.minimum)
    if field.maximum is not None:
        yield _refused(float(field.maximum) + 1, "maximum", limit=field.maximum)


def _decimal_bounds(field: Field) -> tuple[Decimal, Decimal, Decimal]:
    """Return the least and the greatest value at the column's scale, and the step."""
    precision, scale = field.precision or 1, field.scale or 0
    unit = Decimal(1).scaleb(-scale)
    step = unit if field.multiple_of is None else Decimal(str(field.multiple_of))
    widest = Decimal(10**precision - 1).scaleb(-scale)
    low = -widest if field.minimum is None else Decimal(str(field.minimum))
    high = widest if field.maximum is None else Decimal(str(field.maximum))
    first, last = -(-low // step) * step, high // step * step
    if first < low:
        first += step
    return first.quantize(unit), last.quantize(unit), step.quantize(unit)


def _decimal_value(field: Field) -> Sample:
    low, high, step = _decimal_bounds(field)
    count = int((high - low) / step) + 1
    if low <= step and high >= step * _MANY:
        return Exact(None, step)
    return Constant(low) if count == 1 else Exact(low, step, count)


def _decimals_accepted(field: Field) -> Iterator[Accepted]:
    low, high, _ = _decimal_bounds(field)
    for value in dict.fromkeys((low, high)):
        text = format(abs(value) if value == 0 else value, "f")
        yield _same(text)
        if "." in text and text.endswith("0"):
            yield Accepted(text.rstrip("0").rstrip("."), text)
        if value >= 0:
            yield Accepted("0" * (field.precision or 1) + text, text)
        if value == 0:
            yield Accepted("-" + text, text)


def _decimals_refused(field: Field) -> Iterator[Refused]:
    scale, room = field.scale or 0, (field.precision or 1) - (field.scale or 0)
    unit = Decimal(1).scaleb(-scale)
    yield _refused(1, "decimal")
    yield _refused("1e2", "decimal")
    yield _refused("0." + "0" * scale + "1", "scale", limit=scale)
    yield _refused("1" * (room + 1), "precision", limit=room)
    for bound, message, by in ((field.minimum, "minimum", -unit), (field.maximum, "maximum", unit)):
        if bound is not None and _has_room(Decimal(str(bound)) + by, room):
            beyond = format((Decimal(str(bound)) + by).quantize(unit), "f")
            yield _refused(beyond, message, limit=Decimal(str(bound)))
    low, high, step = _decimal_bounds(field)
    if step > unit and low + unit <= high and field.multiple_of is not None:
        yield _refused(format(low + unit, "f"), "multiple_of", step=Decimal(str(field.multiple_of)))


def _has_room(value: Decimal, room: int) -> bool:
    return abs(value) < Decimal(10) ** room


# --- everything else -----------------------------------------------------------------------------


_UUID = "0190b8c8-7f3a-7c4e-8d21-3f0a5b6c7d8e"

_VALUES: dict[str, Callable[[Field], Sample]] = {
    "string": _text_value,
    "text": _text_value,
    "email": lambda field: Text(field.name, after="@example.com"),
    "url": _url_value,
    "integer": _whole_value,
    "bigint": _whole_value,
    "number": _number_value,
    "decimal": _decimal_value,
    "boolean": lambda _: Counted("boolean", cycle=2),
    "date": lambda _: Counted("date"),
    "datetime": lambda _: Counted("datetime"),
    "uuid": lambda _: Counted("uuid"),
    "enum": lambda field: _one_of(field.values),
    "json": lambda _: Counted("json"),
}

_ACCEPTED: dict[str, Callable[[Field], Iterator[Accepted]]] = {
    "string": _texts_accepted,
    "text": _texts_accepted,
    "email": lambda _: iter([Accepted("ADA@Example.COM", "ada@example.com")]),
    "url": lambda field: iter([_same("http://a.b"[: field.max_length])]),
    "integer": _wholes_accepted,
    "bigint": _wholes_accepted,
    "number": _numbers_accepted,
    "decimal": _decimals_accepted,
    "boolean": lambda _: iter([_same(True), _same(False)]),
    "date": lambda _: iter([_same("2032-02-29")]),
    "datetime": lambda _: iter(
        [
            Accepted("2030-01-31T12:00:00.999999+02:00", "2030-01-31T10:00:00.999Z"),
            Accepted("2030-01-31t12:00:00z", "2030-01-31T12:00:00.000Z"),
        ]
    ),
    "uuid": lambda _: iter([Accepted(_UUID.upper(), _UUID)]),
    "enum": lambda field: map(_same, dict.fromkeys((field.values[0], field.values[-1]))),
    "json": lambda _: iter([_same([1, {"a": None}]), _same("text"), _same(False)]),
}

_REFUSED: dict[str, Callable[[Field], Iterator[Refused]]] = {
    "string": _texts_refused,
    "text": _texts_refused,
    "email": _emails_refused,
    "url": _urls_refused,
    "integer": _wholes_refused,
    "bigint": _wholes_refused,
    "number": _numbers_refused,
    "decimal": _decimals_refused,
    "boolean": lambda _: iter([_refused("true", "boolean"), _refused(1, "boolean")]),
    "date": lambda _: iter([_refused(1, "date"), _refused("2030-02-30", "date")]),
    "datetime": lambda _: iter(
        [
            _refused(1, "datetime"),
            _refused("2030-01-31T12:00:00", "datetime"),
            _refused("2030-02-30T12:00:00Z", "datetime"),
        ]
    ),
    "uuid": lambda _: iter([_refused(1, "uuid"), _refused("not one", "uuid")]),
    "enum": lambda field: iter(
        [
            _refused(1, "choice", values=", ".join(field.values)),
            _refused("none of them", "choice", values=", ".join(field.values)),
        ]
    ),
    "json": lambda _: iter([_refused({"a": ["\0"]}, "null_character")]),
}


def sample_of(field: Field) -> Sample:
    """Return what gives a column's type a valid value, another one for each number."""
    return _VALUES[field.type](field)


def variety_of(field: Field) -> int:
    """Return after how many numbers a field's values repeat."""
    return sample_of(field).cycle or _MANY


def accepted_by(field: Field) -> list[Accepted]:
    """Return values at the limits, and ones that are answered otherwise than they were given."""
    return list(_ACCEPTED[field.type](field))


def refused_by(field: Field) -> list[Refused]:
    """Return one value for each fault that a field can have."""
    found = [] if field.nullable else [_refused(None, "not_null")]
    return found + list(_REFUSED[field.type](field))


def plain(value: object) -> object:
    """Return what clients send or are answered as JSON has it."""
    return value.text if isinstance(value, Repeated) else value
