"""What happens to a new project when its files are there: settings, repository, verification.

Copier runs this in the project's folder, with its own Python. Copier deletes a new project
when this fails, so it ends with 0 whatever verification finds: it keeps, and reports.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from foreground import run_in_foreground
from repository import Repository

POLL_SECONDS = 0.2


def finish(project: Path, git: bool, extent: str, gone: Callable[[], bool]) -> None:
    """Write .env, make the repository, verify, commit, and say what comes next.

    Takes the project's folder, whether a repository is wanted, how much to verify (``full``,
    ``migrate`` or ``none``), and what tells that nobody waits for verification any more.
    """
    write_env = [sys.executable, "tools/write_env.py"]
    subprocess.run(write_env, cwd=project, check=False, start_new_session=True)
    repository = Repository(project)
    if git:
        repository.create()
    if extent != "none" and not gone():
        verify(project, extent, gone)
    if git:
        repository.commit()
    print("\n".join(["", *closing_lines(project, repository.said)]), flush=True)


def verify(project: Path, extent: str, gone: Callable[[], bool]) -> None:
    """Run the project's own verification to its end; interrupt it when nobody waits for it."""
    command = [sys.executable, "tools/verify.py", f"--steps={extent}"]
    # It unblocks the signal itself, once it can handle it.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    process = subprocess.Popen(command, cwd=project)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    with process:
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(POLL_SECONDS)
                return
            if gone():
                process.send_signal(signal.SIGINT)


def closing_lines(project: Path, about_git: str) -> list[str]:
    """Return what is told at the end: the repository, what is not proven, and what to type."""
    outcome = verification_outcome(project)
    lines = [about_git] if about_git else []
    if outcome != "passed":
        lines.append(UNPROVEN[outcome])
    lines += ["Next:", f"    cd {path_from_shell(project)}"]
    if not is_installed(project):
        lines.append("    make install")
    if "DATABASE_URL=sqlite" not in (project / ".env.example").read_text(encoding="utf-8"):
        lines.append("    docker compose up --detach --wait database    # or set it in .env")
    if outcome != "passed":
        lines.append("    make verify")
    return [*lines, "    make dev"]


def is_installed(project: Path) -> bool:
    """Tell whether the project's packages are there."""
    return any((project / folder).exists() for folder in (".venv", "node_modules"))


UNPROVEN = {
    "none": "Nothing was verified yet: make verify does it.",
    "incomplete": "Not everything was verified: make verify does the rest when it can.",
    "failed": "The project is kept, though verification failed; .verification.json has it all.",
    "interrupted": "The project is kept, though verification was interrupted.",
}


def verification_outcome(project: Path) -> str:
    """Return how verification ended; ``none`` where it was not run."""
    report = project / ".verification.json"
    if not report.exists():
        return "none"
    return str(json.loads(report.read_text(encoding="utf-8"))["outcome"])


def path_from_shell(project: Path) -> str:
    """Return the project's path, relative where it lies below the shell's folder."""
    shell = Path(os.environ.get("PWD", "/"))
    return str(project.relative_to(shell)) if project.is_relative_to(shell) else str(project)


def main() -> None:
    """Read what Copier was answered, and finish the project."""
    parser = argparse.ArgumentParser(description="Finish a new project.")
    parser.add_argument("--git", required=True, help="True for a repository")
    parser.add_argument("--verify", required=True, choices=("full", "migrate", "none"))
    answers = parser.parse_args()
    project, git, hook = Path.cwd(), answers.git.lower() == "true", os.getpid()

    def work(interrupted: threading.Event) -> None:
        finish(project, git, answers.verify, lambda: interrupted.is_set() or os.getppid() != hook)

    run_in_foreground(work)


if __name__ == "__main__":
    main()
