"""A mail server that keeps what it is given."""

from __future__ import annotations

import threading
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.conformance.ports import free_port

PATIENCE = 10


class Mailbox:
    """Mail to anybody, by whom it is for."""

    def __init__(self) -> None:
        self._mails: list[tuple[str, EmailMessage]] = []
        self._arrived = threading.Condition()
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())
        self._controller.start()

    @property
    def url(self) -> str:
        """The server's address, as ``SMTP_URL`` has it."""
        return f"smtp://127.0.0.1:{self._controller.port}"

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep a mail."""
        content = cast(bytes, envelope.content)
        mail = message_from_bytes(content, policy=policy.default)
        with self._arrived:
            self._mails += [(recipient, mail) for recipient in envelope.rcpt_tos]
            self._arrived.notify_all()
        return "250 OK"

    def to(self, email: str, count: int = 1) -> list[EmailMessage]:
        """Return the mails to an address, as soon as there are ``count``, or after a while."""
        end = time.monotonic() + PATIENCE
        with self._arrived:
            while len(self._of(email)) < count and time.monotonic() < end:
                self._arrived.wait(end - time.monotonic())
            return self._of(email)

    def _of(self, email: str) -> list[EmailMessage]:
        return [mail for recipient, mail in self._mails if recipient == email]

    def close(self) -> None:
        """Stop the server."""
        self._controller.stop()
