"""Values that no two rows share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stanchion.views import Resource, Unique
from tests.conformance import expecting as expect
from tests.conformance.contract import Contract, path_of
from tests.conformance.registry import rule
from tests.conformance.rows import Row
from tests.conformance.world import World


def _uniques(contract: Contract) -> Iterator[tuple[Resource, Unique]]:
    for resource in contract.offering("create"):
        for unique in resource.uniques:
            if unique.members and all(_is_sent(resource, name) for name in unique.members):
                yield resource, unique


def _is_sent(resource: Resource, json_name: str) -> bool:
    return any(member.json_name == json_name for member in resource.create_members)


def _row(world: World, resource: Resource, unique: Unique) -> Row:
    """Return a row that has a value in all members of ``unique``."""
    body, parents = world.rows.body(resource, world.maker, full=True)
    kept = {name: body[name] for name in unique.members if name in body}
    row = world.rows.make_with(resource, world.maker, {})
    if all(row.sent.get(name) is not None for name in unique.members):
        return row
    made = world.rows.make_with(resource, world.maker, kept)
    made.parents = {**made.parents, **parents}
    return made


def _name(target: tuple[Resource, Unique]) -> str:
    return f"{target[0].name} {','.join(target[1].fields)}"


@rule("unique.create", _uniques)
def on_create(world: World, target: tuple[Resource, Unique]) -> None:
    """A taken value is 409, which names each field of the tuple."""
    resource, unique = target
    row = _row(world, resource, unique)
    values: dict[str, Any] = {name: row.sent.get(name) for name in unique.members}
    if None in values.values():
        return
    body, _ = world.rows.body(resource, world.maker)
    answer = world.maker.post(path_of(resource), {**body, **values})
    wanted = [(name, expect.told("taken")) for name in unique.members]
    expect.error(answer, "CONFLICT", wanted)


@rule("unique.update", lambda c: (p for p in _uniques(c) if p[0].access.allows("update")))
def on_update(world: World, target: tuple[Resource, Unique]) -> None:
    """The same holds for a patch; a row's own value is no conflict."""
    resource, unique = target
    row, other = _row(world, resource, unique), _row(world, resource, unique)
    updatable = {member.json_name for member in resource.update_members}
    values = {name: row.sent.get(name) for name in unique.members}
    if None in values.values() or not set(values) <= updatable:
        return
    expect.status(world.maker.patch(row.path, values), 200)
    wanted = [(name, expect.told("taken")) for name in unique.members]
    expect.error(world.maker.patch(other.path, values), "CONFLICT", wanted)


@rule("unique.nulls", lambda c: (p for p in _uniques(c) if _empty(p)))
def nulls(world: World, target: tuple[Resource, Unique]) -> None:
    """Nulls never collide."""
    row = world.rows.make_with(target[0], world.maker, _empty(target))
    shared = {n: row.sent.get(n) for n in target[1].members if row.sent.get(n) is not None}
    body, _ = world.rows.body(target[0], world.maker)
    answer = world.maker.post(path_of(target[0]), {**body, **shared, **_empty(target)})
    expect.status(answer, 201)


def _empty(target: tuple[Resource, Unique]) -> dict[str, None]:
    resource, unique = target
    checked = {check.json_name for check in resource.checks}
    return {
        field.json_name: None
        for field in resource.fields
        if field.json_name in unique.members and field.nullable and field.json_name not in checked
    }


def _owned(contract: Contract) -> Iterator[tuple[Resource, Unique]]:
    for resource, unique in _uniques(contract):
        if "owner" in unique.fields and len(unique.members) == 1:
            yield resource, unique


@rule("unique.per_owner", _owned)
def per_owner(world: World, target: tuple[Resource, Unique]) -> None:
    """What is unique for an owner may be another owner's too."""
    resource, unique = target
    row = _row(world, resource, unique)
    [name] = unique.members
    other = world.people.new(*world.contract.named_roles)
    body, _ = world.rows.body(resource, other)
    answer = other.post(path_of(resource), {**body, name: row.sent[name]})
    expect.status(answer, 201)


def unique_values(world: World, resource: Resource, unique: Unique) -> dict[str, Any] | None:
    """Return values of ``unique`` that no row has; None where one of them would be null."""
    row = _row(world, resource, unique)
    values: dict[str, Any] = {}
    for field in resource.fields:
        if field.json_name in unique.members:
            values[field.json_name] = world.rows.value(field)
    for relation in resource.relations:
        if relation.json_name in unique.members:
            values[relation.json_name] = row.sent.get(relation.json_name)
            if not any(field.json_name in unique.members for field in resource.fields):
                other = world.rows.body(resource, world.maker)[0]
                values[relation.json_name] = other.get(relation.json_name)
    return None if None in values.values() else values
