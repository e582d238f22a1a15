"""Import blocks of Python modules, in the order that isort and ruff keep."""

from __future__ import annotations

import sys
from collections import defaultdict

_FIRST_PARTY = ("src", "tests")


class Imports:
    """The names that one module needs, printed in sorted sections."""

    def __init__(self) -> None:
        self._names: defaultdict[str, set[str]] = defaultdict(set)
        self._modules: set[str] = set()

    def add(self, module: str, *names: str) -> None:
        """Need ``names`` of ``module``; without names the module itself, perhaps ``as`` another."""
        if names:
            self._names[module].update(names)
        else:
            self._modules.add(module)

    def render(self) -> str:
        """Return the import statements, sections apart."""
        sections: dict[int, list[str]] = defaultdict(list)
        for module in sorted(self._modules):
            sections[_section(module)].append(f"import {module}")
        for module in sorted(self._names):
            names = ", ".join(sorted(self._names[module], key=_member_key))
            sections[_section(module)].append(f"from {module} import {names}")
        return "\n\n".join("\n".join(sections[section]) for section in sorted(sections))


def _section(module: str) -> int:
    top = module.split(".")[0].split(" ")[0]
    if top in _FIRST_PARTY:
        return 2
    return 0 if top in sys.stdlib_module_names else 1


def _member_key(name: str) -> tuple[int, str]:
    if name.isupper() and len(name) > 1:
        return 0, name
    return (1, name) if name[0].isupper() else (2, name)
