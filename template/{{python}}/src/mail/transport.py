"""Sending one mail: by SMTP, or as a file where there is no server."""

import smtplib
import ssl
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid, parseaddr
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from src.config import Settings
from src.mail.messages import Message

FOLDER: Final = Path("var/mail")
TIMEOUT_SECONDS: Final = 20

# Links stay in one piece: no line is broken that SMTP can carry.
_POLICY: Final = SMTP.clone(max_line_length=998)


class MailRefusedError(Exception):
    """The mail cannot be sent, now or later."""


def deliver(message: Message, settings: Settings) -> None:
    """Send ``message`` as settings say.

    Raises ``MailRefusedError`` where trying again is of no use, ``OSError`` (as all errors of
    ``smtplib`` are) where it may be.
    """
    mail = _compose(message, settings.mail_from)
    if settings.smtp_url is not None:
        _send(mail, message.to, settings.smtp_url.get_secret_value())
    else:
        _write(mail)


def _compose(message: Message, sender: str) -> EmailMessage:
    mail = EmailMessage(policy=_POLICY)
    mail["From"], mail["To"], mail["Subject"] = sender, message.to, message.subject
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    return mail


def _write(mail: EmailMessage) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:8]}.eml"
    path.touch(mode=0o600)
    path.write_bytes(bytes(mail))


def _send(mail: EmailMessage, to: str, url: str) -> None:
    try:
        with _connect(url) as server:
            server.send_message(mail, parseaddr(str(mail["From"]))[1], [to])
    except smtplib.SMTPRecipientsRefused as error:
        raise _refused(*next(iter(error.recipients.values()))) from None
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code, error.smtp_error) from None
    except (smtplib.SMTPNotSupportedError, ssl.SSLCertVerificationError) as error:
        raise MailRefusedError(str(error)) from None


def _refused(code: int, text: bytes | str) -> Exception:
    said = f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
    return MailRefusedError(said) if code >= 500 else OSError(said)


def _connect(url: str) -> smtplib.SMTP:
    """Return a server that is logged in to; passwords go over TLS only."""
    parts = urlsplit(url)
    host, context = parts.hostname or "", ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=TIMEOUT_SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=TIMEOUT_SECONDS)
    try:
        _secure(server, context, parts.scheme, has_password=parts.username is not None)
        if parts.username is not None:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _secure(
    server: smtplib.SMTP, context: ssl.SSLContext, scheme: str, *, has_password: bool
) -> None:
    server.ehlo_or_helo_if_needed()
    if scheme == "smtps":
        return
    if server.has_extn("starttls"):
        server.starttls(context=context)
    elif scheme == "smtp+starttls" or has_password:
        raise MailRefusedError("the mail server offers no STARTTLS")
