"""How values are written in JSON."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

import pytest

from src.contract.encoding import to_json

NOON = dt.datetime(2030, 1, 31, 12, tzinfo=dt.timezone(dt.timedelta(hours=2)))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (NOON, b'"2030-01-31T10:00:00.000Z"'),
        (NOON.replace(microsecond=123_999), b'"2030-01-31T10:00:00.123Z"'),
        (dt.date(2030, 1, 31), b'"2030-01-31"'),
        (Decimal("12.50"), b'"12.50"'),
        (Decimal("1E-8"), b'"0.00000001"'),
        (UUID(int=1), b'"00000000-0000-0000-0000-000000000001"'),
        ({"a": [1, 0.5, None, True, "ä"]}, '{"a":[1,0.5,null,true,"ä"]}'.encode()),
    ],
)
def test_each_type_has_one_form(value: object, text: bytes) -> None:
    assert to_json(value) == text


def test_what_has_no_form_is_a_mistake_of_the_code() -> None:
    with pytest.raises(TypeError):
        to_json(object())
