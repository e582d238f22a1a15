"""What the log looks like, and what it never holds."""

import json
import logging
import logging.config
from collections.abc import Iterator
from io import StringIO

import pytest

from src import redaction
from src.config import get_settings
from src.logs import lines, logging_config
from src.redaction import REDACTED, redact_members, redact_text

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What is written to the logger ``test`` as the service writes it."""
    output = StringIO()
    handler = logging.StreamHandler(output)
    handler.setFormatter(lines(for_people=False))
    logger = logging.getLogger("test")
    logger.addHandler(handler)
    yield output
    logger.removeHandler(handler)


def test_a_line_is_json_with_all_that_is_known(log: StringIO) -> None:
    logging.getLogger("test").warning("%s went wrong", "it", extra={"row": 1, "odd": {1: object}})
    line = json.loads(log.getvalue())
    assert (line["event"], line["level"], line["logger"]) == ("it went wrong", "warning", "test")
    assert line["row"] == 1
    assert line["timestamp"].endswith("Z")


def test_a_line_break_does_not_make_a_line(log: StringIO) -> None:
    logging.getLogger("test").warning('a\nb\r\n{"event": "forged"}')
    assert len(log.getvalue().splitlines()) == 1


def test_a_traceback_holds_no_secret(log: StringIO) -> None:
    try:
        raise ValueError(f"postgresql://app:swordfish@db/app refused Bearer {JWT}")
    except ValueError:
        logging.getLogger("test").exception("failed")
    line = json.loads(log.getvalue())
    assert "ValueError" in line["exception"]
    assert "swordfish" not in log.getvalue()
    assert JWT not in log.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        *("password", "current_password", "newPassword", "refresh_token", "accessToken", "token"),
        *("Authorization", "Cookie", "set-cookie", "X-API-Key", "api_key", "apiKey", "key"),
        *("secret_key", "SMTP_PASSWORD", "csrf_token", "credentials"),
    ],
)
def test_secrets_are_known_by_their_names(name: str) -> None:
    members = {"rows": [{name: "swordfish"}], "about": ({name: {"a": "swordfish"}},), "kept": 1}
    redacted = redact_members(members)
    assert redacted == {"rows": [{name: REDACTED}], "about": [{name: REDACTED}], "kept": 1}


@pytest.mark.parametrize("name", ["monkey", "keyboard", "status", "request_id", "passage"])
def test_other_names_are_kept(name: str) -> None:
    assert redact_members({name: "x"}) == {name: "x"}


def test_sensitive_fields_are_redacted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction, "SENSITIVE", frozenset({"blood_type"}))
    redaction._is_secret.cache_clear()
    try:
        assert redact_members({"blood_type": "A"}) == {"blood_type": REDACTED}
    finally:
        redaction._is_secret.cache_clear()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"got {JWT}.", f"got {REDACTED}."),
        ("Authorization: Bearer abc.def", f"Authorization: Bearer {REDACTED}"),
        ("redis://:pw@host/0", f"redis://:{REDACTED}@host/0"),
        ("https://example.com/a@b", "https://example.com/a@b"),
    ],
)
def test_texts_hold_no_secret(text: str, expected: str) -> None:
    assert redact_text(text) == expected


def test_people_at_a_terminal_get_lines_for_people() -> None:
    record = logging.makeLogRecord({"msg": "hello", "levelname": "INFO", "levelno": logging.INFO})
    assert not lines(for_people=True).format(record).startswith("{")


def test_the_configuration_is_one_that_logging_takes() -> None:
    logging.config.DictConfigurator(logging_config(get_settings())).configure_formatter(
        logging_config(get_settings())["formatters"]["lines"]
    )
