"""What is wrong with a specification: one row a fault, with its place and what would do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def describe(what: str, faults: Sequence[Fault]) -> str:
    """Tell all faults in one readable text.

    Args:
        what: What has them, such as `The specification has`.
        faults: What is wrong; at least one.

    Returns:
        A line on how many there are, and a line for each.
    """
    count = "a fault" if len(faults) == 1 else f"{len(faults)} faults"
    return "\n".join([f"{what} {count}.", *(f"  {fault}" for fault in faults)])


class SpecificationError(ValueError):
    """A specification that is not valid, with every fault that was found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Collect faults; each is told once, in the order in which they were found.

        Args:
            faults: What is wrong; at least one.
        """
        self.faults = tuple(dict.fromkeys(faults))
        self.text = describe("The specification has", self.faults)
        super().__init__(self.text)
