"""What happens to a project after an update: the next migration, verification, one report.

Copier runs this in the project's folder, with its own Python. What went wrong is reported, and
never a failure: at this point everything is written, and ``git`` can take it back. `make update`
names a file in `UPDATE_OUTCOME`, learns from it how this ended, and fails in its turn.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from after_copy import is_installed, verification_outcome, verify
from foreground import run_in_foreground

UNDO = "git reset --hard && git clean -fd"
MARKERS = ("<<<<<<< ", ">>>>>>> ")
BY_HAND = 'make migration message="what changed" && make verify'
DONE = "done"
# Where each language defines its tables, and the files that only list them.
TABLES = ("src/models/", "src/tables/")
LISTS = ("__init__.py", "index.ts")


class Part(NamedTuple):
    """One part of the work: what is told of it, and whether it went well."""

    told: str
    well: bool


def git(project: Path, *arguments: str) -> str:
    """Return what git prints in the project."""
    command = ["git", *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False).stdout


def changed_files(project: Path) -> list[str]:
    """Return the files that differ from the last commit, new ones too."""
    options = ("--porcelain", "--untracked-files=all", "--no-renames", "-z")
    status = git(project, "status", *options, "--", ".")
    prefix = git(project, "rev-parse", "--show-prefix").strip()
    return [entry[3:].removeprefix(prefix) for entry in status.split("\0") if entry]


def conflicts(project: Path, files: Iterable[str]) -> list[str]:
    """Return the files in which both sides changed the same lines."""
    return [name for name in files if name.endswith(".rej") or _has_markers(project / name)]


def _has_markers(path: Path) -> bool:
    if not path.is_file():
        return False
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return all(any(line.startswith(marker) for line in lines) for marker in MARKERS)


def write_migration(project: Path) -> Part:
    """Write the migration that the new models need, if any."""
    if not is_installed(project):
        told = f"Nothing is installed, so no migration was compared: make install && {BY_HAND}"
        return Part(told, False)
    env = {**os.environ, "message": migration_message(project)}
    command = ["make", "--silent", "migration"]
    done = subprocess.run(
        command, cwd=project, env=env, capture_output=True, text=True, check=False
    )
    return Part((done.stdout or done.stderr).strip(), done.returncode == 0)


def migration_message(project: Path) -> str:
    """Return the next migration's message: the tables whose models changed."""
    models = [
        Path(name).stem
        for name in changed_files(project)
        if name.startswith(TABLES) and not name.endswith(LISTS)
    ]
    return f"update {' '.join(sorted(models))}" if models else "update"


def work(project: Path, extent: str, gone: threading.Event, hook: int) -> list[Part]:
    """Write the migration and verify; conflicts come first, and then nothing else is done."""
    broken = conflicts(project, changed_files(project))
    if broken:
        return [
            Part(f"Conflicts, to be solved by hand: {', '.join(broken)}\nThen: {BY_HAND}", False)
        ]
    parts = [write_migration(project)]
    if extent != "none":
        verify(project, extent, lambda: gone.is_set() or os.getppid() != hook)
        outcome = verification_outcome(project)
        parts.append(Part(f"Verification: {outcome}", outcome in ("passed", "incomplete")))
    return parts


def finish(project: Path, extent: str, gone: threading.Event, hook: int) -> None:
    """Do the work, report, and leave the outcome for who started the update."""
    parts = work(project, extent, gone, hook)
    well = all(part.well for part in parts)
    lines = [part.told for part in parts]
    if not well:
        lines.insert(0, "The files are merged, but the update is not done:")
    print("\n".join(["", *lines, *closing_lines(project)]), flush=True)
    outcome = os.environ.get("UPDATE_OUTCOME")
    if outcome:
        Path(outcome).write_text(DONE if well else "not done", encoding="utf-8")


def closing_lines(project: Path) -> list[str]:
    """Return what was changed and what to do next."""
    files = changed_files(project)
    if not files:
        return ["Nothing changed."]
    listed = [f"    {name}" for name in files]
    after = ["Look at it with git diff, then commit it.", f"To take it all back: {UNDO}"]
    return [f"Changed files: {len(files)}", *listed, *after]


def main() -> None:
    """Read what Copier was answered, and finish the update."""
    parser = argparse.ArgumentParser(description="Finish an update.")
    parser.add_argument("--verify", required=True, choices=("full", "migrate", "none"))
    extent = parser.parse_args().verify
    project, hook = Path.cwd(), os.getpid()
    run_in_foreground(lambda interrupted: finish(project, extent, interrupted, hook))


if __name__ == "__main__":
    main()
