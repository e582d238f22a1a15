"""Failed log-ins: refused where they come from, slowed where they come from everywhere."""

from __future__ import annotations

import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.conformance import expecting as expect
from tests.conformance.exchange import Answer, Service
from tests.conformance.people import PASSWORD
from tests.conformance.registry import rule
from tests.conformance.rules.accounts import AUTH
from tests.conformance.rules.tokens import TOKENS
from tests.conformance.targets import with_tokens
from tests.conformance.world import World

_LIMIT = 10
_WRONG = "wrong" * 4


@dataclass(frozen=True)
class _Guarded:
    """A process of one's own that counts, and networks that nobody else calls from."""

    service: Service
    network: str


def _guarded(world: World) -> _Guarded:
    variables = {"AUTH_RATE_LIMIT": "1000/second", "TRUSTED_PROXIES": "127.0.0.0/8"}
    service = world.driven().process(**variables).service
    return _Guarded(service, f"2001:db8:{secrets.token_hex(2)}")


def _log_in(guarded: _Guarded, email: str, password: str, client: int = 1) -> Answer:
    headers = {"X-Forwarded-For": f"{guarded.network}:{client}::1"}
    body = {"email": email, "password": password}
    return guarded.service.request("POST", TOKENS, body=body, headers=headers)


def _fail(guarded: _Guarded, email: str, times: int, client: int = 1) -> None:
    for _ in range(times):
        expect.error(_log_in(guarded, email, _WRONG, client), "INVALID_CREDENTIALS")


@rule("log_ins.per_account", with_tokens)
def per_account(world: World, _: str) -> None:
    """After ten failures an account is 429 from that client, with the right password too."""
    guarded, known, other = _guarded(world), world.people.new(), world.people.new()
    for email in (known.email, world.people.address()):
        _fail(guarded, email, _LIMIT)
        for password in (PASSWORD, _WRONG):
            refused = expect.error(_log_in(guarded, email, password), "RATE_LIMITED")
            expect.holds(0 < int(refused.headers["retry-after"]) <= 900, "Retry-After")
    expect.status(_log_in(guarded, other.email, PASSWORD), 200)
    expect.status(_log_in(guarded, known.email, PASSWORD, client=2), 200)
    expect.error(_log_in(guarded, known.email.upper(), PASSWORD), "RATE_LIMITED")


@rule("log_ins.per_client", with_tokens)
def per_client(world: World, _: str) -> None:
    """After fifty failures at any accounts a client is 429 at all of them; no other is."""
    guarded, person = _guarded(world), world.people.new()
    for _number in range(5):
        _fail(guarded, world.people.address(), _LIMIT)
    expect.error(_log_in(guarded, person.email, PASSWORD), "RATE_LIMITED")
    expect.status(_log_in(guarded, person.email, PASSWORD, client=2), 200)


@rule("log_ins.forgiven", with_tokens)
def forgiven(world: World, _: str) -> None:
    """A log-in forgives what failed at the account before it."""
    guarded, person = _guarded(world), world.people.new()
    for _number in range(2):
        _fail(guarded, person.email, _LIMIT - 1)
        expect.status(_log_in(guarded, person.email, PASSWORD), 200)


@rule("log_ins.at_once", with_tokens)
def at_once(world: World, _: str) -> None:
    """Of many guesses at once no more are judged than may fail."""
    guarded, email = _guarded(world), world.people.new().email
    with ThreadPoolExecutor(2 * _LIMIT) as pool:
        answers = pool.map(lambda _: _log_in(guarded, email, _WRONG), range(2 * _LIMIT))
    statuses = sorted(answer.status for answer in answers)
    expect.equal(statuses, [401] * _LIMIT + [429] * _LIMIT, "the statuses")


@rule("log_ins.confirmed", with_tokens)
def confirmed(world: World, _: str) -> None:
    """Wrong passwords of who is logged in are failed log-ins: counted and refused with them."""
    guarded, name = _guarded(world), world.contract.json_name
    address, new = world.people.address(), "another " + PASSWORD
    changes: tuple[tuple[str, str, str, dict[str, str]], ...] = (
        ("POST", "password", name("current_password"), {name("new_password"): new}),
        ("POST", "email", "password", {"email": address}),
        ("DELETE", "me", "password", {}),
    )
    for client, (method, path, member, others) in enumerate(changes, start=1):
        person = world.people.new()
        headers = {**person.headers, "X-Forwarded-For": f"{guarded.network}:{client}::1"}
        wrong, right = ({**others, member: password} for password in (_WRONG, PASSWORD))
        for body, expected in ((wrong, 422),) * _LIMIT + ((right, 429),):
            answer = guarded.service.request(method, f"{AUTH}/{path}", body=body, headers=headers)
            expect.status(answer, expected)
        expect.error(_log_in(guarded, person.email, PASSWORD, client), "RATE_LIMITED")
        expect.status(_log_in(guarded, person.email, PASSWORD, client=9), 200)


@rule("log_ins.slowed", with_tokens)
def slowed(world: World, _: str) -> None:
    """From many clients an account's log-ins are slowed, at most some seconds, never refused."""
    guarded, person = _guarded(world), world.people.new()
    for client in range(1, 4):
        _fail(guarded, person.email, _LIMIT - 1, client)
    began = time.monotonic()
    expect.status(_log_in(guarded, person.email, PASSWORD, client=9), 200)
    took = time.monotonic() - began
    expect.holds(1.5 < took < 10, f"the answer took {took:.1f} s")
