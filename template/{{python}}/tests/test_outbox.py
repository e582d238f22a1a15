"""The queue of mail: what is sent later, tried again, given up, or has no room."""

import logging

import pytest
from pydantic import SecretStr

from src.config import Settings, get_settings
from src.errors import ApiError
from src.mail import outbox as outboxes
from src.mail.messages import Message
from src.mail.outbox import Outbox
from tests.mailbox import Mailbox

MESSAGE = Message("ada@example.com", "Hello", "A line.\n")


def settings(url: str | None) -> Settings:
    """Return the settings of tests with another mail server."""
    return get_settings().model_copy(update={"smtp_url": SecretStr(url) if url else None})


@pytest.fixture
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outboxes, "FIRST_PAUSE_SECONDS", 0.01)


@pytest.mark.usefixtures("_soon")
def test_a_busy_server_is_asked_again(mailbox: Mailbox) -> None:
    mailbox.refusals += ["451 later", "451 later"]
    outbox = Outbox(settings(mailbox.url))
    outbox.put(MESSAGE)
    outbox.close(10)
    assert len(mailbox.mails()) == 1


@pytest.mark.usefixtures("_soon")
@pytest.mark.parametrize(
    ("refusals", "said"),
    [(["550 never"], "a mail was refused"), (["451 no"] * 5, "a mail was given up")],
)
def test_what_cannot_be_sent_is_logged_and_the_next_one_sent(
    mailbox: Mailbox, caplog: pytest.LogCaptureFixture, refusals: list[str], said: str
) -> None:
    mailbox.refusals += refusals
    outbox = Outbox(settings(mailbox.url))
    outbox.put(MESSAGE)
    outbox.put(MESSAGE._replace(to="eve@example.com"))
    outbox.flush()
    outbox.close(10)
    assert [mail["To"] for mail in mailbox.mails()] == ["eve@example.com"]
    assert said in [record.message for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.usefixtures("_soon")
def test_a_server_that_is_away_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    outbox = Outbox(settings("smtp://127.0.0.1:1"))
    outbox.put(MESSAGE)
    outbox.put(None)
    outbox.close(10)
    assert "a mail was given up" in caplog.messages


def test_a_fault_of_our_own_does_not_end_the_thread(
    mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    outbox = Outbox(settings(mailbox.url))
    outbox.put(MESSAGE._replace(subject="two\nlines"))
    outbox.put(MESSAGE)
    outbox.close(10)
    assert len(mailbox.mails()) == 1
    assert "a mail was not sent" in caplog.messages


def test_a_full_queue_is_503_before_anything_is_promised(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    outbox = Outbox(settings(None), capacity=1)
    monkeypatch.setattr(outboxes, "Thread", lambda **_: _Idle())
    outbox.require_room()
    outbox.put(None)
    with pytest.raises(ApiError) as refusal:
        outbox.require_room()
    assert refusal.value.status == 503
    outbox.put(None)
    assert "a mail was dropped: too many wait" in caplog.messages
    outbox.close(0)
    assert "mails were not sent before the end" in caplog.messages


class _Idle:
    """A thread that never gets its turn."""

    def start(self) -> None:
        """Do nothing."""

    def join(self, timeout: float) -> None:
        """Do nothing."""
