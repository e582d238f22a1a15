"""Values that tests put into fields: distinct valid ones, ones at the limits, and invalid ones.

Every value is a Python expression. Valid ones hold the variable ``number``, which makes each row
another; ``Accepted`` and ``Refused`` are what clients send, as JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from copier.errors import UserMessageError

from ..views import Field
from .patterns import matches, text_against, texts_matching
from .python import EMAIL_LENGTH, INT53, URL_LENGTH, literal

_RANGES = {"integer": (-(2**31), 2**31 - 1), "bigint": (-INT53, INT53)}
MANY = 10_000
"""More rows than any test makes: a value repeats after as many at the earliest, if it can."""
NUMBERS = (1, 2, 9, 10, 99, 100, 999, 1000, 5000, MANY - 1)
PATTERN_SAMPLES = 8
_LONGEST_WIDE = 500


class Accepted(NamedTuple):
    """A value that is taken, and how it is answered."""

    given: str
    answered: str


class Refused(NamedTuple):
    """A value that is not taken, the message's key and what stands in its braces."""

    given: str
    message: str
    parameters: tuple[tuple[str, object], ...] = ()


def _same(value: object) -> Accepted:
    return Accepted(literal(value), literal(value))


def _repeated(character: str, times: int) -> str:
    """Return a text of one character, written shortly."""
    return literal(character * times) if times < 9 else f"{literal(character)} * {times}"


def _refused(value: object, message: str, **parameters: object) -> Refused:
    return Refused(literal(value), message, tuple(parameters.items()))


# --- texts ---------------------------------------------------------------------------------------


def _text_value(field: Field) -> tuple[str, int]:
    if field.pattern is not None:
        return _pattern_value(field)
    most, least = field.max_length or MANY, field.min_length or 0
    label = field.name.replace("_", " ").capitalize()
    for text in (f"{label} {{number}}", f"{label[0]}{{number}}", "{number}"):
        if len(text) - len("{number}") + len(str(MANY)) <= most:
            padded = f".ljust({least}, '.')" if least > len(text.format(number=1)) else ""
            return f"f{literal(text)}{padded}", MANY
    return f"f'{{number % {10**most}:0{most}d}}'", int(10**most)


def _pattern_value(field: Field) -> tuple[str, int]:
    """Return a text with the number in it where the pattern leaves room, else one of a few."""
    pattern, least, most = field.pattern or "", field.min_length or 0, field.max_length
    texts = texts_matching(pattern, least, most, PATTERN_SAMPLES)
    if not texts:
        if field.has_default or field.nullable:
            return literal(field.default), 1
        raise UserMessageError(
            f"No text was found that the pattern of {field.name} matches within its lengths: "
            "write a simpler pattern, or a default."
        )
    for form, period in forms(field, texts):
        if all(fits(field, form.format(number=number % period)) for number in NUMBERS):
            bare = period == MANY
            return (
                f"f{literal(form if bare else form.replace('number', f'number % {period}'))}",
                period,
            )
    if len(texts) == 1:
        return literal(texts[0]), 1
    return f"{literal(tuple(texts))}[number % {len(texts)}]", len(texts)


def forms(field: Field, texts: list[str]) -> Iterator[tuple[str, int]]:
    """Yield forms that hold the number, nice ones first, and after how many they repeat."""
    name = field.name.replace("_", "-")
    words = (f"{name}-", f"{name.upper()}-", name, name.upper(), "", "a", "A", *_beginnings(texts))
    for word in words:
        plain = word.replace("{", "{{").replace("}", "}}")
        yield f"{plain}{{number}}", MANY
        for width in (4, 5, 6, 7, 8, 3):
            yield f"{plain}{{number:0{width}d}}", min(10**width, MANY)


def _beginnings(texts: list[str]) -> list[str]:
    starts = [text[:end] for text in texts[:5] for end in range(1, len(text) + 1)]
    return list(dict.fromkeys(starts))


def fits(field: Field, text: str) -> bool:
    long_enough = len(text) >= (field.min_length or 0)
    short_enough = field.max_length is None or len(text) <= field.max_length
    return long_enough and short_enough and matches(field.pattern or "", text)


def _texts_accepted(field: Field) -> Iterator[Accepted]:
    least, most = field.min_length or 0, field.max_length
    if field.pattern is not None:
        yield from map(_same, texts_matching(field.pattern, least, most, 2))
        return
    yield Accepted(*[_repeated("x", least)] * 2)
    if most is not None:
        yield Accepted(*[_repeated("😀" if most <= _LONGEST_WIDE else "x", most)] * 2)


def _texts_refused(field: Field) -> Iterator[Refused]:
    least, most = field.min_length or 0, field.max_length
    yield _refused(1, "string")
    yield _refused("\0", "null_character")
    if least:
        yield Refused(_repeated("x", least - 1), "min_length", (("limit", least),))
    if most is not None:
        yield Refused(_repeated("x", most + 1), "max_length", (("limit", most),))
    other = None if field.pattern is None else text_against(field.pattern, least, most)
    if other is not None:
        yield _refused(other, "pattern")


def _url_value(field: Field) -> tuple[str, int]:
    most = field.max_length or URL_LENGTH
    for start in (f"https://example.com/{field.name}/", "https://example.com/", "http://"):
        if len(start) + len(str(MANY)) <= most:
            return f"f{literal(start + '{number}')}", MANY
    return "f'http://{number % 10}'", 10


def _urls_refused(field: Field) -> Iterator[Refused]:
    most = field.max_length or URL_LENGTH
    yield _refused(1, "string")
    yield _refused("ftp://a.b"[:most], "url")
    yield Refused(f"'http://a/' + 'x' * {most}", "max_length", (("limit", most),))


def _emails_refused(field: Field) -> Iterator[Refused]:
    yield _refused(1, "string")
    yield _refused("nobody", "email")
    yield Refused(
        f"'x' * {EMAIL_LENGTH} + '@example.com'", "max_length", (("limit", EMAIL_LENGTH),)
    )


# --- numbers -------------------------------------------------------------------------------------


def whole_bounds(field: Field) -> tuple[int, int, int]:
    """Return the least and the greatest value, and the step between values."""
    least, most = _RANGES[field.type]
    step = int(field.multiple_of or 1)
    low = least if field.minimum is None else int(field.minimum)
    high = most if field.maximum is None else int(field.maximum)
    return -(-low // step) * step, high // step * step, step


def _whole_value(field: Field) -> tuple[str, int]:
    low, high, step = whole_bounds(field)
    count = (high - low) // step + 1
    times = f" * {step}" if step > 1 else ""
    if low <= step and high >= step * MANY:
        return f"number{times}", MANY
    if count == 1:
        return str(low), 1
    start = f"{low} + " if low else ""
    return f"{start}number % {count}{times}", count


def _wholes_accepted(field: Field) -> Iterator[Accepted]:
    low, high, _ = whole_bounds(field)
    for value in dict.fromkeys((low, high)):
        yield _same(value)
    yield Accepted(f"{low}.0" if abs(low) < 2**53 else f"{high}.0", str(low))


def _wholes_refused(field: Field) -> Iterator[Refused]:
    least, most = _RANGES[field.type]
    low = least if field.minimum is None else int(field.minimum)
    high = most if field.maximum is None else int(field.maximum)
    yield _refused("1", "integer")
    yield _refused(True, "integer")
    yield _refused(0.5, "integer")
    yield _refused(low - 1, "minimum", limit=low)
    yield _refused(high + 1, "maximum", limit=high)
    first, _, step = whole_bounds(field)
    if step > 1 and first + 1 <= high:
        yield _refused(first + 1, "multiple_of", step=step)


def _number_value(field: Field) -> tuple[str, int]:
    low, high = field.minimum, field.maximum
    if low is None or high is None:
        start = float(low) if low is not None else float(high or 0)
        sign = "-" if low is None and high is not None else "+"
        return (f"{start} {sign} number / 4" if start else f"{sign.strip('+')}number / 4"), MANY
    if low == high:
        return literal(float(low)), 1
    return f"{float(low)} + {float(high) - float(low)} * (number % 1000) / 1000", 1000


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


def decimal_bounds(field: Field) -> tuple[Decimal, Decimal, Decimal]:
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


def _decimal_value(field: Field) -> tuple[str, int]:
    low, high, step = decimal_bounds(field)
    count = int((high - low) / step) + 1
    if low <= step and high >= step * MANY:
        return f"number * {_exact(step)}", MANY
    if count == 1:
        return _exact(low), 1
    return f"{_exact(low)} + number % {count} * {_exact(step)}", count


def _exact(value: Decimal) -> str:
    return f'Decimal("{value:f}")'


def _decimals_accepted(field: Field) -> Iterator[Accepted]:
    low, high, _ = decimal_bounds(field)
    for value in dict.fromkeys((low, high)):
        text = format(abs(value) if value == 0 else value, "f")
        yield _same(text)
        if "." in text and text.endswith("0"):
            yield Accepted(literal(text.rstrip("0").rstrip(".")), literal(text))


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
    low, high, step = decimal_bounds(field)
    if step > unit and low + unit <= high and field.multiple_of is not None:
        yield _refused(format(low + unit, "f"), "multiple_of", step=Decimal(str(field.multiple_of)))


def _has_room(value: Decimal, room: int) -> bool:
    return abs(value) < Decimal(10) ** room


# --- everything else -----------------------------------------------------------------------------


def _enum_value(field: Field) -> tuple[str, int]:
    if len(field.values) == 1:
        return literal(field.values[0]), 1
    return f"{literal(field.values)}[number % {len(field.values)}]", len(field.values)


_FIRST_DAY = "dt.date(2030, 1, 1) + dt.timedelta(days=number)"
_FIRST_MOMENT = "dt.datetime(2030, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=number)"
_UUID = "0190b8c8-7f3a-7c4e-8d21-3f0a5b6c7d8e"

_VALUES: dict[str, Callable[[Field], tuple[str, int]]] = {
    "string": _text_value,
    "text": _text_value,
    "email": lambda field: (f"f'{field.name}{{number}}@example.com'", MANY),
    "url": _url_value,
    "integer": _whole_value,
    "bigint": _whole_value,
    "number": _number_value,
    "decimal": _decimal_value,
    "boolean": lambda _: ("number % 2 == 0", 2),
    "date": lambda _: (_FIRST_DAY, MANY),
    "datetime": lambda _: (_FIRST_MOMENT, MANY),
    "uuid": lambda _: ("UUID(int=number)", MANY),
    "enum": _enum_value,
    "json": lambda _: ("{'number': number}", MANY),
}

_ACCEPTED: dict[str, Callable[[Field], Iterator[Accepted]]] = {
    "string": _texts_accepted,
    "text": _texts_accepted,
    "email": lambda _: iter([Accepted("'ADA@Example.COM'", "'ada@example.com'")]),
    "url": lambda field: iter([_same("http://a.b"[: field.max_length])]),
    "integer": _wholes_accepted,
    "bigint": _wholes_accepted,
    "number": _numbers_accepted,
    "decimal": _decimals_accepted,
    "boolean": lambda _: iter([_same(True), _same(False)]),
    "date": lambda _: iter([_same("2032-02-29")]),
    "datetime": lambda _: iter(
        [
            Accepted("'2030-01-31T12:00:00.123456+02:00'", "'2030-01-31T10:00:00.123Z'"),
            Accepted("'2030-01-31t12:00:00z'", "'2030-01-31T12:00:00.000Z'"),
        ]
    ),
    "uuid": lambda _: iter([Accepted(literal(_UUID.upper()), literal(_UUID))]),
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


def value_of(field: Field) -> str:
    """Return a valid value of a column's type, another one for each ``number``."""
    return _VALUES[field.type](field)[0]


def variety_of(field: Field) -> int:
    """Return after how many numbers a field's values repeat."""
    return _VALUES[field.type](field)[1]


def accepted_by(field: Field) -> list[Accepted]:
    """Return values at the limits, and ones that are answered otherwise than they were given."""
    return list(_ACCEPTED[field.type](field))


def refused_by(field: Field) -> list[Refused]:
    """Return one value for each fault that a field can have."""
    found = [] if field.nullable else [_refused(None, "not_null")]
    return found + list(_REFUSED[field.type](field))
