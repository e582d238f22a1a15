"""Rows that cases need: bodies that are valid, and the rows that these refer to."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from stanchion.emitters.python_samples import value_of
from stanchion.views import Field, Relation, Resource
from tests.conformance.contract import Contract, path_of
from tests.conformance.exchange import Answer, Failure, NotRun
from tests.conformance.people import Person

Json = Any  # whatever JSON holds
TRIES = 20
_VARIETY = 9_999
"""Samples are made for so many numbers."""


@dataclass
class Row:
    """A row that a run made."""

    resource: Resource
    maker: Person
    answer: Answer
    sent: Mapping[str, Json]
    parents: Mapping[str, Row] = field(default_factory=dict)

    @property
    def json(self) -> dict[str, Json]:
        """The row as the create answered it."""
        found: dict[str, Json] = self.answer.json
        return found

    @property
    def id(self) -> str:
        """The row's id."""
        return str(self.json["id"])

    @property
    def path(self) -> str:
        """Where the row is."""
        return f"{path_of(self.resource)}/{self.id}"

    @property
    def etag(self) -> str:
        """The row's ETag when it was made."""
        return str(self.answer.headers["etag"])


def evaluated(expression: str, number: int = 0) -> Json:
    """Return the JSON value of a sample, which is written as Python."""
    names = {"dt": dt, "Decimal": Decimal, "UUID": UUID, "number": number}
    return _json(eval(expression, {"__builtins__": {"str": str, "int": int}}, names))


def _json(value: object) -> Json:
    match value:
        case Decimal():
            return format(value, "f")
        case dt.datetime():
            return value.isoformat().replace("+00:00", "Z")
        case dt.date() | UUID():
            return str(value)
        case _:
            return value


class Rows:
    """Makes rows by the service's own endpoints."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._numbers: defaultdict[str, itertools.count[int]] = defaultdict(itertools.count)

    def value(self, field: Field) -> Json:
        """Return a valid value of a field, another one each time where it has so many."""
        return evaluated(value_of(field), next(self._numbers[field.name]) % _VARIETY + 1)

    def required(self, resource: Resource) -> list[Field]:
        """Return the fields that a valid body names."""
        checked = {check.field for check in resource.checks}
        return [f for f in resource.fields if f.required or (f.creatable and f.name in checked)]

    def body(
        self, resource: Resource, maker: Person, *, full: bool = False
    ) -> tuple[dict[str, Json], dict[str, Row]]:
        """Return a body that ``maker`` may create a row from, and the rows that it names.

        A ``full`` one names every field and relation.
        """
        fields = [f for f in resource.fields if f.creatable] if full else self.required(resource)
        body = {f.json_name: self.value(f) for f in fields}
        parents: dict[str, Row] = {}
        for relation in resource.relations:
            if relation.to_self and relation.nullable:
                continue
            if relation.required or full or self._decides(resource, relation):
                self._refer(body, parents, relation, maker)
        return body, parents

    def _decides(self, resource: Resource, relation: Relation) -> bool:
        rules = (
            rule for method in resource.access.methods for rule in resource.access.rules(method)
        )
        return any(rule.relation == relation.name for rule in rules)

    def _refer(
        self, body: dict[str, Json], parents: dict[str, Row], relation: Relation, maker: Person
    ) -> None:
        if relation.to_user:
            body[relation.json_name] = maker.id
            return
        target = self._contract.specification.resource(relation.target)
        if not target.access.allows("create"):
            if relation.required:
                raise NotRun(f"no {target.name} can be made over HTTP")
            return
        parents[relation.name] = self.make(target, maker)
        body[relation.json_name] = parents[relation.name].id

    def make(self, resource: Resource, maker: Person, **values: Json) -> Row:
        """Make a row in ``maker``'s name; ``values`` are members by their name in the API.

        Raises ``Failure`` where it cannot be made, ``NotRun`` where no value is left for it.
        """
        return self.make_with(resource, maker, values)

    def make_with(
        self, resource: Resource, maker: Person, values: Mapping[str, Json], *, full: bool = False
    ) -> Row:
        """Do what ``make`` does, with ``values`` as a mapping and perhaps every member."""

        def send(body: Mapping[str, Json]) -> Answer:
            return maker.post(path_of(resource), body)

        return self.make_by(send, resource, maker, values, full=full)

    def make_by(
        self,
        send: Callable[[Mapping[str, Json]], Answer],
        resource: Resource,
        maker: Person,
        values: Mapping[str, Json] | None = None,
        *,
        full: bool = False,
    ) -> Row:
        """Do what ``make_with`` does, by another way to send a body."""
        for _ in range(TRIES):
            body, parents = self.body(resource, maker, full=full)
            body |= values or {}
            answer = send(body)
            if answer.status == 201:
                return Row(resource, maker, answer, body, parents)
            if answer.status != 409:  # a value may be taken by a row of an earlier run
                raise Failure(f"a valid {resource.name} cannot be made")
        raise NotRun(f"no unique value is left for {resource.name}")
