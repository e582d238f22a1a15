"""Keys of requests that are sent again: what frees them, what ends them, and who may use them."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import pytest
from fastapi import Response
from sqlalchemy import ColumnElement, update

from src.config import get_settings
from src.contract import idempotency
from src.contract.casing import json_name
from src.contract.fields.times import now
from src.contract.idempotency import Attempt
from src.contract.tables import table_of
from src.db import Database
from src.errors import ApiError, Code
from src.models.idempotency_key import IdempotencyKey
from tests.clients import Client
from tests.clients import Response as Answer
from tests.http.services import serving
from tests.http.test_unit_of_work import TRANSIENT
from tests.log_in import log_in_headers
from tests.museum.factories import PIECE, ROOM
from tests.museum.gate import PATH, Gate
from tests.museum.routes import routes_of
from tests.museum.rules import ROOMS, RoomCreate, RoomUpdate
from tests.stage import Stage
from tests.steps import code

KEYS = table_of(IdempotencyKey)
DAY = timedelta(hours=24)


async def send(client: Client, path: str = ROOM.path, name: str = "Hall") -> Answer:
    return await client.post(path, json={"name": name}, headers={"Idempotency-Key": "a-key"})


async def change(database: Database, **values: object) -> None:
    async with database.begin() as session:
        await session.execute(update(KEYS).values(**values))


def is_replayed(answer: Answer) -> bool:
    return answer.headers.get("idempotency-replayed") == "true"


@pytest.fixture
def gate() -> Gate:
    """The gate of this test."""
    return Gate()


@pytest.fixture
async def gated(stage: Stage, gate: Gate) -> AsyncIterator[Client]:
    """Somebody's client of a service with the gate."""
    person = await stage.sign_up()
    async with serving(gate.router()) as client:
        client.headers.update(await log_in_headers(stage.database, person.id))
        yield client


async def test_while_the_first_one_runs_409(gated: Client, gate: Gate) -> None:
    """And then its answer again; another body is a 422 meanwhile, too."""
    first = asyncio.create_task(send(gated, PATH))
    await gate.reached.wait()
    early = await send(gated, PATH)
    assert (early.status_code, code(early)) == (409, "CONFLICT")
    assert early.headers["retry-after"] == "1"
    assert (await send(gated, PATH, "other")).status_code == 422
    gate.opened.set()
    again = await send(gated, PATH) if (await first).status_code == 201 else early
    assert again.content == (await first).content
    assert is_replayed(again)


async def test_a_lease_that_ran_out_goes_to_the_next_201(
    gated: Client, gate: Gate, stage: Stage
) -> None:
    """Who was too slow is told, and what it did is undone."""
    slow = asyncio.create_task(send(gated, PATH))
    await gate.reached.wait()
    await change(stage.database, lease_expires_at=now() - timedelta(seconds=1))
    second = await send(gated, PATH)
    assert second.status_code == 201
    gate.opened.set()
    assert ((await slow).status_code, (await slow).headers["retry-after"]) == (409, "1")
    assert [str(row["id"]) for row in await stage.rows(ROOM)] == [second.json()["id"]]
    assert (await send(gated, PATH)).content == second.content


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (RuntimeError("a mistake"), 500),
        (ApiError(Code.CONFLICT), 409),
        (Response(status_code=404), 404),
        (TRANSIENT, 201),
    ],
)
async def test_only_success_is_kept(
    gated: Client, gate: Gate, outcome: Exception | Response, status: int
) -> None:
    """Whatever else comes frees the key; a deadlock is tried again before anybody is answered."""
    gate.opened.set()
    gate.outcomes.append(outcome)
    assert (await send(gated, PATH)).status_code == status
    second = await send(gated, PATH)
    assert (second.status_code, is_replayed(second)) == (201, status == 201)


async def test_a_day_later_the_key_is_free_201(stage: Stage) -> None:
    person = await stage.sign_up()
    await send(person.client)
    await change(stage.database, created_at=now() - DAY + timedelta(minutes=1))
    assert is_replayed(await send(person.client))
    await change(stage.database, created_at=now() - DAY)
    answer = await send(person.client, name="another body")
    assert (answer.status_code, is_replayed(answer)) == (201, False)
    assert len(await stage.rows(ROOM)) == 2


async def test_pruning_takes_what_is_older_than_a_day(stage: Stage) -> None:
    person = await stage.sign_up()
    await send(person.client)
    for age, count in ((DAY - timedelta(minutes=1), 0), (DAY, 1), (DAY, 0)):
        await change(stage.database, created_at=now() - age)
        async with stage.database.begin() as session:
            assert await idempotency.prune(session) == count


async def test_who_lost_the_right_sees_no_answer_403(stage: Stage) -> None:
    """The room, and so the right to hang pieces in it, went to somebody else."""
    person, other = await stage.sign_up(), await stage.sign_up()
    room = await stage.store(ROOM, person)
    body = {json_name("room_id"): str(room["id"]), "title": "Lily"}
    headers = {"Idempotency-Key": "a-key"}
    for owner, status in ((person, 201), (person, 201), (other, 403)):
        mine: ColumnElement[bool] = ROOMS.table.c.id == room["id"]
        async with stage.database.begin() as session:
            await session.execute(update(ROOMS.table).where(mine).values(owner_id=owner.id))
        answer = await person.client.post(PIECE.path, json=body, headers=headers)
        assert answer.status_code == status


async def test_two_services_make_one_row_between_them(stage: Stage) -> None:
    """Each with connections of its own, as processes have."""
    person = await stage.sign_up()
    rooms = routes_of(ROOMS, "/museum-rooms", RoomCreate, RoomUpdate)
    async with serving(rooms) as second:
        second.headers.update(person.client.headers)
        clients = [person.client, second] * 10
        found = await asyncio.gather(*(send(client) for client in clients))
    assert {answer.status_code for answer in found} <= {201, 409}
    assert len(await stage.rows(ROOM)) == 1


async def test_a_key_outlives_a_change_of_the_secret(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await stage.sign_up()
    await send(person.client)
    old = get_settings().secret_key.get_secret_value()
    monkeypatch.setenv("SECRET_KEY", "another key that only tests use, of enough bytes")
    monkeypatch.setenv("SECRET_KEY_PREVIOUS", old)
    try:
        get_settings.cache_clear()
        assert is_replayed(await send(person.client))
    finally:
        get_settings.cache_clear()


async def test_a_key_of_nobody_400(gated: Client) -> None:
    answer = await send(gated, "/api/v1/open-gates")
    assert (answer.status_code, code(answer)) == (400, "INVALID_PARAMETER")
    assert "Idempotency-Key" in answer.json()["error"]["message"]
    assert (await gated.post("/api/v1/open-gates", json={})).status_code == 204


async def test_two_keys_400(stage: Stage) -> None:
    person = await stage.sign_up()
    headers = [("Idempotency-Key", "one"), ("Idempotency-Key", "two")]
    answer = await person.client.post(ROOM.path, json={"name": "Hall"}, headers=headers)
    assert answer.status_code == 400


async def test_a_key_of_an_account_that_is_gone_is_not_leased_409(stage: Stage) -> None:
    attempt = Attempt(uuid4(), "POST", ROOM.path, "a-key", {}, uuid4())
    with pytest.raises(ApiError) as refusal:
        await idempotency.claim(stage.database, attempt, 1)
    assert refusal.value.code is Code.CONFLICT
