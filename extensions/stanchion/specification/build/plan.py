"""Names and tables of every resource, worked out once and looked up by all other steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ... import naming
from ...views import Names
from ..language import LinkDefinition, ResourceDefinition

USER = "user"
"""The built-in resource that can be pointed to."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the steps of the build look up.

    Attributes:
        definitions: The resources as specified.
        names: The names of each, `user` too.
        tables: The table of each, `user` too.
        json_case: How clients spell members.
        with_accounts: Whether callers can be known at all.
    """

    definitions: Mapping[str, ResourceDefinition]
    names: Mapping[str, Names]
    tables: Mapping[str, str]
    json_case: str
    with_accounts: bool

    def json_name(self, snake: str) -> str:
        """Name a member as clients of this service see it.

        Args:
            snake: A snake_case name.

        Returns:
            The name in the casing that was chosen.
        """
        return naming.json_name(snake, self.json_case)


def make_names(singular: str, plural: str | None = None) -> Names:
    """Work out the names of a resource.

    Args:
        singular: Its name in the specification.
        plural: The plural, where it is given.

    Returns:
        The name in every form.
    """
    plural = plural or naming.pluralize(singular)
    return Names(
        singular=singular,
        plural=plural,
        class_name=naming.pascal(singular),
        path=naming.kebab(plural),
        singular_path=singular.replace("_", "-"),
        words=singular.replace("_", " "),
        words_plural=plural.replace("_", " "),
    )


def make_plan(
    definitions: Mapping[str, ResourceDefinition], json_case: str, with_accounts: bool
) -> Plan:
    """Work out names and tables.

    Args:
        definitions: The resources as specified.
        json_case: How clients spell members.
        with_accounts: Whether callers can be known at all.

    Returns:
        The plan that all other steps look into.
    """
    names = {name: make_names(name, d.plural) for name, d in definitions.items()}
    tables = {name: d.table or names[name].plural for name, d in definitions.items()}
    return Plan(
        definitions=definitions,
        names={**names, USER: make_names(USER)},
        tables={**tables, USER: "users"},
        json_case=json_case,
        with_accounts=with_accounts,
    )


def link_table(resource: str, name: str, definition: LinkDefinition) -> str:
    """Name the table between two resources.

    Args:
        resource: The resource that declares the link.
        name: The link's name.
        definition: The link as specified.

    Returns:
        The given name, else one such as `task_tags`.
    """
    return definition.table or naming.identifier(resource, naming.pluralize(name))
