"""Import blocks of TypeScript modules, in the order that all modules keep."""

from __future__ import annotations

from collections import defaultdict

from .typescript import literal


class Imports:
    """The names that one module needs, printed in the order of modules."""

    def __init__(self) -> None:
        self._names: defaultdict[str, set[str]] = defaultdict(set)
        self._types: set[str] = set()

    def add(self, module: str, *names: str) -> None:
        """Need ``names`` of ``module``."""
        self._names[module].update(names)

    def add_types(self, module: str, *names: str) -> None:
        """Need types, of which nothing is left when the code runs."""
        self.add(module, *names)
        self._types.update(names)

    def render(self) -> str:
        """Return the import statements."""
        return "\n".join(self._line(module) for module in sorted(self._names, key=_distance))

    def _line(self, module: str) -> str:
        names = sorted(self._names[module], key=str.lower)
        if self._types.issuperset(names):
            return f"import type {{ {', '.join(names)} }} from {literal(module)};"
        marked = [f"type {name}" if name in self._types else name for name in names]
        return f"import {{ {', '.join(marked)} }} from {literal(module)};"


def _distance(module: str) -> tuple[bool, bool, str]:
    return module.startswith("."), module.startswith("./"), module
