"""Cursors are good for the list that they came from, and only as they were given."""

import base64
import datetime as dt
from decimal import Decimal
from uuid import UUID

import pytest

from src.config import get_settings
from src.contract.cursors import read_cursor, write_cursor
from src.errors import ApiError

LIST = ["things", ("sort", "name")]


def test_a_cursor_holds_what_it_was_written_with() -> None:
    values = ["ä", 1, 0.5, None, True, Decimal("1.50"), dt.date(2030, 1, 31), UUID(int=1)]
    read = read_cursor(write_cursor(values, LIST), LIST)
    assert read == ["ä", 1, 0.5, None, True, "1.50", "2030-01-31", str(UUID(int=1))]


def test_a_cursor_of_another_list_400() -> None:
    cursor = write_cursor([1], LIST)
    for other in (["others", *LIST[1:]], LIST[:1], [*LIST, ("done", "true")]):
        with pytest.raises(ApiError) as refusal:
            read_cursor(cursor, other)
        assert refusal.value.details[0].field == "cursor"


def test_a_changed_cursor_400() -> None:
    cursor = write_cursor([1], LIST)
    signed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    for index in range(len(signed)):
        changed = signed[:index] + bytes([signed[index] ^ 1]) + signed[index + 1 :]
        with pytest.raises(ApiError):
            read_cursor(base64.urlsafe_b64encode(changed).decode().rstrip("="), LIST)


def test_another_spelling_of_a_cursor_400() -> None:
    cursor = write_cursor([1], LIST)
    with pytest.raises(ApiError):
        read_cursor(cursor + "=" * (-len(cursor) % 4 or 4), LIST)


@pytest.mark.parametrize("cursor", ["", "x", "!!!!", "ä", "====", "a" * 10_000, "_" * 40])
def test_what_was_never_a_cursor_400(cursor: str) -> None:
    with pytest.raises(ApiError) as refusal:
        read_cursor(cursor, LIST)
    assert refusal.value.status == 400


def test_a_cursor_outlives_a_change_of_the_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as the old secret still verifies."""
    cursor = write_cursor([1], LIST)
    old = get_settings().secret_key.get_secret_value()
    monkeypatch.setenv("SECRET_KEY", "another key that only tests use, of enough bytes")
    try:
        get_settings.cache_clear()
        with pytest.raises(ApiError):
            read_cursor(cursor, LIST)
        monkeypatch.setenv("SECRET_KEY_PREVIOUS", old)
        get_settings.cache_clear()
        assert read_cursor(cursor, LIST) == [1]
    finally:
        get_settings.cache_clear()
