"""Guessing passwords from everywhere: slowed, and never refused."""

import asyncio
import secrets
import time
from pathlib import Path

import pytest

from src.config import get_settings
from src.counters import Counters
from src.deadlines import DEADLINE
from src.services import log_in_attempts
from src.services.log_in_attempts import PER_ACCOUNT, LogInAttempts
from tests.clients import Client
from tests.http.guessing import guarded_service, log_in, move, new_account, new_address
from tests.http.services import unreachable
from tests.people import PASSWORD, SignUp


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long log-ins were made to wait, which they do not do here."""
    waited: list[float] = []

    async def pause(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(log_in_attempts, "pause", pause)
    return waited


@pytest.mark.parametrize("is_known", [True, False])
async def test_guesses_from_everywhere_are_slowed_and_never_refused(
    client: Client, waits: list[float], is_known: bool
) -> None:
    async with guarded_service() as guarded:
        email = await new_account(guarded) if is_known else new_address()
        for _ in range(PER_ACCOUNT + 3):
            assert (await log_in(guarded, email)).status_code == 401
            move(guarded)
        answer = await log_in(guarded, email, PASSWORD)
    assert answer.status_code == (200 if is_known else 401)
    assert waits == pytest.approx([0.0] * PER_ACCOUNT + [0.1, 0.2, 0.3, 0.4])


async def test_nobody_waits_longer_than_two_seconds_or_half_of_what_is_left(
    client: Client, waits: list[float]
) -> None:
    counters, email = Counters(get_settings()), new_address()
    try:
        for _ in range(PER_ACCOUNT + 30):
            await LogInAttempts(counters, secrets.token_hex()).begin(email)
        DEADLINE.set(time.monotonic() + 1)
        await LogInAttempts(counters, secrets.token_hex()).begin(email)
    finally:
        DEADLINE.set(float("inf"))
        await counters.close()
    assert max(waits[:-1]) == 2
    assert 0.4 < waits[-1] <= 0.5


async def test_who_waits_holds_no_connection(
    client: Client, sign_up: SignUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting, over = asyncio.Event(), asyncio.Event()

    async def pause(_: float) -> None:
        waiting.set()
        await over.wait()

    monkeypatch.setattr(log_in_attempts, "pause", pause)
    person = await sign_up()
    async with guarded_service(database_pool_size=1) as guarded:
        slowed = asyncio.create_task(log_in(guarded, person.email, PASSWORD))
        await asyncio.wait_for(waiting.wait(), 5)
        async with asyncio.timeout(5):
            answer = await guarded.get("/api/v1/auth/me", headers=person.client.headers)
        assert (answer.status_code, slowed.done()) == (200, False)
        over.set()
        assert (await slowed).status_code == 200


async def test_who_logs_in_often_does_not_wait(
    client: Client, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_in_attempts, "PER_ACCOUNT", 1)
    async with guarded_service() as guarded:
        email = await new_account(guarded)
        for _ in range(3):
            assert (await log_in(guarded, email, PASSWORD)).status_code == 200
    assert waits == [0, 0, 0]


async def test_what_nobody_judged_does_not_count_503(
    client: Client, waits: list[float], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(log_in_attempts, "PER_ACCOUNT", 1)
    email = new_address()
    async with guarded_service(database_url=unreachable(tmp_path)) as guarded:
        for _ in range(3):
            assert (await log_in(guarded, email)).status_code == 503
    assert waits == [0, 0, 0]
