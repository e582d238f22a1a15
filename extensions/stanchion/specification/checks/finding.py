"""What checks look at and what they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ..build.plan import Plan
from ..language import ResourceDefinition
from ..words import Path


class Finding(NamedTuple):
    """A fault, with its place as a path.

    Attributes:
        path: Where it stands.
        message: What is wrong.
        mend: What to write instead.
        lacks: Whether it is about something missing, which a damaged part may have had.
    """

    path: Path
    message: str
    mend: str
    lacks: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """What is checked.

    Attributes:
        plan: Names and tables of the well-formed resources.
        written: Every field and relation that was written, by resource, well-formed or not.
    """

    plan: Plan
    written: Mapping[str, frozenset[str]]

    @property
    def definitions(self) -> Mapping[str, ResourceDefinition]:
        """The well-formed resources."""
        return self.plan.definitions

    @property
    def with_accounts(self) -> bool:
        """Whether callers can be known at all."""
        return self.plan.with_accounts

    def is_resource(self, name: str) -> bool:
        """Tell whether something can be pointed to.

        Args:
            name: A resource's name.

        Returns:
            True for `user` and for what was written, well-formed or not.
        """
        return name == "user" or name in self.written
