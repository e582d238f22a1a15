"""Column types that mean the same on every database; here they are MySQL's and MariaDB's."""

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import JSON, Dialect, Numeric, TypeDecorator
from sqlalchemy.dialects.mysql import DATETIME, LONGTEXT

LongText = LONGTEXT
"""A text of any length."""

JsonValue = JSON(none_as_null=True)
"""Any JSON value; null is the database's own."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, to the millisecond."""

    impl = DATETIME(fsp=3)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as it is stored: in UTC, without an offset."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored moment, which knows that it is in UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """An exact decimal of at most ``precision`` digits, ``scale`` of them after the point."""

    impl = Numeric
    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        super().__init__(precision, scale)
