"""One page of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]  # a row's values are of any type that a column has
"""A row by its attributes; what its representation lists, links included."""


@dataclass(frozen=True)
class Page:
    """Some rows in order, and where the next ones begin."""

    rows: Sequence[Row]
    limit: int
    next_cursor: str | None
    total: int | None = None
    """How many rows all pages hold, where that was asked for."""
