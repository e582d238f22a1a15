"""Showing how far verification is: live where there is a terminal and rich, else plain lines."""

from __future__ import annotations

import importlib
import os
import sys
import time
from collections.abc import Sequence
from typing import Protocol

from report import Report, StepReport
from steps import Step

WORDS = {"passed": "passed", "failed": "FAILED", "not_run": "not run"}
STYLES = {"passed": "green", "failed": "bold red", "not_run": "yellow"}
TAIL_LINES = 60


class Progress(Protocol):
    """What verification tells as it goes."""

    def begin(self, name: str) -> None:
        """Take the name of a step that begins now."""

    def end(self, step: StepReport) -> None:
        """Take a step that has ended, or that will not be run."""

    def close(self, report: Report) -> None:
        """Take the whole report, when all is over."""


def choose_progress(steps: Sequence[Step]) -> Progress:
    """Return the live progress where a terminal and rich can show it, else the plain one."""
    if sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb":
        try:
            importlib.import_module("rich")
        except ImportError:
            pass
        else:
            return LiveProgress(steps)
    return PlainProgress(steps)


class PlainProgress:
    """One line a step."""

    def __init__(self, steps: Sequence[Step]) -> None:
        """Take the steps that will be run."""
        self._titles = {step.name: step.title for step in steps}
        self._width = max(map(len, self._titles.values()))
        self._ended: set[str] = set()

    def begin(self, name: str) -> None:
        """Say nothing: the line comes when the step has ended."""

    def end(self, step: StepReport) -> None:
        """Print the step's line."""
        self._ended.add(step.name)
        title = self._titles[step.name].ljust(self._width)
        seconds = " " * 8 if step.outcome == "not_run" else f"{step.seconds:6.1f} s"
        print(f"  {title}  {WORDS[step.outcome]:7} {seconds}  {step.note}".rstrip(), flush=True)

    def close(self, report: Report) -> None:
        """Print what failing steps wrote, and the summary."""
        for step in report.steps:
            if step.name not in self._ended:
                self.end(step)
        for step in report.steps:
            if step.output:
                print(f"\n--- {step.name}: {step.command}\n{tail(step.output)}")
        print(f"\n{summary(report)}", flush=True)


class LiveProgress:
    """A table that rich keeps up to date, with a spinner for each running step."""

    def __init__(self, steps: Sequence[Step]) -> None:
        """Take the steps that will be run, and begin to show them."""
        self._titles = {step.name: step.title for step in steps}
        self._began: dict[str, float] = {}
        self._ended: dict[str, StepReport] = {}
        self._console = importlib.import_module("rich.console").Console()
        self._spinner = importlib.import_module("rich.spinner").Spinner("dots")
        self._live = importlib.import_module("rich.live").Live(
            console=self._console, get_renderable=self._table, transient=True
        )
        self._live.start()

    def begin(self, name: str) -> None:
        """Let the step's clock run."""
        self._began[name] = time.monotonic()

    def end(self, step: StepReport) -> None:
        """Show how the step ended."""
        self._ended[step.name] = step

    def close(self, report: Report) -> None:
        """Print what failing steps wrote, the closing table, and the summary."""
        self._live.stop()
        self._ended = {step.name: step for step in report.steps}
        escape = importlib.import_module("rich.markup").escape
        for step in report.steps:
            if step.output:
                self._console.rule(f"[bold red]{step.name}[/]: {escape(step.command)}")
                self._console.print(tail(step.output), markup=False, highlight=False)
        self._console.print(self._table())
        self._console.print(summary(report), markup=False, highlight=False)

    def _table(self) -> object:
        table = importlib.import_module("rich.table").Table(box=None, padding=(0, 2, 0, 0))
        for heading in ("Step", "Outcome", "Time", ""):
            table.add_column(heading, justify="right" if heading == "Time" else "left")
        for name, title in self._titles.items():
            table.add_row(title, *self._row(name))
        return table

    def _row(self, name: str) -> tuple[object, str, object]:
        text = importlib.import_module("rich.text").Text
        if ended := self._ended.get(name):
            word = text(WORDS[ended.outcome], style=STYLES[ended.outcome])
            seconds = "" if ended.outcome == "not_run" else f"{ended.seconds:.1f} s"
            return word, seconds, text(ended.note)
        if name in self._began:
            return self._spinner, f"{time.monotonic() - self._began[name]:.1f} s", ""
        return "", "", ""


def tail(output: str) -> str:
    """Return the last lines of what a step wrote."""
    lines = output.rstrip().splitlines()
    cut = ["…"] if len(lines) > TAIL_LINES else []
    return "\n".join([*cut, *lines[-TAIL_LINES:]])


def summary(report: Report) -> str:
    """Return the closing sentences: what holds, what does not, and what to do about it."""
    took = f"in {report.seconds:.1f} s"
    failed, left = report.names("failed"), report.names("not_run")
    not_run = f" Not run: {', '.join(left)}." if left else ""
    if report.outcome == "interrupted":
        return f"Interrupted.{not_run} Run `make verify` to finish."
    if failed:
        again = f"Run `make verify` again when it is mended, or one step: \
python3 tools/verify.py --only {failed[0]}"
        return f"Failed {took}: {', '.join(failed)}.{not_run}\n{again}"
    if left:
        return f"Nothing failed {took}, but not everything was run.{not_run}"
    return f"Verified {took}: all {len(report.steps)} steps passed."
