"""Days and moments: RFC 3339, with an offset, kept in UTC and cut to milliseconds."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

from src.contract.fields.base import FieldType, JsonSchema, fault

_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]+))?"
    "([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_OFFSET: Final = re.compile("[+-](?:[01][0-9]|2[0-3]):[0-5][0-9]")


class Day(FieldType):
    """A day of the calendar."""

    def accept(self, value: object) -> date:
        """Return the day; one that no calendar has is refused."""
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise fault("date")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise fault("date") from None

    def describe(self) -> JsonSchema:
        """Return a string in the form of a day."""
        return {"type": "string", "format": "date"}


class Moment(FieldType):
    """A moment in time."""

    def accept(self, value: object) -> datetime:
        """Return the moment in UTC, without what is finer than a millisecond."""
        match = _MOMENT.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise fault("datetime")
        day, time, fraction, zone = match.groups()
        try:
            local = datetime.fromisoformat(f"{day}T{time}+00:00")
            moment = local - _offset(zone)
        except (ValueError, OverflowError):
            raise fault("datetime") from None
        return moment.replace(microsecond=int(f"{fraction or '':0<3.3}") * 1000)

    def describe(self) -> JsonSchema:
        """Return a string in the form of a moment."""
        return {"type": "string", "format": "date-time"}


def _offset(zone: str) -> timedelta:
    if zone in ("Z", "z"):
        return timedelta()
    if not _OFFSET.fullmatch(zone):
        raise ValueError(zone)
    size = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
    return -size if zone[0] == "-" else size


def now() -> datetime:
    """Return the present moment as it is stored: in UTC, cut to milliseconds."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def format_moment(moment: datetime) -> str:
    """Return ``moment`` as every answer writes it, such as ``2030-01-31T12:00:00.000Z``."""
    return f"{moment.astimezone(UTC).isoformat(timespec='milliseconds')[:-6]}Z"
