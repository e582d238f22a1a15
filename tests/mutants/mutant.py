"""One fault: where it is planted, and the rule of the contract that it breaks."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


class DoesNotApplyError(Exception):
    """The code that a mutant changes is not there, or there several times."""


@dataclass(frozen=True)
class Mutant:
    """A fault; ``old`` stands in ``file`` once."""

    name: str
    rule: str
    file: str
    old: str
    new: str

    def plant(self, project: Path) -> None:
        """Change the service in ``project``.

        Raises ``DoesNotApplyError``.
        """
        path = project / self.file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        count = text.count(self.old)
        if count != 1:
            raise DoesNotApplyError(f"{self.file} has what it changes {count} times")
        path.write_text(text.replace(self.old, self.new), encoding="utf-8")


def mutants_of(framework: str) -> list[Mutant]:
    """Return the mutants of a framework, by name.

    Raises ``ValueError`` where more than three break one rule.
    """
    found = [_read(path) for path in sorted((FOLDER / framework).glob("*.toml"))]
    for mutant in found:
        if sum(other.rule == mutant.rule for other in found) > 3:
            raise ValueError(f"more than three mutants break {mutant.rule}")
    return found


def _read(path: Path) -> Mutant:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Mutant(path.stem, data["rule"], data["file"], data["old"], data["new"])
