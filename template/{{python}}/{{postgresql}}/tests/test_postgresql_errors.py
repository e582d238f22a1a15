"""What errors of PostgreSQL mean."""

import pytest
from asyncpg.exceptions import CannotConnectNowError, TooManyConnectionsError, UndefinedTableError
from sqlalchemy.exc import DBAPIError

from src.dialect import is_unavailable


@pytest.mark.parametrize(
    ("kind", "means_away"),
    [
        (CannotConnectNowError, True),
        (TooManyConnectionsError, True),
        (UndefinedTableError, False),
    ],
)
def test_a_server_that_starts_stops_or_is_full_takes_no_work(
    kind: type[Exception], means_away: bool
) -> None:
    assert is_unavailable(DBAPIError("SELECT", {}, kind("told"))) is means_away
