"""Trying every case of every rule, several at a time, and what came of it."""

from __future__ import annotations

import contextvars
import traceback
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import httpx2

from tests.conformance.exchange import SAMPLE, Failure, NotRun, start_remembering
from tests.conformance.registry import Rule
from tests.conformance.world import World

SHOWN_EXCHANGES = 3


class Outcome(StrEnum):
    """How a case ended."""

    KEPT = "kept"
    BROKEN = "broken"
    NOT_RUN = "not run"


@dataclass(frozen=True)
class Case:
    """One case of a rule, and how it ended."""

    rule: Rule
    name: str
    outcome: Outcome
    told: str = ""


@dataclass
class Results:
    """What came of a run: the cases of each rule, by its id."""

    cases: dict[str, list[Case]] = field(default_factory=dict)

    @property
    def broken(self) -> list[Case]:
        """The cases of broken rules."""
        return self._of(Outcome.BROKEN)

    @property
    def not_run(self) -> list[Case]:
        """The cases that something was missing for."""
        return self._of(Outcome.NOT_RUN)

    @property
    def without_cases(self) -> list[str]:
        """The rules that nothing in the specification tries."""
        return [id for id, cases in self.cases.items() if not cases]

    def _of(self, outcome: Outcome) -> list[Case]:
        return [case for cases in self.cases.values() for case in cases if case.outcome == outcome]


def run(world: World, rules: Iterable[Rule], workers: int = 4) -> Results:
    """Try the cases of ``rules`` and return what came of them; exclusive ones come last."""
    SAMPLE.forget()
    results = Results()
    jobs = []
    for rule in rules:
        results.cases[rule.id] = []
        jobs += [(rule, target) for target in rule.targets(world.contract)]
    shared = [job for job in jobs if not job[0].is_exclusive]
    alone = sorted((j for j in jobs if j[0].is_exclusive), key=lambda job: job[0].is_last)
    with ThreadPoolExecutor(workers) as pool:
        futures = [
            pool.submit(contextvars.Context().run, _try, world, rule, target)
            for rule, target in shared
        ]
        cases = [future.result() for future in futures]
    cases += [_try(world, rule, target) for rule, target in alone]
    for case in cases:
        results.cases[case.rule.id].append(case)
    return results


def _try(world: World, rule: Rule, target: Any) -> Case:  # each rule's cases have their own type
    seen = start_remembering()
    name = _name_of(target)
    try:
        rule.check(world, target)
    except NotRun as reason:
        return Case(rule, name, Outcome.NOT_RUN, str(reason))
    except Failure as fault:
        shown = "".join(answer.shown() for answer in seen[-SHOWN_EXCHANGES:])
        return Case(rule, name, Outcome.BROKEN, f"{fault}\n{shown}")
    except (httpx2.HTTPError, KeyError, IndexError, TypeError, ValueError, RuntimeError):
        shown = "".join(answer.shown() for answer in seen[-SHOWN_EXCHANGES:])
        return Case(rule, name, Outcome.BROKEN, f"{traceback.format_exc()}\n{shown}")
    return Case(rule, name, Outcome.KEPT)


def _name_of(target: object) -> str:
    if isinstance(target, tuple):
        return " ".join(_name_of(part) for part in target)
    name = getattr(target, "name", None)
    return name if isinstance(name, str) else str(target)
