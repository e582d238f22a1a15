"""Column types that mean the same on every database; here they are PostgreSQL's."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import JSON, Numeric, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import TIMESTAMP

LongText = Text(collation="C")
"""A text of any length."""

JsonValue = JSON(none_as_null=True)
"""Any JSON value; null is the database's own."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, to the millisecond."""

    impl = TIMESTAMP(timezone=True, precision=3)
    cache_ok = True


class ExactDecimal(TypeDecorator[Decimal]):
    """An exact decimal of at most ``precision`` digits, ``scale`` of them after the point."""

    impl = Numeric
    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        super().__init__(precision, scale)
