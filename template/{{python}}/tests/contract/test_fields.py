"""Types of fields: what each takes in a body and in a query, and what it makes of it."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

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
    Identifiers,
    Integer,
    Json,
    Moment,
    Number,
    Text,
    Url,
)
from src.contract.messages import MESSAGES

ID = UUID("0190b8c8-7f3a-7c4e-8d21-3f0a5b6c7d8e")
PRICE = Decimals(precision=5, scale=2, minimum=Decimal("-9"), maximum=Decimal("99.90"))


def moment(day: int, clock: str) -> dt.datetime:
    """Return a moment of January 2030, in UTC."""
    return dt.datetime.fromisoformat(f"2030-01-{day:02d}T{clock}+00:00")


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        (Text(), "", ""),
        (Text(max_length=2), "😀é", "😀é"),
        (Text(pattern=r"[a-z]+\d"), "a1", "a1"),
        (Email(), "Ada@Example.COM", "ada@example.com"),
        (Url(), "HTTPS://example.com/ä?q#f", "HTTPS://example.com/ä?q#f"),
        (Integer(), 1.0, 1),
        (Integer(), -(2**31), -(2**31)),
        (Integer(minimum=2, maximum=2), 2, 2),
        (Integer(multiple_of=5), -10, -10),
        (Number(), 1, 1.0),
        (Number(minimum=0.5), 0.5, 0.5),
        (Number(multiple_of=0.1), 0.3, 0.3),
        (PRICE, "1.5", Decimal("1.50")),
        (PRICE, "-0", Decimal("0.00")),
        (PRICE, "0099.90", Decimal("99.90")),
        (Decimals(precision=2, scale=2), "0.25", Decimal("0.25")),
        (Boolean(), False, False),
        (Choice("a", "b"), "b", "b"),
        (Identifier(), str(ID).upper(), ID),
        (Identifiers(), [str(ID), str(UUID(int=1))], [UUID(int=1), ID]),
        (Json(), {"a": [None, 1, "b"]}, {"a": [None, 1, "b"]}),
        (Day(), "2032-02-29", dt.date(2032, 2, 29)),
        (Moment(), "2030-01-31T12:00:00Z", moment(31, "12:00:00")),
        (Moment(), "2030-01-31t12:00:00.12z", moment(31, "12:00:00.120")),
        (Moment(), "2030-01-31T12:00:00.1239+05:30", moment(31, "06:30:00.123")),
        (Moment(), "2029-12-31T23:30:00-01:00", moment(1, "00:30:00")),
    ],
)
def test_what_a_body_may_say(kind: FieldType, given: object, value: object) -> None:
    accepted = kind.validate(given)
    assert (accepted, type(accepted)) == (value, type(value))


@pytest.mark.parametrize(
    ("kind", "given", "message"),
    [
        (Text(), 1, "string"),
        (Text(), "a\0b", "null_character"),
        (Text(min_length=2), "😀", "min_length"),
        (Text(max_length=1), "ab", "max_length"),
        (Text(pattern="a"), "ab", "pattern"),
        (Text(pattern=r"\d"), "٣", "pattern"),
        (Email(), "ada", "email"),
        (Email(), "ada@-example.com", "email"),
        (Email(max_length=9), "ada@example.com", "max_length"),
        (Url(), "ftp://example.com", "url"),
        (Url(), "https://exa mple.com", "url"),
        (Url(max_length=9), "https://example.com", "max_length"),
        (Integer(), "1", "integer"),
        (Integer(), 1.5, "integer"),
        (Integer(), True, "integer"),
        (Integer(), 2**31, "maximum"),
        (Integer(), -(2**31) - 1, "minimum"),
        (Integer(multiple_of=5), 4, "multiple_of"),
        (Number(), "1", "number"),
        (Number(), False, "number"),
        (Number(maximum=1), 1.5, "maximum"),
        (PRICE, 1.5, "decimal"),
        (PRICE, "1.", "decimal"),
        (PRICE, "١", "decimal"),
        (PRICE, "1.555", "scale"),
        (PRICE, "1000", "precision"),
        (PRICE, "-9.01", "minimum"),
        (PRICE, "99.91", "maximum"),
        (Boolean(), 1, "boolean"),
        (Choice("a"), "A", "choice"),
        (Choice("a"), ["a"], "choice"),
        (Identifier(), ID.hex, "uuid"),
        (Identifier(), 1, "uuid"),
        (Identifiers(), {}, "list"),
        (Identifiers(), ["x"], "ids"),
        (Identifiers(), [str(ID), str(ID).upper()], "duplicates"),
        (Identifiers(), [str(ID)] * 101, "max_items"),
        (Json(), {"a": ["\0"]}, "null_character"),
        (Json(), {"\0": 1}, "null_character"),
        (Day(), "2030-02-29", "date"),
        (Day(), "2030-1-1", "date"),
        (Day(), 20300101, "date"),
        (Moment(), "2030-01-31T12:00:00", "datetime"),
        (Moment(), "2030-01-31 12:00:00Z", "datetime"),
        (Moment(), "2030-02-30T12:00:00Z", "datetime"),
        (Moment(), "2030-01-31T24:00:00Z", "datetime"),
        (Moment(), "2030-01-31T12:00:00+24:00", "datetime"),
        (Moment(), "0001-01-01T00:00:00+01:00", "datetime"),
        (Moment(), 0, "datetime"),
    ],
)
def test_what_a_body_may_not_say(kind: FieldType, given: object, message: str) -> None:
    with pytest.raises(PydanticCustomError) as fault:
        kind.validate(given)
    assert fault.value.message_template == MESSAGES[message]


@pytest.mark.parametrize("kind", [Text(), Json(), Identifiers()])
def test_null_is_for_the_member_to_allow(kind: FieldType) -> None:
    with pytest.raises(PydanticCustomError) as fault:
        kind.validate(None)
    assert fault.value.message_template == MESSAGES["not_null"]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Text(), "1", "1"),
        (Integer(), "-12", -12),
        (Number(), "-1.5e-1", -0.15),
        (PRICE, "1.5", Decimal("1.50")),
        (Boolean(), "true", True),
        (Boolean(), "false", False),
        (Identifier(), str(ID), ID),
    ],
)
def test_what_a_query_may_say(kind: FieldType, text: str, value: object) -> None:
    assert kind.accept_text(text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Integer(), "1.0"),
        (Integer(), "+1"),
        (Integer(), "1" * 18),
        (Integer(), ""),
        (Number(), "nan"),
        (Number(), "1e999"),
        (Number(), "0x1"),
        (Boolean(), "True"),
        (Boolean(), "1"),
    ],
)
def test_what_a_query_may_not_say(kind: FieldType, text: str) -> None:
    with pytest.raises(PydanticCustomError):
        kind.accept_text(text)
