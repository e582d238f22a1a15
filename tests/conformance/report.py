"""A run in words: a line a rule, and all that went wrong."""

from __future__ import annotations

from collections.abc import Iterator

from tests.conformance.run import Outcome, Results


def lines(results: Results, *, verbose: bool) -> Iterator[str]:
    """Yield the table of rules, then what was broken, with its exchanges, then what did not run."""
    for id, cases in results.cases.items():
        kept = sum(case.outcome == Outcome.KEPT for case in cases)
        broken = sum(case.outcome == Outcome.BROKEN for case in cases)
        missing = sum(case.outcome == Outcome.NOT_RUN for case in cases)
        mark = "BROKEN" if broken else "not run" if missing else "kept" if kept else "no case"
        if verbose or mark != "kept":
            yield f"{mark:8} {id:40} {kept:4} kept {broken:4} broken {missing:4} not run"
    for case in results.broken:
        yield f"\nBROKEN {case.rule.id} [{case.name}]\n  {case.rule.sentence}\n  {case.told}"
    for case in results.not_run:
        yield f"not run: {case.rule.id} [{case.name}]: {case.told}"
    total = sum(len(cases) for cases in results.cases.values())
    kept = total - len(results.broken) - len(results.not_run)
    yield (
        f"{len(results.cases)} rules, {total} cases: {kept} kept, {len(results.broken)} broken, "
        f"{len(results.not_run)} not run; {len(results.without_cases)} rules without a case"
    )
