"""Guessing passwords: refused from where many failed."""

import asyncio

import pytest

from src.contract.casing import json_names
from src.services import log_in_attempts, log_ins
from src.services.log_in_attempts import PER_ACCOUNT
from tests.clients import Client, Response
from tests.http.guessing import WRONG, guarded_service, log_in, move, new_account, new_address
from tests.people import PASSWORD, Person, SignUp
from tests.steps import code

CONFIRMED = [
    ("POST", "password", "current_password", {"new_password": "another " + PASSWORD}),
    ("POST", "email", "password", {"email": "other@example.com"}),
    ("DELETE", "me", "password", {}),
]
"""What takes the caller's password: where, in which member, and what else belongs there."""


@pytest.mark.parametrize("is_known", [True, False])
async def test_who_fails_too_often_at_an_account_waits_429(
    client: Client, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    """The right password too, before any work; other clients and other accounts are let in."""
    async with guarded_service() as guarded:
        email, other = (
            await new_account(guarded) if is_known else new_address(),
            await new_account(guarded),
        )
        for _ in range(PER_ACCOUNT):
            assert code(await log_in(guarded, email)) == "INVALID_CREDENTIALS"
        with monkeypatch.context() as without_work:
            without_work.delattr(log_ins, "verify_password")
            refused = await log_in(guarded, email, PASSWORD)
            assert code(await log_in(guarded, email.upper())) == "RATE_LIMITED"
        assert (refused.status_code, code(refused)) == (429, "RATE_LIMITED")
        assert 1 <= int(refused.headers["retry-after"]) <= log_in_attempts.WINDOW_SECONDS
        assert (await log_in(guarded, other, PASSWORD)).status_code == 200
        move(guarded)
        answer = await log_in(guarded, email, PASSWORD)
        assert answer.status_code == (200 if is_known else 401)


async def test_who_fails_too_often_at_any_accounts_waits_429(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_in_attempts, "PER_CLIENT", 3)
    async with guarded_service() as guarded:
        email = await new_account(guarded)
        for _ in range(3):
            assert (await log_in(guarded, new_address())).status_code == 401
        assert code(await log_in(guarded, email, PASSWORD)) == "RATE_LIMITED"
        move(guarded)
        assert (await log_in(guarded, email, PASSWORD)).status_code == 200


async def test_what_is_refused_at_one_account_does_not_count_for_others(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_in_attempts, "PER_CLIENT", 3)
    monkeypatch.setattr(log_in_attempts, "PER_ACCOUNT", 2)
    async with guarded_service() as guarded:
        email, other = new_address(), await new_account(guarded)
        statuses = [(await log_in(guarded, email)).status_code for _ in range(6)]
        assert statuses == [401, 401, 429, 429, 429, 429]
        assert (await log_in(guarded, other, PASSWORD)).status_code == 200


async def test_a_log_in_forgives_what_failed_before(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At this account; for the client it only does not count itself."""
    monkeypatch.setattr(log_in_attempts, "PER_CLIENT", 4)
    monkeypatch.setattr(log_in_attempts, "PER_ACCOUNT", 3)
    async with guarded_service() as guarded:
        email = await new_account(guarded)
        for password in ("a", "b", PASSWORD, PASSWORD, "c"):
            expected = 200 if password is PASSWORD else 401
            assert (await log_in(guarded, email, password)).status_code == expected
        assert (await log_in(guarded, email, PASSWORD)).status_code == 200
        assert (await log_in(guarded, email)).status_code == 401
        assert (await log_in(guarded, email, PASSWORD)).status_code == 429


async def test_of_many_guesses_at_once_no_more_are_judged(client: Client) -> None:
    async with guarded_service() as guarded:
        email = await new_account(guarded)
        answers = await asyncio.gather(*(log_in(guarded, email) for _ in range(2 * PER_ACCOUNT)))
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [401] * PER_ACCOUNT + [429] * PER_ACCOUNT


async def test_without_a_limit_nothing_is_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_in_attempts, "PER_ACCOUNT", 1)
    async with guarded_service(auth_rate_limit="off") as unguarded:
        email = new_address()
        for _ in range(3):
            assert (await log_in(unguarded, email)).status_code == 401


async def confirm(
    client: Client, person: Person, confirmed: tuple[str, str, str, dict[str, str]], password: str
) -> Response:
    method, path, member, others = confirmed
    body = dict(json_names({member: password, **others}))
    headers = {"Authorization": person.client.headers["Authorization"]}
    return await client.request(method, f"/api/v1/auth/{path}", json=body, headers=headers)


@pytest.mark.parametrize("confirmed", CONFIRMED, ids=lambda row: row[1])
async def test_a_wrong_password_of_who_is_logged_in_is_a_failed_log_in(
    client: Client,
    sign_up: SignUp,
    monkeypatch: pytest.MonkeyPatch,
    confirmed: tuple[str, str, str, dict[str, str]],
) -> None:
    """Whoever has somebody's token guesses no further, and nobody logs in from there."""
    monkeypatch.setattr(log_in_attempts, "PER_ACCOUNT", 2)
    person = await sign_up()
    async with guarded_service() as guarded:
        for _ in range(2):
            assert (await confirm(guarded, person, confirmed, WRONG)).status_code == 422
        refused = await confirm(guarded, person, confirmed, PASSWORD)
        assert (refused.status_code, code(refused)) == (429, "RATE_LIMITED")
        assert int(refused.headers["retry-after"]) >= 1
        assert (await log_in(guarded, person.email, PASSWORD)).status_code == 429
        move(guarded)
        assert (await confirm(guarded, person, confirmed, PASSWORD)).is_success


async def test_the_right_password_of_who_is_logged_in_forgives_too(
    client: Client, sign_up: SignUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_in_attempts, "PER_ACCOUNT", 2)
    person = await sign_up()
    async with guarded_service() as guarded:
        for password, status in ((WRONG, 422), (PASSWORD, 202), (WRONG, 422), (PASSWORD, 202)):
            answer = await confirm(guarded, person, CONFIRMED[1], password)
            assert answer.status_code == status
