"""What a document is held against, and the service that stands by it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.conformance.contract import API, Contract
from tests.conformance.databases import fresh_database
from tests.conformance.driver import ProjectDriver
from tests.conformance.exchange import Failure, NotRun
from tests.conformance.people import People, Person
from tests.conformance.world import World
from tests.openapi import fuzzing, spectral, validity
from tests.openapi.fuzzing import Amount, Callers

# No run lasts so long.
_HOURS = {"ACCESS_TOKEN_SECONDS": "14400", "LOG_LEVEL": "warning"}


@dataclass
class Target:
    """A service that runs, and how much of it is tried."""

    world: World
    folder: Path
    amount: Amount

    @cached_property
    def document(self) -> dict[str, Any]:
        """What the service says of itself."""
        found: dict[str, Any] = self.world.anonymous.get(f"{API}/openapi.json").json
        return found


@contextmanager
def serving(project: Path, amount: Amount, database_url: str | None = None) -> Iterator[Target]:
    """Run the service of a project on an empty database."""
    contract = Contract.of(project / ".copier-answers.yml")
    with ExitStack() as stack:
        url = database_url or stack.enter_context(fresh_database(contract.database))[0]
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        driver = ProjectDriver(project, folder, {"DATABASE_URL": url, **_HOURS})
        stack.callback(driver.close)
        driver.migrate()
        people = People(driver.serve(), contract.named_roles, driver.grant)
        yield Target(World(contract, driver.serve(), people, driver), folder, amount)


def _validity(target: Target) -> Iterator[str]:
    yield from validity.faults(target.document)


def _spectral(target: Target) -> Iterator[str]:
    yield from spectral.faults(target.document, target.folder)


def _fuzzing(target: Target) -> Iterator[str]:
    callers = _callers(target.world) if target.world.contract.auth else Callers()
    address = target.world.service.address
    yield from fuzzing.faults(address, callers, target.folder, target.amount)


def _callers(world: World) -> Callers:
    """Return two accounts that have rows of their own, and one that every role was granted."""
    peers = [world.people.known(f"peer {number}") for number in (1, 2)]
    others = [world.people.master()] if world.contract.named_roles else []
    for person in [*peers, *others]:
        _give_rows(world, person)
    return Callers(peers, others)


def _give_rows(world: World, person: Person) -> None:
    for resource in world.contract.offering("create"):
        try:
            world.rows.make(resource, person)
        except (Failure, NotRun):
            continue  # a role that this account lacks makes them


Check = Callable[[Target], Iterator[str]]

CHECKS: Mapping[str, Check] = {
    "validity": _validity,
    "spectral": _spectral,
    "fuzzing": _fuzzing,
}
"""What yields the faults of a service, by name."""
