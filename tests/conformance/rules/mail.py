"""Mail, and what its links do."""

from __future__ import annotations

import re
from email.message import EmailMessage

from tests.conformance import expecting as expect
from tests.conformance.contract import API
from tests.conformance.exchange import Answer, Service
from tests.conformance.people import PASSWORD, Person
from tests.conformance.registry import rule
from tests.conformance.rules.surroundings import ORIGIN
from tests.conformance.rules.tokens import me, refresh, tokens_of
from tests.conformance.targets import with_tokens
from tests.conformance.world import World

AUTH = f"{API}/auth"
NEW = "a wholly new password"
_FORGED = "x" * 43


def _verifying(world: World) -> Service:
    return world.driven().serve(REQUIRE_VERIFIED_EMAIL="true")


def ask(world: World, service: Service | Person, path: str, **members: str) -> Answer:
    """Post to a path under ``auth``."""
    body = {world.contract.json_name(name): value for name, value in members.items()}
    return service.request("POST", f"{AUTH}/{path}", body=body)


def token_of(mail: EmailMessage, action: str) -> str:
    """Return the token of the link in a mail; ``Failure`` unless its fragment holds it."""
    found = re.findall(r"https?://\S+", mail.get_content())
    expect.equal(len(found), 1, "the count of links")
    start = f"{ORIGIN}/#{action}="
    expect.holds(found[0].startswith(start), f"a link does not begin with {start}")
    return str(found[0].removeprefix(start))


def _registered(world: World, service: Service) -> str:
    email = world.people.address()
    answer = ask(world, service, "register", email=email, password=PASSWORD)
    expect.equal((expect.status(answer, 202)).body, b"", "the body")
    return email


def _mailed(world: World, email: str, action: str, count: int = 1) -> str:
    """Return the token of the last of so many mails with links of one kind."""
    return token_of(_mails(world, email, action, count)[-1], action)


def _mails(world: World, email: str, action: str, count: int = 1) -> list[EmailMessage]:
    mailbox, awaited = world.driven().mailbox, 0
    found: list[EmailMessage] = []
    while len(found) < count:
        awaited += 1
        mails = mailbox.to(email, awaited)
        expect.holds(len(mails) >= awaited, f"a mail to {action} is missing")
        found = [mail for mail in mails[:awaited] if f"#{action}=" in mail.get_content()]
    return found


def _log_in(world: World, service: Service, email: str, password: str = PASSWORD) -> Answer:
    return ask(world, service, "tokens", email=email, password=password)


def _spent(world: World, answer: Answer) -> None:
    expect.field_error(answer, world.contract.json_name("token"), "token")


@rule("mail.register", with_tokens)
def registers(world: World, _: str) -> None:
    """Where addresses must be verified, register is 202 alike for a new and a taken one."""
    service = _verifying(world)
    email = _registered(world, service)
    token = _mailed(world, email, "verify-email")
    expect.status(ask(world, service, "email/verify", token=token), 204)
    again = ask(world, service, "register", email=email.upper(), password=NEW)
    expect.equal(expect.status(again, 202).body, b"", "the body")
    told = world.driven().mailbox.to(email, 2)
    expect.equal(len(told), 2, "the count of mails to the owner")
    expect.holds("://" not in told[1].get_content(), "the owner of the address gets a link")
    expect.status(_log_in(world, service, email), 200)


@rule("mail.unverified", with_tokens)
def unverified(world: World, _: str) -> None:
    """Until the address is verified the right password is 403, a wrong one 401."""
    service = _verifying(world)
    email = _registered(world, service)
    refused = expect.error(_log_in(world, service, email), "FORBIDDEN", message="email_unverified")
    expect.holds("token" not in refused.body.decode(), "a token is answered")
    expect.error(_log_in(world, service, email, "wrong" * 4), "INVALID_CREDENTIALS")
    token = _mailed(world, email, "verify-email")
    expect.status(ask(world, service, "email/verify", token=token), 204)
    account = me(world, tokens_of(world, email, service)["access_token"], service)
    expect.equal(account.json[world.contract.json_name("email_verified")], True, "email_verified")


@rule("mail.verify", with_tokens)
def verifies(world: World, _: str) -> None:
    """A link is good once, and for what it was made for; another token is 422 on token."""
    service = _verifying(world)
    token = _mailed(world, _registered(world, service), "verify-email")
    _spent(world, ask(world, service, "password/reset", token=token, password=NEW))
    expect.status(ask(world, service, "email/verify", token=token), 204)
    for bad in (token, _FORGED, token[:-1], ""):
        answer = ask(world, service, "email/verify", token=bad)
        expect.status(answer, 422)
    _spent(world, ask(world, service, "email/verify", token=token))
    _spent(world, ask(world, service, "email/verify", token=_FORGED))


@rule("mail.resend", with_tokens)
def resends(world: World, _: str) -> None:
    """Another link is sent to who needs one; the answer is 202 for any address."""
    service, unknown = _verifying(world), world.people.address()
    email = _registered(world, service)
    _mailed(world, email, "verify-email")
    for address in (unknown, email):
        answer = ask(world, service, "email/verify/resend", email=address)
        expect.equal(expect.status(answer, 202).body, b"", "the body")
    token = _mailed(world, email, "verify-email", 2)
    expect.equal(world.driven().mailbox.to(unknown, 0), [], "mail to nobody")
    expect.status(ask(world, service, "email/verify", token=token), 204)
    expect.status(_log_in(world, service, email), 200)
    for path in ("email/verify/resend", "password/forgot"):
        expect.status(ask(world, service, path, email=email), 202)
    _mailed(world, email, "reset-password")
    expect.equal(len(world.driven().mailbox.to(email, 3)), 3, "the count of mails")


@rule("mail.reset_verifies", with_tokens)
def reset_verifies(world: World, _: str) -> None:
    """Whoever follows a link for a new password reads the account's mail: it is verified."""
    service = _verifying(world)
    email = _registered(world, service)
    expect.status(ask(world, service, "password/forgot", email=email), 202)
    token = _mailed(world, email, "reset-password")
    expect.status(ask(world, service, "password/reset", token=token, password=NEW), 204)
    expect.status(_log_in(world, service, email, NEW), 200)


@rule("mail.forgot", with_tokens)
def forgets(world: World, _: str) -> None:
    """Whoever forgot a password is answered 202, known or not; only accounts get a link."""
    person, unknown = world.people.new(), world.people.address()
    for address in (unknown, person.email.upper()):
        answer = ask(world, world.service, "password/forgot", email=address)
        expect.equal(expect.status(answer, 202).body, b"", "the body")
    _mailed(world, person.email, "reset-password")
    expect.equal(world.driven().mailbox.to(unknown, 0), [], "mail to nobody")
    answer = ask(world, world.service, "password/forgot", email="nobody")
    expect.field_error(answer, "email", "email")


@rule("mail.reset", with_tokens)
def resets(world: World, _: str) -> None:
    """A link sets a new password once, which ends every log-in and every other link."""
    person, service = world.people.new(), world.service
    held = tokens_of(world, person.email)
    links = []
    for count in (1, 2):
        expect.status(ask(world, service, "password/forgot", email=person.email), 202)
        links.append(_mailed(world, person.email, "reset-password", count))
    answer = ask(world, service, "password/reset", token=links[0], password="short")
    expect.field_error(answer, "password", "min_length", limit=12)
    expect.status(ask(world, service, "password/reset", token=links[0], password=NEW), 204)
    for spent in (*links, _FORGED):
        _spent(world, ask(world, service, "password/reset", token=spent, password=NEW))
    expect.error(me(world, held["access_token"]), "UNAUTHENTICATED")
    expect.error(refresh(world, held["refresh_token"]), "INVALID_CREDENTIALS")
    expect.error(_log_in(world, service, person.email), "INVALID_CREDENTIALS")
    expect.status(_log_in(world, service, person.email, NEW), 200)


@rule("mail.change_address", with_tokens)
def changes_address(world: World, _: str) -> None:
    """Another address takes the password, and is in force once it is verified."""
    person, new = world.people.new(), world.people.address()
    answer = ask(world, person, "email", email=new, password="wrong" * 4)
    expect.field_error(answer, "password", "password_wrong")
    expect.error(
        ask(world, world.service, "email", email=new, password=PASSWORD), "UNAUTHENTICATED"
    )
    expect.status(ask(world, world.service, "password/forgot", email=person.email), 202)
    older = _mailed(world, person.email, "reset-password")
    expect.status(ask(world, person, "email", email=new, password=PASSWORD), 202)
    token = _mailed(world, new, "verify-email")
    expect.equal(person.get(f"{AUTH}/me").json["email"], person.email, "the address before")
    expect.error(_log_in(world, world.service, new), "INVALID_CREDENTIALS")
    expect.status(ask(world, world.service, "email/verify", token=token), 204)
    _spent(world, ask(world, world.service, "email/verify", token=token))
    expect.status(_log_in(world, world.service, new), 200)
    expect.error(_log_in(world, world.service, person.email), "INVALID_CREDENTIALS")
    expect.equal(person.get(f"{AUTH}/me").json["version"], 2, "the version")
    _spent(world, ask(world, world.service, "password/reset", token=older, password=NEW))
    mails = world.driven().mailbox.to(person.email, 3)  # to verify it, to reset, to tell
    is_told = any(new in mail.get_content() for mail in mails)
    expect.holds(is_told, "who had the address before is not told")


@rule("mail.change_to_taken", with_tokens)
def change_to_taken(world: World, _: str) -> None:
    """Who wants an address that is taken is answered alike; its owner is told, without a link."""
    person, other = world.people.new(), world.people.new()
    answer = ask(world, person, "email", email=other.email, password=PASSWORD)
    expect.equal(expect.status(answer, 202).body, b"", "the body")
    told = world.driven().mailbox.to(other.email, 2)  # one verifies the address
    expect.equal(len(told), 2, "the count of mails to the owner")
    expect.holds("://" not in told[-1].get_content(), "the owner of the address gets a link")


@rule("mail.taken_meanwhile", with_tokens)
def taken_meanwhile(world: World, _: str) -> None:
    """Whoever has an address by then keeps it: the link to change to it is spent."""
    person, new = world.people.new(), world.people.address()
    expect.status(ask(world, person, "email", email=new, password=PASSWORD), 202)
    token = _mailed(world, new, "verify-email")
    expect.status(ask(world, world.service, "register", email=new, password=PASSWORD), 201)
    _spent(world, ask(world, world.service, "email/verify", token=token))
    expect.equal(person.get(f"{AUTH}/me").json["email"], person.email, "the address")


@rule("mail.subjects", with_tokens)
def subjects(world: World, _: str) -> None:
    """Mail is plain text from MAIL_FROM, and only its text holds the token."""
    person = world.people.new()
    expect.status(ask(world, world.service, "password/forgot", email=person.email), 202)
    token = _mailed(world, person.email, "reset-password")
    [mail] = _mails(world, person.email, "reset-password")
    expect.equal(mail.get_content_type(), "text/plain", "the type")
    expect.equal(mail["From"].addresses[0].addr_spec, "service@example.com", "who sends it")
    expect.holds(mail["Subject"], "the subject is missing")
    for name, value in mail.items():
        expect.holds(token not in value, f"{name} holds the token")


@rule("mail.none", with_tokens)
def none(world: World, _: str) -> None:
    """With SMTP_URL=none the endpoints that mail are 404; accounts work all the same."""
    service = world.driven().serve(SMTP_URL="none")
    person = world.people.new(service=service)
    for path in (
        "password/forgot",
        "password/reset",
        "email",
        "email/verify",
        "email/verify/resend",
    ):
        expect.error(ask(world, person, path, email=person.email, password=PASSWORD), "NOT_FOUND")
    expect.status(person.get(f"{AUTH}/me"), 200)
