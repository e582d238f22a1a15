"""A database of its own for each process that runs tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.migrating import migrate

ENDLESS = (
    "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) "
    "SELECT count(*) FROM numbers"
)
"""A statement that takes longer than any test."""


@contextmanager
def scratch_database(url: str | None, worker: str) -> Iterator[str]:
    """Yield the URL of a migrated database that is gone afterwards; ``url`` stays as it is."""
    with TemporaryDirectory() as folder:
        scratch = f"sqlite:///{Path(folder) / worker}.db"
        migrate(scratch)
        yield scratch
