"""Where tests count requests: in memory, which needs nothing."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def counting() -> Iterator[dict[str, str]]:
    """Yield the variables that counting needs."""
    yield {}
