"""How often somebody may call: each for himself, and before anything else is looked at."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from src.config import get_settings
from src.counters import Counters
from src.db import Database
from tests.clients import Client, Response
from tests.http.services import serving
from tests.people import SignUp
from tests.steps import code, post

ME = "/api/v1/auth/me"
PROXY = {"trusted_proxies": "127.0.0.1/32"}


@asynccontextmanager
async def _limited(general: str = "off", auth: str = "off") -> AsyncIterator[Client]:
    async with serving(rate_limit=general, auth_rate_limit=auth, **PROXY) as client:
        client.headers |= _from(_network() + "1")
        yield client


def _network() -> str:
    """Return the beginning of addresses that nobody has called from before."""
    return f"2001:db8:{secrets.randbelow(65536):x}:{secrets.randbelow(65536):x}::"


def _from(address: str) -> dict[str, str]:
    return {"X-Forwarded-For": address}


def _assert_refused(response: Response) -> None:
    assert (response.status_code, code(response)) == (429, "RATE_LIMITED")
    assert 1 <= int(response.headers["retry-after"]) <= 60


async def test_who_calls_too_often_waits_429(sign_up: SignUp) -> None:
    """Each caller has a limit of his own, wherever he calls from."""
    ada, ben = await sign_up(), await sign_up()
    async with _limited("2/minute") as client:
        for number in range(2):
            headers = {**ada.client.headers, **_from(f"203.0.113.{number}")}
            assert (await client.get(ME, headers=headers)).status_code == 200
        _assert_refused(await client.get(ME, headers=ada.client.headers))
        assert (await client.get(ME, headers=ben.client.headers)).status_code == 200


async def test_strangers_are_limited_by_address(client: Client) -> None:
    """A 429 comes before the 401, of which bad tokens do not save anybody."""
    async with _limited("2/minute") as limited:
        bad = {"Authorization": "Bearer a.b.c"}
        assert (await limited.get(ME)).status_code == 401
        assert (await limited.get(ME, headers=bad)).status_code == 401
        _assert_refused(await limited.get(ME, headers=bad))
        assert (await limited.get(ME, headers=_from(_network()))).status_code == 401


async def test_an_answer_says_what_is_left(client: Client) -> None:
    async with _limited("2/minute") as limited:
        for left in ("1", "0", "0"):
            headers = (await limited.get(ME)).headers
            assert headers["ratelimit-policy"] == '"general";q=2;w=60'
            assert headers["ratelimit"] in (
                f'"general";r={left};t=60',
                f'"general";r={left};t=59',
            )


async def test_paths_and_methods_that_are_not_there_come_first(client: Client) -> None:
    """404 and 405 are not counted; nor is the health of the service, or a preflight."""
    async with _limited("1/minute") as limited:
        for _ in range(3):
            assert (await limited.get("/api/v1/nothing")).status_code == 404
            assert (await limited.put(ME)).status_code == 405
            assert (await limited.get("/readyz")).status_code == 200
            assert (await limited.options(ME)).status_code == 204
        assert (await limited.get(ME)).status_code == 401
        _assert_refused(await limited.get(ME))


async def test_log_ins_have_a_limit_of_their_own(client: Client) -> None:
    """By address, whoever is logged in; an IPv6 host has a whole network."""
    async with _limited(auth="1/minute") as limited:
        network = _network()
        limited.headers |= _from(network + "1")
        assert (await post(limited, "tokens", email="a@b.c", password="x")).status_code == 401
        limited.headers |= _from(network + "ffff")
        _assert_refused(await post(limited, "password"))
        _assert_refused(await limited.delete(ME))
        assert (await limited.get(ME)).status_code == 401
        assert (await limited.patch(ME)).status_code == 401
        limited.headers |= _from(_network())
        assert (await post(limited, "password")).status_code == 401


async def test_of_many_at_once_as_many_pass_as_may(client: Client) -> None:
    async with _limited("5/minute") as limited:
        answers = await asyncio.gather(*(limited.get(ME) for _ in range(20)))
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [401] * 5 + [429] * 15


async def test_off_says_nothing(client: Client) -> None:
    async with _limited() as unlimited:
        assert "ratelimit" not in (await unlimited.get(ME)).headers


async def test_a_window_ends(database: Database) -> None:
    """It begins with the first request, and after it counting begins anew."""
    name = secrets.token_hex()
    counters = Counters(get_settings())
    try:
        numbers = [(await counters.add(name, 1)).number for _ in range(3)]
        count = await counters.add(f"other {name}", 3600)
        await asyncio.sleep(1.1)
        assert [*numbers, (await counters.add(name, 1)).number] == [1, 2, 3, 1]
        assert (count.number, round(count.seconds_left / 3600)) == (1, 1)
    finally:
        await counters.close()


async def test_what_was_counted_is_taken_back_or_forgotten(database: Database) -> None:
    name, other = secrets.token_hex(), secrets.token_hex()
    counters = Counters(get_settings())
    try:
        for _ in range(3):
            await counters.add(name, 60)
        await counters.take_back([name], 60)
        assert (await counters.add(name, 60)).number == 3
        await counters.clear(name, 60)
        await counters.take_back([], 60)
        assert (await counters.add(name, 60)).number == 1
        assert (await counters.add(other, 60)).number == 1
    finally:
        await counters.close()
