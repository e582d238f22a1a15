"""Creates that may be sent again."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from stanchion.views import Resource
from tests.conformance import expecting as expect
from tests.conformance.contract import Contract, path_of
from tests.conformance.exchange import Answer
from tests.conformance.people import Person
from tests.conformance.registry import rule
from tests.conformance.rows import Json
from tests.conformance.world import World

_REPLAYED = "idempotency-replayed"


def _created(contract: Contract) -> Iterator[Resource]:
    if contract.with_idempotency and contract.auth:
        yield from contract.offering("create")


def _post(
    person: Person, resource: Resource, body: Json, key: str, path: str | None = None
) -> Answer:
    headers = {"Idempotency-Key": key}
    return person.request("POST", path or path_of(resource), body=body, headers=headers)


def _key() -> str:
    return secrets.token_hex(12)


@rule("idempotency.replay", _created)
def replay(world: World, resource: Resource) -> None:
    """The same key and body answer the first answer again, to the byte, and make no second row."""
    key = _key()
    row = world.rows.make_by(
        lambda body: _post(world.maker, resource, body, key), resource, world.maker
    )
    expect.equal(row.answer.headers.get(_REPLAYED), None, "Idempotency-Replayed")
    reordered = dict(reversed(list(row.sent.items())))
    again = expect.status(_post(world.maker, resource, reordered, key), 201)
    expect.equal(again.headers.get(_REPLAYED), "true", "Idempotency-Replayed")
    expect.equal(again.body, row.answer.body, "the body")
    for name in ("location", "etag", "content-type"):
        expect.equal(again.headers.get(name), row.answer.headers.get(name), name)


@rule("idempotency.replay_stands", lambda c: (r for r in _created(c) if r.access.allows("update")))
def replay_stands(world: World, resource: Resource) -> None:
    """What has become of the row meanwhile does not change the answer."""
    key = _key()
    row = world.rows.make_by(
        lambda body: _post(world.maker, resource, body, key), resource, world.maker
    )
    if resource.access.allows("delete"):
        expect.status(world.maker.delete(row.path), 204)
    again = expect.status(_post(world.maker, resource, dict(row.sent), key), 201)
    expect.equal(again.body, row.answer.body, "the body")


@rule("idempotency.other_body", _created)
def other_body(world: World, resource: Resource) -> None:
    """The same key with another body is 422 IDEMPOTENCY_KEY_REUSED."""
    key = _key()
    world.rows.make_by(lambda body: _post(world.maker, resource, body, key), resource, world.maker)
    body, _ = world.rows.body(resource, world.maker, full=True)
    expect.error(_post(world.maker, resource, body, key), "IDEMPOTENCY_KEY_REUSED")


@rule("idempotency.failure_frees", _created)
def failure_frees(world: World, resource: Resource) -> None:
    """An answer that is no success frees its key."""
    key = _key()
    answer = _post(world.maker, resource, {"nonsense": 1}, key)
    expect.error(answer, "VALIDATION_ERROR", None)
    row = world.rows.make_by(
        lambda body: _post(world.maker, resource, body, key), resource, world.maker
    )
    expect.equal(row.answer.headers.get(_REPLAYED), None, "Idempotency-Replayed")


@rule("idempotency.own_keys", _created)
def own_keys(world: World, resource: Resource) -> None:
    """Keys belong to their caller: another one's are no concern of his."""
    key, other = _key(), world.people.known("other maker", *world.contract.named_roles)
    first = world.rows.make_by(
        lambda body: _post(world.maker, resource, body, key), resource, world.maker
    )
    second = world.rows.make_by(lambda body: _post(other, resource, body, key), resource, other)
    expect.holds(first.id != second.id, "one caller is answered another's row")
    expect.equal(second.answer.headers.get(_REPLAYED), None, "Idempotency-Replayed")


@rule("idempotency.key_syntax", _created)
def key_syntax(world: World, resource: Resource) -> None:
    """A key has 1 to 255 visible ASCII characters, else 400."""
    body, _ = world.rows.body(resource, world.maker)
    for bad in ("", "x" * 256, "a b", "a\tb"):
        answer = _post(world.maker, resource, body, bad)
        expect.error(answer, "INVALID_PARAMETER", None)
    world.rows.make_by(
        lambda body: _post(world.maker, resource, body, _key().ljust(255, "~")),
        resource,
        world.maker,
    )


@rule(
    "idempotency.anonymous",
    lambda c: (r for r in _created(c) if any(rule.is_public for rule in r.access.create)),
)
def anonymous(world: World, resource: Resource) -> None:
    """Without a caller a key is 400."""
    body, _ = world.rows.body(resource, world.maker)
    expect.error(_post(world.anonymous, resource, body, _key()), "INVALID_PARAMETER", None)


@rule("idempotency.race", _created)
def race(world: World, resource: Resource) -> None:
    """Of 20 at once one makes the row; the others replay it or are told to come back: 409."""
    key = _key()
    body, _ = world.rows.body(resource, world.maker)
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: _post(world.maker, resource, body, key), range(20)))
    made = [answer for answer in answers if answer.status == 201]
    expect.holds(made, "nobody made the row")
    expect.equal(len({answer.body for answer in made}), 1, "the count of distinct rows")
    fresh = [answer for answer in made if _REPLAYED not in answer.headers]
    expect.equal(len(fresh), 1, "the count of first answers")
    for answer in answers:
        if answer.status != 201:
            expect.error(answer, "CONFLICT", None)
            expect.equal(answer.headers.get("retry-after"), "1", "Retry-After")
    again = expect.status(_post(world.maker, resource, body, key), 201)
    expect.equal(again.body, made[0].body, "the body")


@rule(
    "idempotency.not_offered", lambda c: (r for r in c.offering("create") if not c.with_idempotency)
)
def not_offered(world: World, resource: Resource) -> None:
    """Where the choice is off, the header is not looked at."""
    for _ in range(2):
        world.rows.make_by(
            lambda body: _post(world.maker, resource, body, "key"), resource, world.maker
        )
