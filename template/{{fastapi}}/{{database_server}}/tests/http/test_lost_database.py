"""A database that goes away and comes back, without anybody's help."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from src.config import get_settings
from tests.clients import Client
from tests.http.proxy import Network, network_to
from tests.http.services import serving
from tests.steps import code, post

SECONDS = 1.0


@asynccontextmanager
async def _reached_by_network(size: int = 3) -> AsyncIterator[tuple[Client, Network]]:
    async with network_to(get_settings().database_url) as network:
        changes = {"database_url": network.url, "database_pool_size": size}
        async with serving(**changes, request_timeout_seconds=SECONDS) as client:
            yield client, network


async def _revoke(client: Client) -> int:
    return (await post(client, "tokens/revoke", refresh_token="any")).status_code


async def _crowd(client: Client) -> set[int]:
    return set(await asyncio.gather(*(_revoke(client) for _ in range(6))))


async def test_a_database_that_was_away_is_used_again(client: Client) -> None:
    """503 with Retry-After while it is away; nobody notices what happened to old connections."""
    async with _reached_by_network() as (service, network):
        assert await _crowd(service) == {204}
        await network.cut()
        for _ in range(2):
            assert await _crowd(service) == {503}
            response = await service.get("/readyz")
            assert (response.status_code, code(response)) == (503, "SERVICE_UNAVAILABLE")
            assert response.headers["retry-after"]
        await network.connect()
        assert await _crowd(service) == {204}
        assert (await service.get("/readyz")).status_code == 200


async def test_connections_that_died_meanwhile_are_replaced_unseen(client: Client) -> None:
    async with _reached_by_network() as (service, network):
        assert await _crowd(service) == {204}
        await network.cut()
        await network.connect()
        assert await _crowd(service) == {204}


async def test_a_database_that_is_silent_keeps_nobody_waiting(client: Client) -> None:
    """503 at the deadline; the connections that hung are not leaked."""
    async with _reached_by_network(size=1) as (service, network):
        assert await _revoke(service) == 204
        network.freeze()
        began = time.monotonic()
        assert await _revoke(service) == 503
        assert time.monotonic() - began < SECONDS + 4
        await network.cut()
        await network.connect()
        async with asyncio.timeout(5):
            assert await _revoke(service) == 204
