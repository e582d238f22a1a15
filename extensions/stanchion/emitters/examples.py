"""Example values: what a client could send and get, valid for every bound of the specification."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_CEILING, Decimal

from ..views import Field, Member, Resource
from .patterns import texts_matching

ROW_ID = "019c2f4e-7b1a-7c3d-8e5f-6a7b8c9d0e1f"
OTHER_ID = "019c2f4e-9d20-7f11-a2b3-c4d5e6f70819"
MOMENT = "2030-01-31T12:00:00.000Z"
_CHOICE = 20
"""Among how many texts that a pattern matches a plain one is looked for."""


def create_example(resource: Resource) -> dict[str, object]:
    """Return a body that makes a row; of relations it names those that must be."""
    return {
        member.json_name: example(member)
        for member in resource.create_members
        if member.required or not (member.is_relation or member.is_link)
    }


def row_example(resource: Resource) -> dict[str, object]:
    """Return the row that is made of ``create_example``, as it is answered."""
    sent = create_example(resource)
    return {
        member.json_name: sent.get(member.json_name, _unsent(member))
        for member in resource.read_members
    }


def _unsent(member: Member) -> object:
    if member.is_link:
        return []
    return None if member.nullable else example(member)


def example(member: Member) -> object:
    """Return a value that ``member`` can have."""
    if member.field is not None:
        return _field_example(member.field)
    if member.is_link:
        return [OTHER_ID]
    if member.is_uuid:
        return ROW_ID if member.is_id else OTHER_ID
    return 1 if member.is_version else MOMENT


def _field_example(field: Field) -> object:
    if field.has_default and field.default is not None:
        return _decimal_text(field, field.default) if field.is_decimal else field.default
    return _EXAMPLES[field.type](field)


def _text(field: Field) -> str:
    least = field.min_length or 0
    if field.pattern is not None:
        texts = texts_matching(field.pattern, least, field.max_length, _CHOICE)
        return next(filter(str.isalnum, texts), next(iter(texts), "…"))
    text = field.name.replace("_", " ").capitalize()
    return text[: field.max_length].strip().ljust(least, ".")


def _number(field: Field) -> Decimal:
    minimum, maximum, step = (
        None if bound is None else Decimal(str(bound))
        for bound in (field.minimum, field.maximum, field.multiple_of)
    )
    value = Decimal(1) if minimum is None else max(minimum, Decimal(1))
    value = value if maximum is None else min(value, maximum)
    if step is None:
        return value
    value = (value / step).to_integral_value(ROUND_CEILING) * step
    return value if maximum is None or value <= maximum else value - step


def _decimal_text(field: Field, value: object) -> str:
    return format(Decimal(str(value)).quantize(Decimal(1).scaleb(-(field.scale or 0))), "f")


def _email(field: Field) -> str:
    text = "ada@example.com"
    return text if len(text) <= (field.max_length or len(text)) else "a@b.c"[: field.max_length]


def _url(field: Field) -> str:
    text = "https://example.com/"
    return (
        text if len(text) <= (field.max_length or len(text)) else "http://a.b"[: field.max_length]
    )


_EXAMPLES: dict[str, Callable[[Field], object]] = {
    "string": _text,
    "text": _text,
    "integer": lambda field: int(_number(field)),
    "bigint": lambda field: int(_number(field)),
    "number": lambda field: float(_number(field)),
    "decimal": lambda field: _decimal_text(field, _number(field)),
    "boolean": lambda _: False,
    "date": lambda _: "2030-01-31",
    "datetime": lambda _: MOMENT,
    "uuid": lambda _: OTHER_ID,
    "enum": lambda field: field.values[0],
    "email": _email,
    "url": _url,
    "json": lambda _: {"note": "any JSON"},
}
