"""From an answer to views, or to every fault at once."""

from __future__ import annotations

from collections.abc import Sequence

from ..views import Specification
from .build import build_specification
from .checks import find_faults
from .faults import Fault, SpecificationError
from .shape import read_draft


def load_specification(resources: object, *, auth: Sequence[str], json_case: str) -> Specification:
    """Check a specification and work it out.

    Args:
        resources: The answer `resources`: a mapping of names to definitions.
        auth: The strategies that were chosen.
        json_case: How clients spell members: `snake` or `camel`.

    Returns:
        The views that templates print.

    Raises:
        SpecificationError: It is not valid; every fault is named.
    """
    if isinstance(resources, dict) and "resources" in resources:
        message = "stands here twice, as in the text of a whole file"
        mend = "write only what stands under resources:, or give the file with --data-file"
        raise SpecificationError([Fault("resources.resources", message, mend)])
    draft = read_draft(resources)
    faults = [*draft.faults, *find_faults(draft, with_accounts=bool(auth), json_case=json_case)]
    if faults:
        raise SpecificationError(faults)
    specification = build_specification(draft.definitions, auth=auth, json_case=json_case)
    _require_distinct_names(specification)
    return specification


def _require_distinct_names(specification: Specification) -> None:
    """Names of constraints and indexes share one space in every database."""
    owners: dict[str, str] = {}
    faults = []
    for resource in specification.resources:
        for name in resource.constraint_names:
            other = owners.setdefault(name, resource.name)
            if other != resource.name:
                message = f"the constraint or index {name} is also that of {other}"
                mend = f"write table: {resource.table}_rows"
                faults.append(Fault(f"resources.{resource.name}.table", message, mend))
    if faults:
        raise SpecificationError(faults)
