"""From an answer to views, or to every fault at once."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError

from ..views import Specification
from .build import build_specification
from .faults import Fault, SpecificationError
from .language import ResourcesFile


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
    try:
        file = ResourcesFile.model_validate({"resources": resources})
    except ValidationError as error:
        raise SpecificationError(
            Fault(".".join(str(part) for part in fault["loc"]), fault["msg"], "mend it")
            for fault in error.errors()
        ) from None
    return build_specification(file.resources, auth=auth, json_case=json_case)
