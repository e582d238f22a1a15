"""What the models say about their tables, under the names that code uses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, ForeignKey, Select, Table
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.sql.schema import ColumnCollectionConstraint

AnyColumn = Column[Any]  # of any type
AnyElement = ColumnElement[Any]  # of any type
AnySelect = Select[Any]  # of rows of any shape
Columns = Mapping[str, AnyColumn]


@dataclass(frozen=True)
class Link:
    """A many-to-many relation: ``table`` holds pairs of ``left`` (this row) and ``right``."""

    table: Table
    left: str
    right: str

    @property
    def target(self) -> Table:
        """The table at the other end."""
        return target_of(self.table.c[self.right])


class Broken(NamedTuple):
    """The constraint that a write broke: its kind, and its columns where they are known."""

    kind: str
    columns: tuple[str, ...] = ()


def table_of(model: type[DeclarativeBase]) -> Table:
    """Return the table of ``model``."""
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{model.__name__} is not mapped to a table")
    return table


@lru_cache(maxsize=256)
def columns_of(model: type[DeclarativeBase]) -> Columns:
    """Return the columns of ``model`` by the attributes that hold them."""
    return {
        attribute: table_of(model).c[column.key]
        for attribute, column in model.__mapper__.columns.items()
    }


def foreign_key_of(column: AnyColumn) -> ForeignKey | None:
    """Return the one foreign key of ``column``, if it has one."""
    return next(iter(column.foreign_keys), None)


def target_of(column: AnyColumn) -> Table:
    """Return the table that ``column`` points to."""
    key = foreign_key_of(column)
    if key is None:
        raise TypeError(f"{column} points to no table")
    return key.column.table


def references_to(table: Table) -> Iterator[AnyColumn]:
    """Yield every column, of any table, that points to ``table``."""
    for other in table.metadata.sorted_tables:
        for column in other.columns:
            key = foreign_key_of(column)
            if key is not None and key.column.table is table:
                yield column


def constrained_columns(table: Table, name: str | None) -> tuple[str, ...]:
    """Return the columns of the constraint ``name``; none where ``table`` has no such."""
    for constraint in table.constraints:
        if isinstance(constraint, ColumnCollectionConstraint) and constraint.name == name:
            return tuple(column.name for column in constraint.columns)
    return ()
