"""Writers at the same moment: one wins and the others are told."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from stanchion.views import Resource, Unique
from tests.conformance import expecting as expect
from tests.conformance.contract import Contract, path_of
from tests.conformance.exchange import Answer
from tests.conformance.registry import rule
from tests.conformance.rules.conflicts import unique_values
from tests.conformance.rules.etags import CHANGED, a_change
from tests.conformance.world import World

WRITERS = 20


def _statuses(answers: list[Answer]) -> list[int]:
    return sorted(answer.status for answer in answers)


@rule("race.version", CHANGED)
def version(world: World, resource: Resource) -> None:
    """Of writers with one version, or one ETag, a single one wins; the others get 409, or 412."""
    for by_header in (False, True):
        row = world.make(resource)
        changes = [a_change(world, row) for _ in range(WRITERS)]

        def write(number: int, by_header: bool = by_header) -> Answer:
            change = changes[number]  # noqa: B023 - called before the next round
            if by_header:
                return world.maker.patch(row.path, change, if_match=row.etag)  # noqa: B023
            return world.maker.patch(row.path, {**change, "version": 1})  # noqa: B023

        with ThreadPoolExecutor(WRITERS) as pool:
            answers = list(pool.map(write, range(WRITERS)))
        told = 412 if by_header else 409
        expect.equal(_statuses(answers), [200] + [told] * (WRITERS - 1), "the statuses")
        if resource.access.allows("get"):
            expect.equal(world.maker.get(row.path).json["version"], 2, "the version")


@rule("race.unprotected", CHANGED)
def unprotected(world: World, resource: Resource) -> None:
    """Without a precondition all succeed, and each change counts."""
    row = world.make(resource)
    changes = [a_change(world, row) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda change: world.maker.patch(row.path, change), changes))
    for answer in answers:
        expect.status(answer, 200)
    last = world.maker.get(row.path).json
    expect.equal(last["version"], max(a.json["version"] for a in answers), "the version")


def _uniques(contract: Contract) -> Iterator[tuple[Resource, Unique]]:
    for resource in contract.offering("create"):
        for unique in resource.uniques:
            sent = {member.json_name for member in resource.create_members}
            if unique.members and set(unique.members) <= sent:
                yield resource, unique


@rule("race.unique", _uniques)
def unique(world: World, target: tuple[Resource, Unique]) -> None:
    """Of writers who want one value a single one has it; the others get 409."""
    resource, constraint = target
    values = unique_values(world, resource, constraint)
    if values is None:
        return
    bodies = [{**world.rows.body(resource, world.maker)[0], **values} for _ in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as pool:
        answers = list(pool.map(lambda body: world.maker.post(path_of(resource), body), bodies))
    expect.equal(_statuses(answers), [201] + [409] * (WRITERS - 1), "the statuses")
    wanted = [(name, expect.told("taken")) for name in constraint.members]
    for answer in answers:
        if answer.status == 409:
            expect.error(answer, "CONFLICT", wanted)
