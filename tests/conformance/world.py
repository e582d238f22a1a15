"""All that a case has at hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from stanchion.views import Resource
from tests.conformance.contract import Contract
from tests.conformance.driver import Driver
from tests.conformance.exchange import NotRun, Service
from tests.conformance.oracle import Oracle
from tests.conformance.people import People, Person
from tests.conformance.rows import Row, Rows


@dataclass
class World:
    """One service, what it promised, and whom and what a run has made in it."""

    contract: Contract
    service: Service
    people: People
    driver: Driver | None = None

    @cached_property
    def rows(self) -> Rows:
        """What makes rows."""
        return Rows(self.contract)

    @cached_property
    def oracle(self) -> Oracle:
        """What knows who may do what."""
        return Oracle(self.contract)

    @property
    def anonymous(self) -> Person:
        """Nobody."""
        return self.people.anonymous()

    @property
    def maker(self) -> Person:
        """Somebody whom every rule lets in to his own rows."""
        return self.people.master() if self.contract.auth else self.anonymous

    def make(self, resource: Resource, **values: object) -> Row:
        """Make a row that is nobody else's concern."""
        return self.rows.make(resource, self.maker, **values)

    def driven(self) -> Driver:
        """Return the driver.

        Raises ``NotRun`` where this run has none.
        """
        if self.driver is None:
            raise NotRun("this takes a driver")
        return self.driver
