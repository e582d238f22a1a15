"""The statements that read a resource: built once for each shape of a request, then reused.

What a request asks for decides the statement's shape; what it names are parameters.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    Uuid,
    bindparam,
    exists,
    func,
    or_,
    select,
    union_all,
)

from src.contract.keyset import Key, segments_after
from src.contract.listing import ListQuery, Sort
from src.contract.search import expression_of
from src.contract.tables import AnyElement, AnySelect, Columns, Link

ROW_ID: Final = "row_id"
ROW_LIMIT: Final = "row_limit"
_LIMIT: Final = bindparam(ROW_LIMIT, type_=Integer())


@dataclass(frozen=True)
class ListShape:
    """All that tells one list statement from another, its access apart."""

    attributes: tuple[str, ...]
    sorts: tuple[Sort, ...]
    conditions: tuple[tuple[str, str], ...]
    """Attribute and operator of each filter."""
    searched: tuple[str, ...]
    """The attributes that words are looked for in."""
    words: int
    """How many."""
    after: tuple[bool, ...] | None
    """Which of the last row's keys are null; None for a first page."""


def shape_of(
    query: ListQuery,
    attributes: tuple[str, ...],
    searchable: tuple[str, ...],
    after: Sequence[object] | None,
) -> ListShape:
    """Return the shape of the statement that reads ``attributes`` of what ``query`` asks for."""
    return ListShape(
        attributes=attributes,
        sorts=query.sorts,
        conditions=tuple((entry.attribute, entry.operator) for entry in query.filters),
        searched=searchable if query.words else (),
        words=len(query.words),
        after=None if after is None else tuple(value is None for value in after),
    )


def keys_of(sorts: Sequence[Sort], columns: Columns) -> list[Key]:
    """Return the order that ``sorts`` ask for: newest first without any, ties by id."""
    keys = [Key(columns[sort.attribute], sort.descending) for sort in sorts]
    return [*keys, Key(columns["id"], sorts[-1].descending if sorts else True)]


def list_statement(
    shape: ListShape,
    columns: Columns,
    links: Mapping[str, Link],
    may_read: ColumnElement[bool],
) -> AnySelect:
    """Return the statement of one page and one row more, in order."""
    keys = keys_of(shape.sorts, columns)
    wanted = select(
        *(columns[attribute].label(attribute) for attribute in shape.attributes),
        *(key.column.label(f"key_{index}") for index, key in enumerate(keys)),
    ).where(may_read, *_conditions(shape, columns, links))
    order = [key.order() for key in keys]
    if shape.after is None:
        return wanted.order_by(*order).limit(_LIMIT)
    pages = [
        wanted.where(segment).order_by(*order).limit(_LIMIT)
        for segment in segments_after(keys, shape.after)
    ]
    return pages[0] if len(pages) == 1 else _in_sequence(pages, keys)


def _in_sequence(pages: Sequence[AnySelect], keys: Sequence[Key]) -> AnySelect:
    rows = union_all(*(select(page.subquery()) for page in pages)).subquery()
    order = [key.order(rows.c[f"key_{index}"]) for index, key in enumerate(keys)]
    return select(rows).order_by(*order).limit(_LIMIT)


def count_statement(
    shape: ListShape,
    columns: Columns,
    links: Mapping[str, Link],
    may_read: ColumnElement[bool],
) -> AnySelect:
    """Return the statement that counts the rows of all pages."""
    counted = select(func.count()).select_from(columns["id"].table)
    return counted.where(may_read, *_conditions(shape, columns, links))


def _conditions(
    shape: ListShape, columns: Columns, links: Mapping[str, Link]
) -> list[ColumnElement[bool]]:
    filters = [
        _linked(links[attribute], columns["id"], operator, index)
        if attribute in links
        else _compared(columns[attribute], operator, index)
        for index, (attribute, operator) in enumerate(shape.conditions)
    ]
    fields = [columns[attribute] for attribute in shape.searched]
    return [*filters, *(_occurs(index, fields) for index in range(shape.words))]


def _occurs(index: int, fields: Sequence[AnyElement]) -> ColumnElement[bool]:
    word = bindparam(f"word_{index}", type_=String())
    return or_(*(field.regexp_match(word) for field in fields))


def _value(column: AnyElement, operator: str, index: int) -> AnyElement:
    return bindparam(f"filter_{index}", type_=column.type, expanding=operator == "in")


def _linked(link: Link, row_id: AnyElement, operator: str, index: int) -> ColumnElement[bool]:
    right = link.table.c[link.right]
    value = _value(right, operator, index)
    named = right.in_(value) if operator == "in" else right == value
    return exists().where(link.table.c[link.left] == row_id, named)


def _compared(column: AnyElement, operator: str, index: int) -> ColumnElement[bool]:
    if operator in ("null", "not_null"):
        return column.is_(None) if operator == "null" else column.is_not(None)
    value = _value(column, operator, index)
    comparisons: dict[str, Callable[[], ColumnElement[bool]]] = {
        "eq": lambda: column == value,
        "ne": lambda: or_(column != value, column.is_(None)),
        "in": lambda: column.in_(value),
        "gt": lambda: column > value,
        "gte": lambda: column >= value,
        "lt": lambda: column < value,
        "lte": lambda: column <= value,
    }
    return comparisons[operator]()


def list_parameters(
    query: ListQuery, after: Sequence[object] | None
) -> dict[str, Any]:  # of the types of the columns
    """Return what the statement's parameters stand for; one row more tells whether it goes on."""
    parameters = {ROW_LIMIT: query.limit + 1, **count_parameters(query)}
    parameters |= {f"after_{index}": value for index, value in enumerate(after or ())}
    return parameters


def count_parameters(query: ListQuery) -> dict[str, Any]:  # as above
    """Return what the parameters of a count stand for."""
    parameters = {f"filter_{index}": entry.value for index, entry in enumerate(query.filters)}
    words = enumerate(query.words)
    return parameters | {f"word_{index}": expression_of(word) for index, word in words}


def row_statement(
    columns: Columns,
    attributes: Sequence[str],
    may_read: ColumnElement[bool],
    may_change: ColumnElement[bool],
) -> AnySelect:
    """Return the statement of one row by its id, and whether it may be changed."""
    named = [columns[attribute].label(attribute) for attribute in attributes]
    by_id = columns["id"] == bindparam(ROW_ID, type_=Uuid())
    return select(*named, may_change.label("may_change")).where(by_id, may_read)
