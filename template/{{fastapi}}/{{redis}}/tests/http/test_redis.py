"""Limits that processes share, and what happens while Redis is away."""

import logging
import secrets

import pytest

from src.config import get_settings
from src.counters import Counters
from tests.clients import Client
from tests.http.services import serving
from tests.people import PASSWORD
from tests.processes import running
from tests.steps import EMAIL, post, registered

NOWHERE = "redis://127.0.0.1:1/0"
ME = "/api/v1/auth/me"


async def test_two_processes_share_a_limit(client: Client) -> None:
    limits = {"RATE_LIMIT": "3/hour", "TRUSTED_PROXIES": "127.0.0.1/32"}
    address = f"2001:db8:{secrets.randbelow(65536):x}:{secrets.randbelow(65536):x}::"
    forwarded = f"GET {ME} HTTP/1.1\r\nConnection: close\r\nX-Forwarded-For: {address}"
    async with running(**limits) as one, running(**limits) as other:
        answers = [
            await (await service.send(forwarded)).answer() for service in (one, other, one, other)
        ]
    assert [answer.split()[1] for answer in answers] == ["401", "401", "401", "429"]


async def test_a_counter_ends_with_its_window(client: Client) -> None:
    """Whoever dies after its first request leaves none that never ends."""
    counters = Counters(get_settings())
    try:
        name = secrets.token_hex()
        first, second = await counters.add(name, 30), await counters.add(name, 30)
        assert (first.number, second.number) == (1, 2)
        assert 0 < second.seconds_left <= first.seconds_left <= 30
    finally:
        await counters.close()


async def test_what_is_taken_back_too_late_ends_with_a_window_too(client: Client) -> None:
    counters = Counters(get_settings())
    try:
        name = secrets.token_hex()
        await counters.take_back([name], 30)
        count = await counters.add(name, 30)
        assert count.number == 0
        assert 0 < count.seconds_left <= 30
    finally:
        await counters.close()


async def test_while_redis_is_away_requests_pass(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says so, not at every request; the service is ready all the same."""
    limits = {"rate_limit": "1/minute", "auth_rate_limit": "1/minute"}
    async with serving(**limits, redis_url=NOWHERE) as lost:
        with caplog.at_level(logging.WARNING):
            for _ in range(5):
                assert (await lost.get(ME)).status_code == 401
        assert (await registered(lost)).status_code == 201
        assert (await post(lost, "tokens", email=EMAIL, password=PASSWORD)).status_code == 200
        assert (await lost.get("/readyz")).status_code == 200
    told = [record.getMessage() for record in caplog.records if record.name == "src.counters"]
    assert told == ["REDIS_URL does not answer: requests are not counted"]
