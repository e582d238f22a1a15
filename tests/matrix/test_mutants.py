"""The suite finds each small fault that is planted into a service."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock

from tests.conformance.rules import load_rules
from tests.matrix.cells import FIXTURES
from tests.matrix.projects import generate, make
from tests.mutants.hunt import fault_of
from tests.mutants.mutant import Mutant, mutants_of

LEAST = 60
MUTANTS = mutants_of("fastapi")
WORKSHOP = ("--data=verify=none", "--data=git=false", f"--data-file={FIXTURES / 'workshop.yml'}")


@pytest.fixture(scope="session")
def workshop(template: Path, shared_folder: Path) -> Path:
    """Return a service that is installed once, for all mutants."""
    load_rules()
    folder = shared_folder / "workshop"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            generated = generate(template, folder, *WORKSHOP)
            assert generated.status == 0, generated.errors
            installed = make(folder, "install")
            assert installed.status == 0, installed.errors
    return folder


def test_there_are_mutants_enough() -> None:
    assert len(MUTANTS) >= LEAST


@pytest.mark.when_time_allows
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_planted_fault_is_found(workshop: Path, mutant: Mutant) -> None:
    assert fault_of(workshop, mutant) is None
