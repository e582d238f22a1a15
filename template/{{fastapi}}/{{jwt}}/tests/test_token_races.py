"""Refresh tokens that come many times at once."""

import asyncio
from collections import Counter

import pytest

from src.config import Settings, get_settings
from src.services import tokens
from tests.clients import Client, Response
from tests.steps import code, post, registered
from tests.tokens import me, pair, tokens_of


async def refresh_at_once(client: Client, token: str) -> list[Response]:
    requests = [post(client, "tokens/refresh", refresh_token=token) for _ in range(20)]
    return list(await asyncio.gather(*requests))


async def test_of_20_refreshes_at_once_one_wins_and_the_family_dies(
    client: Client,
) -> None:
    await registered(client)
    access_token, refresh_token = await pair(client)
    answers = await refresh_at_once(client, refresh_token)
    assert Counter(answer.status_code for answer in answers) == {200: 1, 401: 19}
    losers = [answer for answer in answers if answer.status_code == 401]
    assert {code(loser) for loser in losers} == {"TOKEN_REUSED"}
    [winner] = [answer for answer in answers if answer.status_code == 200]
    new_access_token, new_refresh_token = tokens_of(winner)
    for dead in (access_token, new_access_token):
        assert (await me(client, dead)).status_code == 401
    again = await post(client, "tokens/refresh", refresh_token=new_refresh_token)
    assert code(again) == "INVALID_CREDENTIALS"


async def test_with_grace_all_of_20_refreshes_at_once_are_answered(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def settings() -> Settings:
        return get_settings().model_copy(update={"refresh_grace_seconds": 30})

    monkeypatch.setattr(tokens, "get_settings", settings)
    await registered(client)
    _, refresh_token = await pair(client)
    answers = await refresh_at_once(client, refresh_token)
    successors = [tokens_of(answer)[1] for answer in answers]
    racing = [post(client, "tokens/refresh", refresh_token=token) for token in successors]
    statuses = Counter(answer.status_code for answer in await asyncio.gather(*racing))
    assert statuses == {200: 1, 401: 19}
