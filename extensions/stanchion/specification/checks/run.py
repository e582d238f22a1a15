"""All checks, in the order in which a reader mends a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ..build.plan import make_plan
from ..faults import Fault
from ..shape import Draft
from ..words import Path, place
from .access import check_access
from .collisions import check_collisions
from .defaults import check_defaults
from .fields import check_fields
from .finding import Finding, Subject
from .names import check_names
from .relations import check_relations
from .rows import check_rows
from .storage import check_storage

CHECKS: Sequence[Callable[[Subject], Iterable[Finding]]] = (
    check_names,
    check_collisions,
    check_fields,
    check_defaults,
    check_relations,
    check_access,
    check_storage,
    check_rows,
)


def find_faults(draft: Draft, *, with_accounts: bool, json_case: str) -> list[Fault]:
    """Run every check.

    Args:
        draft: The well-formed parts of a specification.
        with_accounts: Whether callers can be known at all.
        json_case: How clients spell members.

    Returns:
        Every fault; those that a damaged part may have caused are left out.
    """
    subject = Subject(make_plan(draft.definitions, json_case, with_accounts), draft.written)
    return [
        Fault(place(finding.path), finding.message, finding.mend)
        for check in CHECKS
        for finding in check(subject)
        if not (finding.lacks and _is_damaged(finding.path, draft.damaged))
    ]


def _is_damaged(path: Path, damaged: frozenset[Path]) -> bool:
    return any(path[: len(part)] == part or part[: len(path)] == path for part in damaged)
