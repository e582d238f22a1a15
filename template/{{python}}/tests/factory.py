"""What tests know of a resource: values for its fields, and what must be answered for them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any, NamedTuple

import orjson
from sqlalchemy.orm import DeclarativeBase

from src.contract.casing import json_name, json_names
from src.contract.encoding import to_json
from src.contract.messages import MESSAGES
from src.contract.tables import Link

Values = dict[str, Any]  # values are of any type that a column has
Answer = dict[str, Any]  # any JSON

# Values are valid for each of these numbers; no test makes as many rows.
_numbers: Iterator[int] = cycle(range(1, 10_000))


class Accepted(NamedTuple):
    """A value that a field takes, and how it is answered."""

    attribute: str
    given: object
    answered: object


class Refused(NamedTuple):
    """A value that a field does not take, and the message that says why."""

    attribute: str
    given: object
    message: str
    parameters: Mapping[str, str]

    @property
    def fault(self) -> dict[str, str]:
        """What the answer says of the field."""
        return {json_name(self.attribute): MESSAGES[self.message].format(**self.parameters)}


class Relation(NamedTuple):
    """A key to another resource, and what becomes of the row when that one is deleted."""

    target: str
    on_delete: str
    required: bool


@dataclass(frozen=True)
class Factory:
    """All that tests need to know of one resource. Members are named as code names them."""

    path: str
    model: type[DeclarativeBase]
    values: Callable[[int], Values]
    """Makes a valid value for each field, other ones for each number."""
    members: Sequence[str]
    """What a representation lists, in order."""
    server_made: Sequence[str]
    nothing: Values = field(default_factory=dict)
    """Null wherever it may be, and what must hold then."""
    defaults: Values = field(default_factory=dict)
    """What a create answers for the fields that it leaves out."""
    required: Sequence[str] = ()
    filters: Sequence[str] = ()
    comparable: Sequence[str] = ()
    sorts: Sequence[str] = ()
    searched: Sequence[str] = ()
    uniques: Sequence[Sequence[str]] = ()
    ordered_texts: Sequence[str] = ()
    """The texts among the sorts that may hold any letters."""
    relations: Mapping[str, Relation] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)
    linked: Mapping[str, str] = field(default_factory=dict)
    """The resource that each many-to-many relation leads to."""
    accepted: Sequence[Accepted] = ()
    refused: Sequence[Refused] = ()
    broken_rules: Sequence[tuple[Values, str]] = ()
    """Members that do not go together, and the one to blame."""
    capacity: int = 5
    """How many rows can be made in a row before a unique value comes again, at most five."""

    def fresh(self) -> Values:
        """Return values that no other row has."""
        return self.values(next(_numbers))

    def fresh_json(self) -> Answer:
        """Return the members of a body with values that no other row has."""
        values = self.fresh()
        return as_json({name: values[name] for name in values if name not in self.server_made})

    def shown(self, row: Values) -> Answer:
        """Return the representation that a row must have."""
        return as_json({name: row[name] for name in self.members})

    @property
    def is_owned(self) -> bool:
        """Whether rows belong to who creates them."""
        return "owner_id" in self.model.__mapper__.columns


KNOWN: dict[str, Factory] = {}
"""Every factory by the name that relations call it by: whoever makes one puts it here."""


def as_json(values: Values) -> Answer:
    """Return ``values`` as clients send and get them."""
    members: Answer = orjson.loads(to_json(dict(json_names(values))))
    return members


def names(attributes: Sequence[str]) -> list[str]:
    """Return the clients' names of ``attributes``."""
    return [json_name(attribute) for attribute in attributes]
