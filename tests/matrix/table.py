"""What ran of the matrix: told at the end of a run, and kept as a page."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pytest

from tests.matrix.cells import commit

_NOT_REACHED = "not reached (MATRIX_MINUTES, --full-matrix)"


class Told(NamedTuple):
    """One test of the matrix: how it ended, and how long it took."""

    outcome: str
    name: str
    seconds: float


def outcomes_of(reporter: pytest.TerminalReporter) -> list[Told]:
    """Return every test of the matrix, with its outcome."""
    return list(_outcomes(reporter))


def _outcomes(reporter: pytest.TerminalReporter) -> Iterator[Told]:
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in reporter.getreports(outcome):
            if "/matrix/" in report.nodeid and (report.when == "call" or outcome != "passed"):
                is_late = outcome == "skipped" and "not reached" in str(report.longrepr)
                name = report.nodeid.split("::")[-1]
                seconds = getattr(report, "duration", 0.0)
                yield Told(_NOT_REACHED if is_late else outcome, name, seconds)


def table_of(told: Sequence[Told]) -> str:
    """Return a page with a row for each test."""
    counts = {test.outcome: 0 for test in told}
    for test in told:
        counts[test.outcome] += 1
    summed = ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
    rows = [f"| {test.name} | {test.outcome} | {test.seconds:.0f} |" for test in sorted(told)]
    return "\n".join(
        [
            "# The last full run",
            "",
            "`bash tests/run tests/matrix --full-matrix --table docs/runs.md`",
            f"at {commit()[:12]} on {dt.datetime.now(dt.UTC).date()}, {os.cpu_count()} processors, "
            f"Python {platform.python_version()}: {summed}.",
            "",
            "| Test | Outcome | Seconds |",
            "| --- | --- | --- |",
            *rows,
            "",
        ]
    )
