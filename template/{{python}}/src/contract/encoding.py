"""Writing JSON as every answer does."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import orjson

from src.contract.fields import format_moment


def _encode(value: object) -> str:
    if isinstance(value, datetime):
        return format_moment(value)
    if isinstance(value, UUID | date):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def to_json(value: object) -> bytes:
    """Return ``value`` as JSON: moments to the millisecond, decimals as strings."""
    return orjson.dumps(value, default=_encode, option=orjson.OPT_PASSTHROUGH_DATETIME)
