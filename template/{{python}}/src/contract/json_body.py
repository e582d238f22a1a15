"""Reading JSON strictly: what another parser would understand otherwise is refused."""

import json
from math import isfinite
from typing import Any, Final

from src.errors import ApiError, Code

MAX_DEPTH: Final = 32
_EXACT: Final = 2**53
"""Doubles tell smaller whole numbers from their neighbours."""


class _MalformedError(ValueError):
    pass


def parse_json(body: bytes) -> object:
    """Return the value that ``body`` holds; its numbers are doubles, so that ``1.0`` is 1.

    Raises ``MALFORMED_JSON`` for what is empty, not UTF-8, begins with a byte order mark, names a
    member twice, holds NaN, a number beyond a double or a lone surrogate, or nests too deep.
    """
    try:
        value = _decoder.decode(body.decode("utf-8"))
        _check(value, 0)
    except (ValueError, RecursionError):
        raise ApiError(Code.MALFORMED_JSON) from None
    return value


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:  # any JSON
    members = dict(pairs)
    if len(members) < len(pairs):
        raise _MalformedError("a member is named twice")
    return members


def _number(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise _MalformedError("beyond a double")
    return int(number) if number.is_integer() and abs(number) < _EXACT else number


def _constant(text: str) -> float:
    raise _MalformedError(text)


_decoder: Final = json.JSONDecoder(
    object_pairs_hook=_members,
    parse_float=_number,
    parse_int=_number,
    parse_constant=_constant,
)


def _check(value: object, depth: int) -> None:
    if isinstance(value, str):
        value.encode("utf-8")  # a lone surrogate is a UnicodeEncodeError, hence a ValueError
    elif isinstance(value, dict | list):
        if depth == MAX_DEPTH:
            raise _MalformedError("nested too deep")
        parts = [*value, *value.values()] if isinstance(value, dict) else value
        for part in parts:
            _check(part, depth + 1)
