"""Column types that mean the same on every database; here they are SQLite's."""

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Text, TypeDecorator

LongText = Text
"""A text of any length."""

JsonValue = JSON(none_as_null=True)
"""Any JSON value; null is the database's own."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, to the millisecond."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as it is stored: in UTC, without an offset."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored moment, which knows that it is in UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """An exact decimal, stored as a whole number of its smallest units.

    SQLite would store a decimal as a float and lose digits.
    """

    impl = BigInteger
    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        super().__init__()
        self.precision = precision
        self.scale = scale

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Return the number of units."""
        return None if value is None else int(value.scaleb(self.scale))

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Return the decimal at its scale."""
        return None if value is None else Decimal(value).scaleb(-self.scale)
