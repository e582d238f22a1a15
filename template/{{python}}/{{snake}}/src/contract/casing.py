"""How members of JSON are written: as attributes are."""

from collections.abc import Mapping
from typing import Any


def json_name(attribute: str) -> str:
    """Return the clients' name of ``attribute``."""
    return attribute


def json_names(row: Mapping[str, Any]) -> Mapping[str, Any]:  # values are of any type
    """Return ``row`` under the clients' names."""
    return row
