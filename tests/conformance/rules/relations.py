"""Relations: what they may point to, and what a delete does to those that point."""

from __future__ import annotations

from collections.abc import Iterator

from stanchion.views import Link, Relation, Resource
from tests.conformance import expecting as expect
from tests.conformance.contract import API, Contract, path_of
from tests.conformance.exchange import NotRun
from tests.conformance.people import PASSWORD
from tests.conformance.registry import rule
from tests.conformance.rows import Json, Row
from tests.conformance.world import World

_UNKNOWN = "0190b8c8-7f3a-7c4e-8d21-3f0a5b6c7d8e"


def _relations(contract: Contract) -> Iterator[tuple[Resource, Relation]]:
    for resource in contract.offering("create"):
        for relation in resource.relations:
            yield resource, relation


def _links(contract: Contract) -> Iterator[tuple[Resource, Link]]:
    for resource in contract.offering("create", "get"):
        for link in resource.links:
            if link.to_user or contract.specification.resource(link.target).access.allows("create"):
                yield resource, link


def _target_ids(world: World, link: Link, count: int) -> list[str]:
    if link.to_user:
        return sorted(world.people.known(f"target{n}").id for n in range(count))
    target = world.contract.specification.resource(link.target)
    return sorted(world.make(target).id for _ in range(count))


@rule("relation.missing", _relations)
def missing(world: World, target: tuple[Resource, Relation]) -> None:
    """What a relation names must be there: 422 on that field, malformed ids too."""
    resource, relation = target
    body, _ = world.rows.body(resource, world.maker)
    path = path_of(resource)
    answer = world.maker.post(path, {**body, relation.json_name: _UNKNOWN})
    expect.field_error(answer, relation.json_name, "relation")
    malformed: list[Json] = ["1", 1, [], _UNKNOWN.replace("-", "")]
    for bad in malformed:
        answer = world.maker.post(path, {**body, relation.json_name: bad})
        expect.field_error(answer, relation.json_name, "uuid")
    answer = world.maker.post(path, {**body, relation.json_name: None})
    if relation.nullable:
        expect.holds(answer.status in (201, 403, 409), "a relation may be null")
    else:
        expect.field_error(answer, relation.json_name, "not_null")


@rule("relation.looked_up_last", _relations)
def looked_up_last(world: World, target: tuple[Resource, Relation]) -> None:
    """Relations are looked up when all else holds."""
    resource, relation = target
    body, _ = world.rows.body(resource, world.maker)
    answer = world.maker.post(
        path_of(resource), {**body, relation.json_name: _UNKNOWN, "nonsense": 1}
    )
    expect.field_error(answer, "nonsense", "unknown")


@rule("relation.unreadable", _relations)
def unreadable(world: World, target: tuple[Resource, Relation]) -> None:
    """What the caller may not read is not there for him: 422, as if it did not exist."""
    resource, relation = target
    if relation.to_user:
        return
    parent = world.contract.specification.resource(relation.target)
    if not parent.access.allows("create"):
        raise NotRun(f"no {parent.name} can be made over HTTP")
    other = world.people.known("other maker", *world.contract.named_roles)
    theirs = world.rows.make(parent, other)
    if world.oracle.may(world.maker, "get", theirs):
        return
    body, _ = world.rows.body(resource, world.maker)
    answer = world.maker.post(path_of(resource), {**body, relation.json_name: theirs.id})
    expect.field_error(answer, relation.json_name, "relation")


@rule(
    "relation.any_account",
    lambda contract: (pair for pair in _relations(contract) if pair[1].to_user),
)
def any_account(world: World, target: tuple[Resource, Relation]) -> None:
    """A reference to a user takes any account's id."""
    resource, relation = target
    person = world.people.stranger()
    row = world.rows.make_with(resource, world.maker, {relation.json_name: person.id})
    expect.equal(row.json[relation.json_name], person.id, relation.json_name)


@rule("links.whole", _links)
def whole(world: World, target: tuple[Resource, Link]) -> None:
    """A many-to-many relation is answered whole, in the order of ids, and replaced whole."""
    resource, link = target
    targets = _target_ids(world, link, 3)
    row = world.rows.make_with(resource, world.maker, {link.json_name: targets[::-1]})
    expect.equal(row.json[link.json_name], targets, link.json_name)
    expect.equal(world.maker.get(row.path).json[link.json_name], targets, link.json_name)
    if resource.access.allows("update"):
        for wanted in (targets[1:], [], targets[:1]):
            answer = expect.status(world.maker.patch(row.path, {link.json_name: wanted}), 200)
            expect.equal(answer.json[link.json_name], wanted, link.json_name)
        same = expect.status(world.maker.patch(row.path, {link.json_name: wanted}), 200)
        expect.equal(same.json, answer.json, "the row after a patch that changes nothing")


@rule("links.faults", _links)
def link_faults(world: World, target: tuple[Resource, Link]) -> None:
    """Ids are ids, none twice, each of something that the caller may read."""
    resource, link = target
    [known] = _target_ids(world, link, 1)
    body, _ = world.rows.body(resource, world.maker)
    wrong: list[tuple[object, str]] = [
        ("1", "ids"),
        ([1], "ids"),
        (["1"], "ids"),
        (None, "not_null"),
        ([known, known], "duplicates"),
        ([known, _UNKNOWN], "relation"),
    ]
    for bad, message in wrong:
        answer = world.maker.post(path_of(resource), {**body, link.json_name: bad})
        expect.error(answer, "VALIDATION_ERROR", None)
        expect.equal(
            [d["field"] for d in answer.json["error"]["details"]],
            [link.json_name],
            "the fields at fault",
        )
        if message in ("duplicates", "relation"):
            expect.field_error(answer, link.json_name, message)


@rule("links.hidden", _links)
def hidden_links(world: World, target: tuple[Resource, Link]) -> None:
    """An id that its writer may not read is as good as none, whatever is named beside it."""
    resource, link = target
    if link.to_user or not world.contract.auth:
        return
    person = world.people.stranger()
    other = world.contract.specification.resource(link.target)
    theirs = world.make(other)
    can_make = all(world.oracle.can_make(person, each) for each in (resource, other))
    if world.oracle.may(person, "get", theirs) or not can_make:
        return
    own = world.rows.make(other, person)
    body, _ = world.rows.body(resource, person)
    named = {link.json_name: [own.id, theirs.id]}
    answer = person.post(path_of(resource), {**body, **named})
    expect.field_error(answer, link.json_name, "relation")


def _pointing(contract: Contract) -> Iterator[tuple[Resource, Relation]]:
    for resource, relation in _relations(contract):
        if relation.to_user or not resource.access.allows("get"):
            continue
        target = contract.specification.resource(relation.target)
        if target.access.allows("delete") and target.access.allows("create"):
            yield resource, relation


def _pointing_rows(world: World, target: tuple[Resource, Relation]) -> tuple[Row, Row]:
    resource, relation = target
    parent = world.make(world.contract.specification.resource(relation.target))
    child = world.rows.make_with(resource, world.maker, {relation.json_name: parent.id})
    return parent, child


@rule("delete.restrict", lambda c: (pair for pair in _pointing(c) if pair[1].restricts))
def restrict(world: World, target: tuple[Resource, Relation]) -> None:
    """What others restrict is not deleted: 409, and both stay."""
    parent, child = _pointing_rows(world, target)
    expect.error(world.maker.delete(parent.path), "CONFLICT", message="in_use")
    expect.equal(expect.status(world.maker.get(child.path), 200).json, child.json, "the child")


@rule("delete.cascade", lambda c: (pair for pair in _pointing(c) if pair[1].cascades))
def cascade(world: World, target: tuple[Resource, Relation]) -> None:
    """What cascades goes with what it points to."""
    parent, child = _pointing_rows(world, target)
    answer = world.maker.delete(parent.path)
    if answer.status == 409:
        raise NotRun("something else restricts the delete")
    expect.status(answer, 204)
    expect.error(world.maker.get(child.path), "NOT_FOUND")


@rule("delete.set_null", lambda c: (pair for pair in _pointing(c) if pair[1].sets_null))
def set_null(world: World, target: tuple[Resource, Relation]) -> None:
    """What is emptied is a change of that row: null, and the next version."""
    _, relation = target
    parent, child = _pointing_rows(world, target)
    expect.status(world.maker.delete(parent.path), 204)
    answer = world.maker.get(child.path)
    if answer.status == 404 and relation.name in {
        rule.relation for rule in child.resource.access.get
    }:
        return  # without its parent nobody may read it
    row = expect.status(answer, 200).json
    expect.equal(row[relation.json_name], None, relation.json_name)
    expect.equal(row["version"], 2, "the version")


def _naming_accounts(contract: Contract) -> Iterator[tuple[Resource, Relation]]:
    for resource, relation in _relations(contract):
        if contract.auth and relation.to_user and relation.sets_null:
            yield resource, relation


@rule("delete.account", lambda c: (pair for pair in _naming_accounts(c) if _is_read(pair[0])))
def account(world: World, target: tuple[Resource, Relation]) -> None:
    """An account that is deleted is emptied from the rows that name it: the next version."""
    resource, relation = target
    person = world.people.new()
    row = world.rows.make_with(resource, world.maker, {relation.json_name: person.id})
    answer = person.request("DELETE", f"{API}/auth/me", body={"password": PASSWORD})
    expect.status(answer, 204)
    left = expect.status(world.maker.get(row.path), 200).json
    expect.equal(left[relation.json_name], None, relation.json_name)
    expect.equal(left["version"], 2, "the version")


def _is_read(resource: Resource) -> bool:
    return resource.access.allows("get")


@rule(
    "delete.unlinks",
    lambda c: (
        pair
        for pair in _links(c)
        if not pair[1].to_user and c.specification.resource(pair[1].target).access.allows("delete")
    ),
)
def unlinks(world: World, target: tuple[Resource, Link]) -> None:
    """A row that is deleted leaves the lists that named it, whose rows get the next version."""
    resource, link = target
    other = world.make(world.contract.specification.resource(link.target))
    row = world.rows.make_with(resource, world.maker, {link.json_name: [other.id]})
    expect.status(world.maker.delete(other.path), 204)
    found = expect.status(world.maker.get(row.path), 200).json
    expect.equal(found[link.json_name], [], link.json_name)
    expect.equal(found["version"], 2, "the version")
