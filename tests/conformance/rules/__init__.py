"""The rules, by topic: each module registers its own."""

from __future__ import annotations

import importlib
import pkgutil


def load_rules() -> None:
    """Import every module of rules."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
