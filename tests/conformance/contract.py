"""What a run is told of a service: its specification and the answers it was generated from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from stanchion.naming import json_name
from stanchion.specification import Specification, load_specification
from stanchion.views import Resource

API = "/api/v1"


@dataclass(frozen=True)
class Contract:
    """The promises that a service makes: all that cases are derived from."""

    specification: Specification
    auth: tuple[str, ...]
    database: str
    answers: Mapping[str, Any]  # as Copier recorded them

    @classmethod
    def of(cls, answers_file: Path) -> Contract:
        """Read the answers that Copier recorded in a project.

        Raises ``SpecificationError`` where their specification is not valid.
        """
        answers = yaml.safe_load(answers_file.read_text(encoding="utf-8"))
        auth = tuple(answers["auth"])
        specification = load_specification(
            answers["resources"], auth=auth, json_case=answers["json_case"]
        )
        return cls(specification, auth, answers["database"], answers)

    @property
    def resources(self) -> tuple[Resource, ...]:
        """Every resource."""
        return self.specification.resources

    @property
    def named_roles(self) -> tuple[str, ...]:
        """The roles that some rule names."""
        rules = (
            rule
            for resource in self.resources
            for method in resource.access.methods
            for rule in resource.access.rules(method)
        )
        return tuple(sorted({rule.role for rule in rules if rule.role is not None}))

    @property
    def with_idempotency(self) -> bool:
        """Whether creates can be repeated safely."""
        return bool(self.answers.get("idempotency"))

    def offering(self, *methods: str) -> Iterator[Resource]:
        """Yield the resources that have all of ``methods``."""
        for resource in self.resources:
            if all(resource.access.allows(method) for method in methods):
                yield resource

    def json_name(self, name: str) -> str:
        """Return a snake_case name as clients spell it."""
        return json_name(name, self.specification.json_case)


def path_of(resource: Resource) -> str:
    """Return the path of a resource's list."""
    return f"{API}/{resource.names.path}"


Targets = Callable[[Contract], Iterator[Any]]  # each rule's cases have a type of their own
