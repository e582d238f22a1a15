"""The rules of the contract, each with an id and the cases that try it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.conformance.contract import Contract, Targets
from tests.conformance.world import World

Check = Callable[[World, Any], None]  # each rule's cases have a type of their own


@dataclass(frozen=True)
class Rule:
    """One rule: ``targets`` are its cases for a contract, ``check`` raises where one is broken."""

    id: str
    sentence: str
    targets: Targets
    check: Check
    is_exclusive: bool = False
    is_last: bool = False


RULES: dict[str, Rule] = {}


def _once(_: Contract) -> Iterator[str]:
    yield "service"


def rule(
    id: str, targets: Targets = _once, *, exclusive: bool = False, last: bool = False
) -> Callable[[Check], Check]:
    """Make a function the check of the rule ``id``; its docstring is the rule's sentence.

    ``targets`` gives the cases, the whole service being the only one without it. ``exclusive``
    ones run alone, after all others: they stop what others use. ``last`` ones look back on all.
    """

    def register(check: Check) -> Check:
        if id in RULES:
            raise ValueError(f"two rules are called {id}")
        sentence = " ".join((check.__doc__ or "").split())
        RULES[id] = Rule(id, sentence, targets, check, exclusive or last, last)
        return check

    return register
