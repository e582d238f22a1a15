"""Cursors: where the next page begins, signed, and bound to the list that they came from."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from typing import Any, Final

import orjson

from src.contract.encoding import to_json
from src.contract.listing import ListQuery
from src.contract.schema import Representation
from src.errors import ApiError, invalid_parameter
from src.keys import keys_for

_MAC_BYTES: Final = 16
Position = list[str | int | float | bool | None]


def _mac(key: bytes, bound_to: Sequence[object], payload: bytes) -> bytes:
    message = to_json([bound_to, payload.decode()])
    return hmac.digest(key, message, hashlib.sha256)[:_MAC_BYTES]


def write_cursor(values: Sequence[object], bound_to: Sequence[object]) -> str:
    """Return the cursor after the row with ``values``, good for ``bound_to`` only."""
    payload = to_json(values)
    signed = _mac(keys_for("cursor")[0], bound_to, payload) + payload
    return _text_of(signed)


def _text_of(signed: bytes) -> str:
    return base64.urlsafe_b64encode(signed).rstrip(b"=").decode()


def read_cursor(cursor: str, bound_to: Sequence[object]) -> Position:
    """Return the values in ``cursor``; a 400 where it is forged or of another list."""
    try:
        signed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        mac, payload = signed[:_MAC_BYTES], signed[_MAC_BYTES:]
        expected = [_mac(key, bound_to, payload) for key in keys_for("cursor")]
    except ValueError:
        raise _invalid() from None
    if not any(hmac.compare_digest(mac, each) for each in expected):
        raise _invalid()
    if _text_of(signed) != cursor:  # the decoder takes more than one spelling
        raise _invalid()
    position: Position = orjson.loads(payload)
    return position


def _bound_to(query: ListQuery, resource: str) -> list[object]:
    return [resource, *query.canonical]


def read_position(
    query: ListQuery, resource: str, representation: type[Representation]
) -> list[Any] | None:  # values are of the keys' types
    """Return the keys of the row after which the page begins; None for a first page."""
    if query.cursor is None:
        return None
    position = read_cursor(query.cursor, _bound_to(query, resource))
    types = [representation.member_type(name) for name in (*query.sorted_by, "id")]
    pairs = zip(types, position, strict=True)
    return [None if value is None else kind.accept(value) for kind, value in pairs]


def write_position(query: ListQuery, resource: str, keys: Sequence[object]) -> str | None:
    """Return the cursor of the next page, after the row with ``keys``; None without a row."""
    return write_cursor(keys, _bound_to(query, resource)) if keys else None


def _invalid() -> ApiError:
    return invalid_parameter("cursor", "cursor")
