"""The suite finds each small fault that is planted into a service."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock

from tests.conformance.rules import load_rules
from tests.matrix.cells import FIXTURES, FRAMEWORKS
from tests.matrix.projects import generate, make
from tests.mutants.hunt import fault_of
from tests.mutants.mutant import Mutant, mutants_of

LEAST = 60
MUTANTS = {framework: mutants_of(framework) for framework in FRAMEWORKS}
PLANTED = [
    pytest.param(framework, mutant, id=f"{framework}-{mutant.name}")
    for framework, mutants in MUTANTS.items()
    for mutant in mutants
]
WORKSHOP = ("--data=verify=none", "--data=git=false", f"--data-file={FIXTURES / 'workshop.yml'}")


def _workshop(template: Path, shared_folder: Path, framework: str) -> Path:
    """Return a service of ``framework`` that is installed once, for all its mutants."""
    load_rules()
    folder = shared_folder / f"workshop-{framework}"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            generated = generate(template, folder, *WORKSHOP, f"--data=framework={framework}")
            assert generated.status == 0, generated.errors
            installed = make(folder, "install")
            assert installed.status == 0, installed.errors
    return folder


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_there_are_mutants_enough(framework: str) -> None:
    assert len(MUTANTS[framework]) >= LEAST


def test_the_same_rules_are_broken_in_each_framework() -> None:
    broken = {name: {mutant.rule for mutant in mutants} for name, mutants in MUTANTS.items()}
    assert broken == dict.fromkeys(FRAMEWORKS, broken["fastapi"])


@pytest.mark.when_time_allows
@pytest.mark.parametrize(("framework", "mutant"), PLANTED)
def test_a_planted_fault_is_found(
    template: Path, shared_folder: Path, framework: str, mutant: Mutant
) -> None:
    assert fault_of(_workshop(template, shared_folder, framework), mutant) is None
