"""Find every mutant: python -m tests.mutants PROJECT, a service of tests/fixtures/workshop.yml."""

from __future__ import annotations

import argparse
import fnmatch
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import yaml

from tests.conformance.rules import load_rules
from tests.mutants.hunt import fault_of
from tests.mutants.mutant import Mutant, mutants_of


def main() -> int:
    """Hunt as the command line says; the status is 0 where every mutant was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("project", type=Path, help="a service of tests/fixtures/workshop.yml")
    parser.add_argument("--only", default="*", help="patterns of names, by commas")
    parser.add_argument("--workers", type=int, default=2, help="how many services at a time")
    options = parser.parse_args()
    load_rules()
    project = options.project.resolve()
    answers = yaml.safe_load((project / ".copier-answers.yml").read_text(encoding="utf-8"))
    wanted = [m for m in mutants_of(answers["framework"]) if _is_wanted(m, options.only)]
    with ThreadPoolExecutor(options.workers) as pool:
        faults = list(pool.map(lambda mutant: _hunt(project, mutant), wanted))
    missed = sum(fault is not None for fault in faults)
    print(f"{len(wanted)} mutants, {len(wanted) - missed} found, {missed} not")
    return 1 if missed else 0


def _is_wanted(mutant: Mutant, patterns: str) -> bool:
    return any(fnmatch.fnmatchcase(mutant.name, pattern) for pattern in patterns.split(","))


def _hunt(project: Path, mutant: Mutant) -> str | None:
    fault = fault_of(project, mutant)
    print(
        f"{'found' if fault is None else 'NOT'}  {mutant.rule:32} {mutant.name}  {fault or ''}",
        flush=True,
    )
    return fault


if __name__ == "__main__":
    sys.exit(main())
