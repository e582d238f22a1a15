"""What the document says of each type of field."""

import re
from decimal import Decimal

import pytest
from pydantic_core import PydanticCustomError

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
from src.contract.fields.texts import WITHOUT_NULL

JSON_TYPES: dict[type, str] = {
    dict: "object",
    list: "array",
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    type(None): "null",
}


@pytest.mark.parametrize(
    ("kind", "described"),
    [
        (Text(1, 2), {"type": "string", "minLength": 1, "maxLength": 2, "pattern": WITHOUT_NULL}),
        (Integer(1, 2), {"type": "integer", "minimum": 1, "maximum": 2}),
        (Number(0.5), {"type": "number", "format": "double", "minimum": 0.5}),
        (Boolean(), {"type": "boolean"}),
        (Choice("a"), {"type": "string", "enum": ["a"]}),
        (Identifier(), {"type": "string", "format": "uuid"}),
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


def _fits(kind: FieldType, text: str) -> bool:
    described = kind.describe()
    parts = [described, *described.get("allOf", [])]
    return len(text) <= described.get("maxLength", len(text)) and all(
        re.search(part["pattern"], text) for part in parts
    )


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *((Text(), text) for text in ("", "a\nb", "\0", "a\0")),
        *((Text(pattern="[^b]+"), text) for text in ("a", "", "b", "aba", "a\0")),
        *((Email(), text) for text in ("a@b", ".*@b.example", "a@", "a b@c", "a@b\0", "a@-b")),
        *((Url(20), text) for text in ("http://a", "HTTPS://ä/?#", "ftp://a", "http://", "x" * 21)),
    ],
)
def test_texts_are_taken_just_where_the_document_says_so(kind: FieldType, text: str) -> None:
    try:
        kind.accept(text)
    except PydanticCustomError:
        assert not _fits(kind, text)
    else:
        assert _fits(kind, text)


def test_the_limits_of_a_decimal_are_told_in_words() -> None:
    limited = Decimals(4, 2, minimum=Decimal(0), multiple_of=Decimal("0.05")).describe()
    assert limited["description"] == "A number, at least 0, a multiple of 0.05."
    assert "description" not in Decimals(4, 2).describe()


@pytest.mark.parametrize("value", [{}, [], "a", 1, 0.5, False, None])
def test_json_is_of_any_type_but_null_which_its_member_allows(value: object) -> None:
    fits = JSON_TYPES[type(value)] in Json().describe()["type"]
    try:
        Json().validate(value)
    except PydanticCustomError:
        assert not fits
    else:
        assert fits
