"""Who may do what: each rule, each method, each kind of caller."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stanchion.views import Relation, Resource
from tests.conformance import expecting as expect
from tests.conformance.contract import Contract, path_of
from tests.conformance.exchange import Answer, Failure
from tests.conformance.people import Person
from tests.conformance.registry import rule
from tests.conformance.rows import Row
from tests.conformance.world import World

_SUCCESS = {"list": 200, "get": 200, "create": 201, "update": 200, "delete": 204}
_CODES = {401: "UNAUTHENTICATED", 403: "FORBIDDEN", 404: "NOT_FOUND"}
_UNKNOWN = "0190b8c8-7f3a-7c4e-8d21-3f0a5b6c7d8e"


@dataclass(frozen=True)
class Attempt:
    """Somebody who tries a method on a resource."""

    resource: Resource
    method: str
    who: str

    @property
    def name(self) -> str:
        """The attempt in words."""
        return f"{self.who} {self.method} {self.resource.name}"


def _attempts(contract: Contract) -> Iterator[Attempt]:
    callers = ["anonymous"]
    if contract.auth:
        callers += ["stranger", *(f"role:{role}" for role in contract.named_roles)]
    for resource in contract.offering("create"):
        for method in resource.access.methods:
            for who in callers:
                yield Attempt(resource, method, who)


def caller(world: World, who: str) -> Person:
    """Return the person of that kind."""
    kind, _, role = who.partition(":")
    if kind == "anonymous":
        return world.anonymous
    return world.people.known(who, role) if role else world.people.stranger()


@rule("access.method", _attempts)
def method(world: World, attempt: Attempt) -> None:
    """Each method answers each caller as the rules of the resource say: 401, 403, 404, success."""
    person = caller(world, attempt.who)
    if attempt.method in ("list", "create"):
        _try_whole(world, attempt, person)
    else:
        _try_row(world, attempt, person)


def _try_whole(world: World, attempt: Attempt, person: Person) -> None:
    resource = attempt.resource
    if attempt.method == "create":
        _try_create(world, resource, person)
        return
    refused = 401 if person.is_anonymous else 403
    can = world.oracle.can(person, resource, "list")
    _expect(person.get(path_of(resource)), 200 if can else refused)


def _try_create(world: World, resource: Resource, person: Person) -> None:
    """A parent that is hidden is 422, one that is readable but not changeable 403."""
    body, parents = world.rows.body(resource, world.maker)
    answer = person.post(path_of(resource), body)
    if not world.oracle.can(person, resource, "create"):
        _expect(answer, 401 if person.is_anonymous else 403)
        return
    hidden = [
        (relation.json_name, expect.told("relation"))
        for relation in resource.relations
        if relation.name in parents and not world.oracle.may(person, "get", parents[relation.name])
    ]
    if hidden:
        expect.error(answer, "VALIDATION_ERROR", hidden)
    else:
        row = Row(resource, person, answer, body, parents)
        _expect(answer, 201 if world.oracle.may(person, "create", row) else 403)


def _try_row(world: World, attempt: Attempt, person: Person) -> None:
    row = world.make(attempt.resource)
    wanted = world.oracle.status(person, attempt.method, row, _SUCCESS[attempt.method])
    _expect(_ask(person, attempt.method, row.path), wanted)
    if wanted >= 400 and attempt.resource.access.allows("get"):
        expect.equal(world.maker.get(row.path).json, row.json, "the row")


def _ask(person: Person, method: str, path: str) -> Answer:
    if method == "get":
        return person.get(path)
    return person.patch(path, {}) if method == "update" else person.delete(path)


def _expect(answer: Answer, status: int) -> None:
    if status in _CODES:
        expect.error(answer, _CODES[status])
    else:
        expect.status(answer, status)
    if status == 401:
        expect.holds(answer.headers.get("www-authenticate"), "WWW-Authenticate is missing")


def _listed(contract: Contract) -> Iterator[Attempt]:
    for attempt in _attempts(contract):
        if attempt.method == "list":
            yield attempt


@rule("access.lists_leak_nothing", _listed)
def lists_leak_nothing(world: World, attempt: Attempt) -> None:
    """A list never holds a row that its reader may not read, whatever is asked for."""
    resource, person = attempt.resource, caller(world, attempt.who)
    if not world.oracle.can(person, resource, "list"):
        return
    row = world.make(resource)
    may = world.oracle.may(person, "list", row)
    queries: list[dict[str, str]] = [{}]
    queries += [{"sort": f"-{f.json_name}"} for f in resource.sorts[:1]]
    for field in resource.filters:
        value = row.json[field.json_name]
        if value is not None:
            text = str(value).lower() if isinstance(value, bool) else str(value)
            queries.append({field.json_name: text})
    for query in queries:
        answer = expect.status(person.get(path_of(resource), limit=100, **query), 200)
        seen = row.id in [entry["id"] for entry in answer.json["data"]]
        if not may:
            expect.holds(not seen, f"a row is shown to {attempt.who} by {query}")
        elif not query:
            expect.holds(seen, f"a row is hidden from {attempt.who}")


def _with_owner(contract: Contract) -> Iterator[Resource]:
    for resource in contract.offering("create"):
        if resource.owned and contract.auth:
            yield resource


@rule("access.own_rows", _with_owner)
def own_rows(world: World, resource: Resource) -> None:
    """An owner without any role does with his own rows what the rules of owners say."""
    owner = world.people.known("owner")
    row = _row_of(world, resource, owner)
    if row is None:
        return
    for method in ("get", "update", "delete"):
        if resource.access.allows(method):
            wanted = world.oracle.status(owner, method, row, _SUCCESS[method])
            _expect(_ask(owner, method, row.path), wanted)


def _row_of(world: World, resource: Resource, owner: Person) -> Row | None:
    """Return a row of somebody without roles, under rows of others where he can make none."""
    try:
        return world.rows.make(resource, owner)
    except Failure:
        body, parents = world.rows.body(resource, world.maker)
    answer = owner.post(path_of(resource), body)
    row = Row(resource, owner, answer, body, parents)
    sees = all(world.oracle.may(owner, "get", parent) for parent in parents.values())
    if not sees or not world.oracle.may(owner, "create", row):
        return None
    expect.status(answer, 201)
    return row


@rule("access.unknown_row", lambda contract: iter(contract.offering("get", "create")))
def unknown_row(world: World, resource: Resource) -> None:
    """What is hidden answers as what is not there, to the byte."""
    row = world.make(resource)
    person = world.people.stranger() if world.contract.auth else world.anonymous
    if world.oracle.may(person, "get", row) or not world.oracle.can(person, resource, "get"):
        return
    hidden = expect.error(person.get(row.path), "NOT_FOUND")
    absent = expect.error(person.get(f"{path_of(resource)}/{_UNKNOWN}"), "NOT_FOUND")
    expect.equal(hidden.body, absent.body, "the body")


def _moves(contract: Contract) -> Iterator[tuple[Resource, Relation]]:
    for resource in contract.offering("create", "update"):
        named = {rule.relation for rule in resource.access.update if rule.is_parent}
        for relation in resource.relations:
            if relation.name in named and not relation.to_user:
                yield resource, relation


@rule("access.move", _moves)
def move(world: World, target: tuple[Resource, Relation]) -> None:
    """A move takes the right to change both parents: 403, or 422 where the new one is hidden."""
    resource, relation = target
    if {rule.kind for rule in resource.access.update} != {"parent"}:
        return
    for roles in ((), world.contract.named_roles):
        mover = world.people.known("mover", *roles)
        if world.oracle.can_make(mover, resource):
            _try_move(world, mover, world.rows.make(resource, mover), relation)


def _try_move(world: World, mover: Person, row: Row, relation: Relation) -> None:
    theirs = world.make(world.contract.specification.resource(relation.target))
    answer = mover.patch(row.path, {relation.json_name: theirs.id})
    if not world.oracle.may(mover, "get", theirs):
        expect.field_error(answer, relation.json_name, "relation")
    elif not world.oracle.may(mover, "update", theirs):
        expect.error(answer, "FORBIDDEN")
