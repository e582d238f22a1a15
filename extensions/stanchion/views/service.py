"""The whole specification, worked out."""

from __future__ import annotations

from dataclasses import dataclass

from .resource import Resource


@dataclass(frozen=True, slots=True)
class Specification:
    """What a service's data is.

    Attributes:
        resources: Its resources, targets before those that point to them.
        roles: Every role that a rule names, and `admin`, sorted.
        json_case: How clients spell members: `snake` or `camel`.
    """

    resources: tuple[Resource, ...]
    roles: tuple[str, ...]
    json_case: str

    def resource(self, name: str) -> Resource:
        """Find a resource.

        Args:
            name: Its name in the specification.

        Returns:
            The resource.

        Raises:
            KeyError: There is none of that name.
        """
        return {resource.name: resource for resource in self.resources}[name]

    @property
    def is_empty(self) -> bool:
        """Whether the service has accounts only."""
        return not self.resources

    @property
    def is_camel(self) -> bool:
        """Whether clients spell members in camelCase."""
        return self.json_case == "camel"
