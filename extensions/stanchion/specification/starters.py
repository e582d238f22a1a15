"""The starters: specifications to begin with."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

STARTERS = ("items", "blog", "shop", "blank")
"""What the question `starter` offers."""

_FOLDER = Path(__file__).resolve().parent.parent / "starters"


def starter_text(name: str) -> str:
    """Give a starter as it is written, comments too.

    Args:
        name: One of `STARTERS`.

    Returns:
        The text of a `resources.yml`.

    Raises:
        KeyError: There is no such starter.
    """
    if name not in STARTERS:
        raise KeyError(name)
    return (_FOLDER / f"{name}.yml").read_text(encoding="utf-8")


@cache
def _parsed(name: str) -> dict[str, object]:
    resources: dict[str, object] = yaml.safe_load(starter_text(name))["resources"]
    return resources


def starter_resources(name: str) -> dict[str, object]:
    """Give a starter's resources.

    Args:
        name: One of `STARTERS`.

    Returns:
        What the answer `resources` holds.

    Raises:
        KeyError: There is no such starter.
    """
    return dict(_parsed(name))
