"""What changes between the specification on record and the new one, and what that risks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..specification import Fault, Specification
from .kinds import KINDS, REFUSED, Change, Kind, Risk
from .resources import resource_changes

__all__ = ["KINDS", "Change", "Kind", "Risk", "find_changes", "refusals", "warnings"]


def find_changes(
    old: Specification,
    new: Specification,
    recorded: Mapping[str, Any],
    answers: Mapping[str, Any],
) -> list[Change]:
    """Compare a project as it is on record with the project as it is to be.

    Args:
        old: The specification on record.
        new: The specification as it is to be.
        recorded: The answers on record.
        answers: The new answers: `framework`, `database`, `auth` and `json_case`.

    Returns:
        Every change that matters to data, safe ones too.
    """
    return [*_answer_changes(recorded, answers), *resource_changes(old, new)]


def _answer_changes(recorded: Mapping[str, Any], answers: Mapping[str, Any]) -> Iterator[Change]:
    for name, kind in (
        ("framework", "framework"),
        ("database", "database"),
        ("json_case", "json case"),
    ):
        old, new = recorded.get(name, answers[name]), answers[name]
        if old != new:
            yield Change(kind, (name,), {"old": old, "new": new})
    for strategy in recorded.get("auth", ()):
        if strategy not in answers["auth"]:
            yield Change("strategy removed", ("auth",), {"old": strategy})


def refusals(changes: Iterable[Change]) -> list[Fault]:
    """Tell what is not done.

    Args:
        changes: What changes.

    Returns:
        One fault for each change that would lose data or cannot be made.
    """
    return [change.fault for change in changes if change.risk in REFUSED]


def warnings(changes: Iterable[Change]) -> list[str]:
    """Tell what is done, and may stop at rows that are there.

    Args:
        changes: What changes.

    Returns:
        One line for each such change.
    """
    told = (change.fault for change in changes if change.risk is Risk.MEETS_ROWS)
    return [f"{fault.place}: {fault.message}" for fault in told]
