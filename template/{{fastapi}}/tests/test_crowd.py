"""Many more clients than connections make the service slow, never stuck."""

import asyncio

from src.config import get_settings
from tests.people import Person, SignUp

CROWD = 100
ROUNDS = 2


async def _visit(person: Person, number: int) -> list[int]:
    statuses = []
    for turn in range(ROUNDS):
        change = {"name": f"visit {number} turn {turn}"}
        statuses.append((await person.client.patch("/api/v1/auth/me", json=change)).status_code)
        statuses.append((await person.client.get("/api/v1/auth/me")).status_code)
    return statuses


async def test_a_hundred_clients_on_a_small_pool_are_all_answered_200(sign_up: SignUp) -> None:
    """Each reads and writes in turn; nobody waits for ever, and nobody is turned away."""
    assert get_settings().database_pool_size < CROWD
    people = [await sign_up() for _ in range(10)]
    visits = (_visit(people[number % len(people)], number) for number in range(CROWD))
    async with asyncio.timeout(60):
        found = await asyncio.gather(*visits)
    assert {status for statuses in found for status in statuses} == {200}
