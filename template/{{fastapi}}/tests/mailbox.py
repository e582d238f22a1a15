"""A mail server of the tests' own, on this machine."""

import asyncio
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Thread
from typing import Any, Final

from aiosmtpd.smtp import SMTP, Envelope

from src.mail.outbox import get_outbox

_TOKEN: Final = re.compile(r"#[a-z-]+=(\S+)")


class Mailbox:
    """What arrived; ``refusals`` are what the next mails are answered instead."""

    def __init__(self) -> None:
        self.url = ""
        self.refusals: list[str] = []
        self._mails: list[EmailMessage] = []

    async def handle_DATA(self, server: SMTP, session: object, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a mail."""
        if self.refusals:
            return self.refusals.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        self._mails.append(message_from_bytes(content, policy=default))
        return "250 OK"

    def clear(self) -> None:
        """Forget all mails, also those that are on their way."""
        get_outbox().flush()
        self._mails.clear()

    def mails(self) -> list[EmailMessage]:
        """Return the mails, when all are there that were sent."""
        get_outbox().flush()
        return list(self._mails)

    def subjects(self) -> list[tuple[str, str]]:
        """Return to whom which subjects went."""
        return [(mail["To"], mail["Subject"].partition(": ")[2]) for mail in self.mails()]

    def token(self, to: str) -> str:
        """Return the token in the last mail to an address."""
        [*_, mail] = [mail for mail in self.mails() if mail["To"] == to]
        found = _TOKEN.search(mail.get_content())
        assert found is not None
        return found[1]


@contextmanager
def serve_mailbox(
    tls: ssl.SSLContext | None = None,
    **options: Any,  # as aiosmtpd takes them
) -> Iterator[Mailbox]:
    """Serve a mailbox in a thread; with ``tls`` from the first byte on."""
    mailbox, loop = Mailbox(), asyncio.new_event_loop()
    connections: list[SMTP] = []

    def protocol() -> SMTP:
        connections.append(SMTP(mailbox, hostname="localhost", loop=loop, **options))
        return connections[-1]

    server = loop.run_until_complete(_listen(loop, protocol, tls))
    scheme = "smtps" if tls else "smtp"
    mailbox.url = f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    thread = Thread(target=loop.run_forever)
    thread.start()
    try:
        yield mailbox
    finally:
        asyncio.run_coroutine_threadsafe(_end(server, connections), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _listen(
    loop: asyncio.AbstractEventLoop, protocol: Callable[[], SMTP], tls: ssl.SSLContext | None
) -> asyncio.Server:
    return await loop.create_server(protocol, "127.0.0.1", 0, ssl=tls)


async def _end(server: asyncio.Server, connections: list[SMTP]) -> None:
    server.close()
    # A connection just accepted is closed only by a task that has begun.
    await asyncio.sleep(0)
    for connection in connections:
        if isinstance(connection.transport, asyncio.Transport):
            connection.transport.abort()
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.sleep(0)
