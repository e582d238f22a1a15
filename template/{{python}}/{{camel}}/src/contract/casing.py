"""How members of JSON are written: in camelCase, whatever attributes are."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=4096)
def json_name(attribute: str) -> str:
    """Return the clients' name of ``attribute``: ``due_on`` is ``dueOn``."""
    first, *rest = attribute.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def json_names(row: Mapping[str, Any]) -> Mapping[str, Any]:  # values are of any type
    """Return ``row`` under the clients' names."""
    return {json_name(attribute): value for attribute, value in row.items()}
