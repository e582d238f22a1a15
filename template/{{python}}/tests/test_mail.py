"""Mail as a server gets it, and what happens where it cannot be sent."""

import os
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import SecretStr

from src.config import Settings, get_settings
from src.mail.messages import Message, verify_email
from src.mail.transport import MailRefusedError, deliver
from tests.mailbox import Mailbox, serve_mailbox

MESSAGE = Message("ada@example.com", "Grüße", "A line.\n\nhttp://127.0.0.1/#verify-email=abc\n")


def settings(url: str | None) -> Settings:
    """Return the settings of tests with another mail server."""
    return get_settings().model_copy(update={"smtp_url": SecretStr(url) if url else None})


def with_password(url: str) -> str:
    return url.replace("://", "://ada:p%40ss@")


def check(server: object, session: object, envelope: object, kind: str, data: object) -> AuthResult:
    """Let one account in."""
    known = isinstance(data, LoginPassword) and (data.login, data.password) == (b"ada", b"p@ss")
    return AuthResult(success=known, handled=False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with the key and the certificate of 127.0.0.1."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    built = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    built = built.not_valid_before(datetime.now(UTC) - timedelta(days=1))
    built = built.not_valid_after(datetime.now(UTC) + timedelta(days=1))
    addresses = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    signed = built.add_extension(addresses, critical=True).sign(key, hashes.SHA256())
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    pem = serialization.Encoding.PEM
    written = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(written + signed.public_bytes(pem))
    return path


@pytest.fixture
def tls(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Return what a server needs for TLS; clients of this test trust it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def test_a_mail_arrives_as_it_was_written(mailbox: Mailbox) -> None:
    deliver(MESSAGE, settings(mailbox.url))
    [mail] = mailbox.mails()
    assert (mail["To"], mail["From"], mail["Subject"]) == (
        MESSAGE.to,
        get_settings().mail_from,
        MESSAGE.subject,
    )
    assert mail.get_content().replace("\r\n", "\n") == MESSAGE.text


def test_a_link_has_its_token_in_the_fragment() -> None:
    link = f"{get_settings().public_url}/#verify-email=secret"
    message = verify_email(MESSAGE.to, "secret")
    assert link in message.text.splitlines()
    assert "secret" not in message.subject


def test_a_long_address_cannot_break_a_header(mailbox: Mailbox) -> None:
    to = "a" * 64 + "@" + ".".join(["b" * 60] * 3) + ".example"
    deliver(MESSAGE._replace(to=to), settings(mailbox.url))
    assert mailbox.mails()[0]["To"] == to


def test_a_password_goes_over_starttls(tls: ssl.SSLContext) -> None:
    with serve_mailbox(tls_context=tls, authenticator=check, auth_required=True) as mailbox:
        deliver(MESSAGE, settings(with_password(mailbox.url)))
        assert len(mailbox.mails()) == 1
        with pytest.raises(MailRefusedError, match="535"):
            deliver(MESSAGE, settings(with_password(mailbox.url).replace("ada", "eve")))


def test_tls_from_the_first_byte(tls: ssl.SSLContext) -> None:
    with serve_mailbox(tls) as mailbox:
        deliver(MESSAGE, settings(mailbox.url))
        assert len(mailbox.mails()) == 1


def test_a_server_that_nobody_vouches_for_is_refused(
    tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with serve_mailbox(tls_context=tls) as mailbox, pytest.raises(MailRefusedError):
        deliver(MESSAGE, settings(mailbox.url))


def test_a_password_is_never_sent_in_the_clear() -> None:
    with serve_mailbox(authenticator=check, auth_require_tls=False) as mailbox:
        for url in (with_password(mailbox.url), mailbox.url.replace("smtp:", "smtp+starttls:")):
            with pytest.raises(MailRefusedError, match="STARTTLS"):
                deliver(MESSAGE, settings(url))
        assert mailbox.mails() == []


def test_without_a_server_mail_goes_to_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    deliver(MESSAGE, settings(None))
    [path] = (tmp_path / "var" / "mail").iterdir()
    assert MESSAGE.text.splitlines()[2] in path.read_text(encoding="utf-8").splitlines()
    assert os.stat(path).st_mode & 0o077 == 0
