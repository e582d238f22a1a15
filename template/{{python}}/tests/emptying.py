"""The statements that empty the database, whatever rows refer to each other."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Executable, MetaData, delete, update

from src.models import Base


def emptying(metadata: MetaData) -> Iterator[Executable]:
    """Yield what takes every row from every table, in order."""
    tables = metadata.sorted_tables
    for table in tables:
        keys = [key for key in table.foreign_keys if key.ondelete == "RESTRICT"]
        loose = {key.parent.name: None for key in keys if key.parent.nullable}
        if loose:  # rows of a tree keep each other, and so do those of a ring of tables
            yield update(table).values(loose)
    for table in reversed(tables):
        yield delete(table)


EMPTYING: Final = tuple(emptying(Base.metadata))
