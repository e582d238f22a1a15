"""What happens to a project after an update: the next migration, verification, one report.

Copier runs this in the project's folder, with its own Python. What went wrong is reported, and
never a failure: at this point everything is written, and ``git`` can take it back.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import threading
from pathlib import Path

from after_copy import verification_outcome, verify
from foreground import run_in_foreground

UNDO = "git reset --hard && git clean -fd"
MARKERS = ("<<<<<<< ", ">>>>>>> ")
SPECIFICATION = "resources.yml"


def git(project: Path, *arguments: str) -> str:
    """Return what git prints in the project."""
    command = ["git", *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False).stdout


def changed_files(project: Path) -> list[str]:
    """Return the files that differ from the last commit, new ones too."""
    status = git(project, "status", "--porcelain", "--untracked-files=all", "-z")
    return [entry[3:] for entry in status.split("\0") if len(entry) > 3]


def conflicts(project: Path, files: list[str]) -> list[str]:
    """Return the files in which both sides changed the same lines."""
    found = [name for name in files if name.endswith(".rej")]
    for name in files:
        path = project / name
        if path.is_file() and _has_markers(path):
            found.append(name)
    return found


def _has_markers(path: Path) -> bool:
    text = path.read_text(encoding="utf-8", errors="replace")
    lines = text.splitlines()
    return all(any(line.startswith(marker) for line in lines) for marker in MARKERS)


def write_migration(project: Path) -> str:
    """Write the migration that the new models need, if any, and return what came of it."""
    if not (project / ".venv").exists():
        return "There is no .venv, so no migration was compared: make install, then make migration."
    command = [sys.executable, "tools/migration.py", migration_message(project)]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    return (done.stdout or done.stderr).strip()


def migration_message(project: Path) -> str:
    """Return the next migration's message: the tables whose models changed."""
    models = [
        Path(name).stem
        for name in changed_files(project)
        if name.startswith("src/models/") and not name.endswith("__init__.py")
    ]
    return f"update {' '.join(sorted(models))}" if models else "update"


def finish(project: Path, extent: str, gone: threading.Event, hook: int) -> None:
    """Write the migration, verify, and report; conflicts come first."""
    broken = conflicts(project, changed_files(project))
    lines = [f"Conflicts, to be solved by hand: {', '.join(broken)}"] if broken else []
    if not broken:
        lines.append(write_migration(project))
    if extent != "none" and not broken:
        verify(project, extent, lambda: gone.is_set() or os.getppid() != hook)
        lines.append(f"Verification: {verification_outcome(project)}")
    print("\n".join(["", *lines, *closing_lines(project)]), flush=True)


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
