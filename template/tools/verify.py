"""Prove the project: install, migrate up, down and up, compare, lint, types, tests.

``make verify`` runs this. It needs nothing but the standard library; where rich is installed
it shows live progress. It ends with 0 when nothing failed, 1 when something did, 130 when it
was interrupted. What it found is in .verification.json.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - python3 may be older than the project
    sys.exit("tools/verify.py needs Python 3.11 or newer: run it with a newer python3.")

import argparse
import asyncio
import signal
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from progress import choose_progress
from report import Report
from steps import NAMES, Step, chosen_steps
from verification import Verification

PROJECT = Path(__file__).resolve().parent.parent
EXIT_STATUS = {"passed": 0, "incomplete": 0, "failed": 1, "interrupted": 130}
STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


async def verify(steps: Sequence[Step]) -> Report:
    """Run the steps and return the report, which says so if it was interrupted."""
    began = time.monotonic()
    progress = choose_progress(steps)
    with ExitStack() as stack:
        verification = Verification(PROJECT, steps, progress, stack)
        task = asyncio.create_task(verification.run())
        stop_on_signals(task)
        await asyncio.wait([task])
    report = verification.report
    report.seconds = round(time.monotonic() - began, 2)
    report.write(PROJECT)
    progress.close(report)
    if not task.cancelled():
        task.result()  # what went wrong in verification itself is shown as it is
    return report


def stop_on_signals(task: asyncio.Task[None]) -> None:
    """Cancel the task at the first signal that asks for an end; later ones change nothing."""
    loop = asyncio.get_running_loop()
    stopping = False

    def stop() -> None:
        nonlocal stopping
        if not stopping:
            stopping = True
            task.cancel()

    for number in STOPPING_SIGNALS:
        loop.add_signal_handler(number, stop)
    # Who starts this may hold signals back until now, so that none comes too early.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING_SIGNALS)


def main() -> int:
    """Read the command line, verify, and return the exit status."""
    parser = argparse.ArgumentParser(description="Prove the project.")
    parser.add_argument("--steps", choices=("full", "migrate"), default="full")
    parser.add_argument("--only", choices=NAMES, metavar="STEP", help=", ".join(NAMES))
    options = parser.parse_args()
    report = asyncio.run(verify(chosen_steps(options.steps, options.only)))
    return EXIT_STATUS[report.outcome]


if __name__ == "__main__":
    sys.exit(main())
