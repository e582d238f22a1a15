"""What the document says of each type of field."""

import re

import pytest

from src.contract.fields import (
    Boolean,
    Choice,
    Day,
    Decimals,
    Email,
    FieldType,
    Identifier,
    Integer,
    Json,
    Moment,
    Number,
    Text,
    Url,
)


@pytest.mark.parametrize(
    ("kind", "described"),
    [
        (Text(1, 2, "a"), {"type": "string", "minLength": 1, "maxLength": 2, "pattern": "^(?:a)$"}),
        (Email(), {"type": "string", "format": "email", "maxLength": 254}),
        (Url(9), {"type": "string", "format": "uri", "maxLength": 9}),
        (Integer(1, 2), {"type": "integer", "minimum": 1, "maximum": 2}),
        (Number(0.5), {"type": "number", "format": "double", "minimum": 0.5}),
        (Boolean(), {"type": "boolean"}),
        (Choice("a"), {"type": "string", "enum": ["a"]}),
        (Identifier(), {"type": "string", "format": "uuid"}),
        (Json(), {}),
        (Day(), {"type": "string", "format": "date"}),
        (Moment(), {"type": "string", "format": "date-time"}),
    ],
)
def test_what_the_document_says(kind: FieldType, described: dict[str, object]) -> None:
    assert kind.describe() == described


@pytest.mark.parametrize(
    ("scale", "text", "fits"),
    [(0, "12", True), (0, "1.0", False), (2, "1.25", True), (2, "1.255", False), (2, "125", False)],
)
def test_the_pattern_of_a_decimal_is_what_it_takes(scale: int, text: str, fits: bool) -> None:
    pattern = Decimals(precision=4, scale=scale).describe()["pattern"]
    assert (re.search(pattern, text) is not None) == fits
