"""Values that tests put into fields keep the bounds of the fields, or break one of them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from uuid import UUID

import pytest

from stanchion.emitters.python_samples import value_of
from stanchion.emitters.samples import accepted_by, refused_by, variety_of
from stanchion.messages import MESSAGES
from stanchion.specification import Specification
from stanchion.views import Field
from tests.specification.samples import built, resource, thirty

NAMES = {"dt": dt, "Decimal": Decimal, "UUID": UUID}


def fields_of(service: Specification) -> list[Field]:
    """Give every field of a service."""
    return [field for each in service.resources for field in each.fields]


def evaluated(expression: str, number: int = 1) -> object:
    """Give the value of an expression as a factory has it."""
    return eval(expression, {**NAMES, "number": number})  # what the generator wrote


def within(field: Field, value: object) -> bool:
    """Tell whether a value keeps the bounds of its field."""
    if isinstance(value, str):
        least, most = field.min_length or 0, field.max_length or len(value)
        matches = field.pattern is None or re.fullmatch(field.pattern, value, re.ASCII)
        return least <= len(value) <= most and bool(matches)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        number, step = Decimal(str(value)), Decimal(str(field.multiple_of or 0))
        low = field.minimum is None or number >= Decimal(str(field.minimum))
        high = field.maximum is None or number <= Decimal(str(field.maximum))
        return low and high and (not step or number % step == 0)
    return True


@pytest.mark.parametrize("field", fields_of(built(thirty())), ids=lambda field: field.name)
def test_values_are_valid_and_differ(field: Field) -> None:
    period = min(variety_of(field), 50)
    values = [evaluated(value_of(field), number) for number in range(9_999 - period, 9_999)]
    assert all(within(field, value) for value in values)
    assert len({repr(value) for value in values}) == period


@pytest.mark.parametrize("field", fields_of(built(thirty())), ids=lambda field: field.name)
def test_what_is_accepted_and_refused_is_told_apart(field: Field) -> None:
    for case in accepted_by(field):
        assert case.answered is not None
    messages = [case.message for case in refused_by(field)]
    assert set(messages) <= MESSAGES.keys()
    assert ("not_null" in messages) != field.nullable


@pytest.mark.parametrize(
    ("definition", "expression"),
    [
        ({"type": "string", "max_length": 200}, "f'Score {number}'"),
        ({"type": "string", "max_length": 7}, "f'S{number}'"),
        ({"type": "string", "max_length": 3}, "f'{number % 1000:03d}'"),
        ({"type": "text", "min_length": 9}, "f'Score {number}'.ljust(9, '.')"),
        ({"type": "text", "pattern": "[a-z]+-[0-9]+"}, "f'score-{number}'"),
        ({"type": "text", "pattern": "[A-Z]{2}[0-9]{4}"}, "f'AA{number:04d}'"),
        ({"type": "text", "pattern": "yes|no"}, "('no', 'yes')[number % 2]"),
        ({"type": "integer"}, "number"),
        ({"type": "integer", "minimum": 3, "maximum": 3}, "3"),
        ({"type": "integer", "minimum": 1, "maximum": 9, "multiple_of": 4}, "4 + number % 2 * 4"),
        ({"type": "number", "maximum": 0}, "-number / 4"),
        ({"type": "number", "minimum": 2, "maximum": 2}, "2.0"),
        (
            {"type": "decimal", "precision": 2, "scale": 1, "minimum": "9.5"},
            'Decimal("9.5") + number % 5 * Decimal("0.1")',
        ),
        ({"type": "enum", "values": ["only"]}, "'only'"),
    ],
)
def test_a_value_is_written_as_plainly_as_its_bounds_let(
    definition: dict[str, object], expression: str
) -> None:
    field = resource({"fields": {"score": definition}}).field("score")
    assert value_of(field) == expression
    assert within(field, evaluated(expression, 12))
