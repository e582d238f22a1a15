"""What errors of the database mean."""

from sqlalchemy.exc import DBAPIError

from src.dialect import is_transient, is_unavailable


def test_an_error_that_nobody_knows_is_a_fault_of_our_own() -> None:
    unknown = DBAPIError("SELECT", {}, Exception("no such thing"))
    assert not is_unavailable(unknown)
    assert not is_transient(unknown)
