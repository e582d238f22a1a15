"""Paging by keyset: where a page begins is a condition on the order's keys, not an offset."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    UnaryExpression,
    and_,
    bindparam,
    false,
    or_,
    tuple_,
)

from src.contract.tables import AnyColumn, AnyElement
from src.dialect import COMPARES_ROW_VALUES, NULL_IS_LARGEST


@dataclass(frozen=True)
class Key:
    """One column of the order; null is smaller than every value."""

    column: AnyColumn
    descending: bool

    def order(self, column: AnyElement | None = None) -> UnaryExpression[Any]:  # as its column
        """Return the ``ORDER BY`` of this key, over ``column`` where another stands for it."""
        column = self.column if column is None else column
        ordered = column.desc() if self.descending else column.asc()
        if not (self.column.nullable and NULL_IS_LARGEST):
            return ordered
        return ordered.nulls_last() if self.descending else ordered.nulls_first()

    def beyond(self, value: AnyElement | None) -> ColumnElement[bool]:
        """Return the condition of rows whose key comes after ``value``; None stands for null."""
        if value is None:
            return false() if self.descending else self.column.is_not(None)
        if not self.descending:
            return self.column > value
        smaller = self.column < value
        return or_(smaller, self.column.is_(None)) if self.column.nullable else smaller

    def equals(self, value: AnyElement | None) -> ColumnElement[bool]:
        """Return the condition of rows with the same key."""
        return self.column.is_(None) if value is None else self.column == value


def _values(keys: Sequence[Key], nulls: Sequence[bool]) -> list[AnyElement | None]:
    return [
        None if null else bindparam(f"after_{index}", type_=key.column.type)
        for index, (key, null) in enumerate(zip(keys, nulls, strict=True))
    ]


def segments_after(keys: Sequence[Key], nulls: Sequence[bool]) -> list[ColumnElement[bool]]:
    """Return conditions whose rows, one condition after the other, are all that is to come.

    The values of the last row are the parameters ``after_0``, ``after_1``, …; ``nulls`` tells
    which of them are null. Each condition is a range of an index; for more than two keys (the
    last is the id) there is one condition, which is right but no range.
    """
    values = _values(keys, nulls)
    if len(keys) == 1:
        return [keys[0].beyond(values[0])]
    if len(keys) > 2:
        return [_lexicographic(keys, values)]
    first, last = keys
    value, row_id = values
    if value is None:
        ties = and_(first.column.is_(None), last.beyond(row_id))
        return [ties] if first.descending else [ties, first.column.is_not(None)]
    ranges = [_row_beyond(first, last, value, row_id)]
    if first.descending and first.column.nullable:
        ranges.append(first.column.is_(None))
    return ranges


def _row_beyond(
    first: Key, last: Key, value: AnyElement, row_id: AnyElement | None
) -> ColumnElement[bool]:
    if COMPARES_ROW_VALUES and row_id is not None:
        left, right = tuple_(first.column, last.column), tuple_(value, row_id)
        return left < right if first.descending else left > right
    strictly = first.column < value if first.descending else first.column > value
    return or_(strictly, and_(first.column == value, last.beyond(row_id)))


def _lexicographic(keys: Sequence[Key], values: Sequence[AnyElement | None]) -> ColumnElement[bool]:
    options = [
        and_(
            *(key.equals(value) for key, value in zip(keys[:index], values, strict=False)),
            keys[index].beyond(values[index]),
        )
        for index in range(len(keys))
    ]
    return or_(*options)
