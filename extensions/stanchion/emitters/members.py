"""Types and bounds of members, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..views import Field

TYPES = {
    "string": "text",
    "text": "text",
    "integer": "whole number",
    "bigint": "whole number within ±(2^53-1)",
    "number": "number",
    "decimal": "decimal in a string",
    "boolean": "`true` or `false`",
    "date": "date",
    "datetime": "time",
    "uuid": "UUID",
    "enum": "text",
    "email": "e-mail address",
    "url": "http or https address",
    "json": "any JSON",
    "uuid_list": "list of UUIDs, in order",
}


def _length(field: Field) -> Iterator[str]:
    least, most = field.min_length, field.max_length
    if least is not None and most is not None:
        yield f"{least} to {most} characters"
    elif most is not None:
        yield f"at most {most} characters"
    elif least is not None:
        yield f"at least {least} characters"


def _limits(field: Field) -> Iterator[str]:
    if field.minimum is not None:
        yield f"at least {field.minimum}"
    if field.maximum is not None:
        yield f"at most {field.maximum}"
    if field.multiple_of is not None:
        yield f"a multiple of {field.multiple_of}"


def _digits(field: Field) -> Iterator[str]:
    if field.is_decimal:
        yield f"at most {field.precision} digits, {field.scale} of them after the point"


def _form(field: Field) -> Iterator[str]:
    if field.pattern is not None:
        yield f"like `` {field.pattern} ``" if "`" in field.pattern else f"like `{field.pattern}`"
    if field.values:
        yield "one of " + " ".join(f"`{value}`" for value in field.values)


BOUNDS: tuple[Callable[[Field], Iterator[str]], ...] = (_length, _digits, _limits, _form)
"""What limits a field, each told where it does."""
