"""Starting a service with a fault in it, and asking the suite for the rule that it breaks."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conformance.contract import Contract
from tests.conformance.opening import driven_world
from tests.conformance.registry import RULES
from tests.conformance.rules import load_rules
from tests.conformance.run import Results, run
from tests.mutants.mutant import DoesNotApplyError, Mutant

_LEFT = shutil.ignore_patterns(".venv", "node_modules", ".git", "var", "__pycache__", ".*_cache")
_INSTALLED = (".venv", "node_modules")


@contextmanager
def copied(project: Path) -> Iterator[Path]:
    """Yield a copy of a project that shares what the project has installed."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "service"
        shutil.copytree(project, copy, ignore=_LEFT)
        for name in _INSTALLED:
            if (project / name).exists():
                (copy / name).symlink_to(project / name)
        yield copy


def fault_of(project: Path, mutant: Mutant) -> str | None:
    """Plant a mutant into a copy of ``project``; return what is wrong with it, None where found."""
    with copied(project) as copy:
        try:
            mutant.plant(copy)
        except DoesNotApplyError as error:
            return f"does not apply: {error}"
        if mutant.rule not in RULES:
            return f"there is no rule {mutant.rule}"
        try:
            results = ask(copy, mutant.rule)
        except RuntimeError as error:
            return f"stops the start: {error}"
    if results.broken:
        return None
    return "is not found" if any(results.cases.values()) else f"{mutant.rule} has no case"


def ask(project: Path, rule: str) -> Results:
    """Start the service in ``project`` and try one rule."""
    load_rules()
    contract = Contract.of(project / ".copier-answers.yml")
    with driven_world(contract, project) as world:
        return run(world, [RULES[rule]], workers=2)
