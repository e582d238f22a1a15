"""What is wrong with a specification: one row a fault, with its place and what would do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault.

    Attributes:
        place: Where it stands, such as `resources.task.fields.title.max_length`.
        message: What is wrong.
        mend: What to write instead.
    """

    place: str
    message: str
    mend: str

    def __str__(self) -> str:
        """Give the fault as one line."""
        return f"{self.place}: {self.message}; {self.mend}"


class SpecificationError(ValueError):
    """A specification that is not valid, with every fault that was found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Collect faults; each is told once, in the order in which they were found.

        Args:
            faults: What is wrong; at least one.
        """
        self.faults = tuple(dict.fromkeys(faults))
        super().__init__(self.text)

    @property
    def text(self) -> str:
        """Every fault in one readable text."""
        if len(self.faults) == 1:
            return f"The specification has a fault.\n  {self.faults[0]}"
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        return f"The specification has {len(self.faults)} faults.\n{lines}"
