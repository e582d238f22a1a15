"""Bring the project up to resources.yml, or to the newest version of its template.

``make update`` runs this without an option, ``make upgrade`` with ``--upgrade``. The work is
Copier's. A changed resources.yml is committed first, alone, since Copier wants a clean tree; a
refusal takes that commit back and leaves the edit.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from template import (
    ANSWERS,
    PROJECT,
    SPECIFICATION,
    UpdateError,
    check_source,
    check_yaml,
    copier_command,
)

MESSAGE = "Change the specification"
UNDO = "git reset --hard && git clean -fd"
DONE = "done"


def git(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run git in the project."""
    command = ["git", *arguments]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


class Moment(NamedTuple):
    """The history and the index as they were before anything was committed."""

    head: str
    index_file: Path
    content: bytes

    @classmethod
    def now(cls) -> Moment:
        """Remember what is there."""
        index = PROJECT / git("rev-parse", "--git-path", "index").stdout.strip()
        return cls(git("rev-parse", "HEAD").stdout.strip(), index, index.read_bytes())

    def restore(self) -> bool:
        """Take later commits back and leave the files; tell whether there were any."""
        if git("rev-parse", "HEAD").stdout.strip() == self.head:
            return False
        git("reset", "--quiet", "--soft", self.head)
        self.index_file.write_bytes(self.content)
        return True


def check_project() -> None:
    """Raise UpdateError where Copier could not begin, or could not be undone."""
    if not (PROJECT / ANSWERS).exists():
        raise UpdateError(f"There is no {ANSWERS}: this project has left its template.")
    if not (PROJECT / SPECIFICATION).is_file():
        raise UpdateError(
            f"There is no {SPECIFICATION}: `git checkout {SPECIFICATION}` restores it."
        )
    if shutil.which("git") is None:
        raise UpdateError("git is missing: an update is a merge, and git makes it.")
    if git("rev-parse", "--git-dir").returncode:
        raise UpdateError("This is no git repository: `git init`, commit the project, then update.")
    if git("rev-parse", "--verify", "--quiet", "HEAD").returncode:
        raise UpdateError("Nothing is committed yet: commit the project, then update it.")
    others = [path for path in changed_files() if path != SPECIFICATION]
    if others:
        raise UpdateError(f"Commit or stash these first: {', '.join(others)}")


def changed_files() -> list[str]:
    """Return the files that differ from the last commit, new ones too."""
    status = git("status", "--porcelain", "--no-renames", "-z", "--", ":/").stdout
    prefix = git("rev-parse", "--show-prefix").stdout.strip()
    return [entry[3:].removeprefix(prefix) for entry in status.split("\0") if entry]


def commit_specification() -> None:
    """Commit a changed resources.yml, alone."""
    if SPECIFICATION not in changed_files():
        return
    made = git("commit", "--quiet", "-m", MESSAGE, "--", SPECIFICATION)
    if made.returncode:
        said = (made.stderr or made.stdout).strip()
        raise UpdateError(f"{SPECIFICATION} could not be committed:\n{said}")


def run_copier(command: list[str]) -> tuple[int, str]:
    """Run Copier; return its status, and how the template's own hook says that it ended."""
    with tempfile.TemporaryDirectory(prefix="update-") as folder:
        outcome = Path(folder) / "outcome"
        env = {**os.environ, "UPDATE_OUTCOME": str(outcome)}
        before = signal.signal(signal.SIGINT, lambda *_: None)  # Copier gets it too, and ends
        try:
            finished = subprocess.run(command, cwd=PROJECT, env=env, check=False)
        finally:
            signal.signal(signal.SIGINT, before)
        said = outcome.read_text(encoding="utf-8") if outcome.exists() else DONE
    return finished.returncode, said


def update(upgrade: bool) -> int:
    """Run Copier and return an exit status; whatever it refuses is as it was before."""
    check_project()
    check_source()
    copier = copier_command()
    check_yaml(copier[0])
    command = [*copier, "update", "--trust", "--defaults", "--data-file", SPECIFICATION]
    if not upgrade:
        command += ["--vcs-ref", ":current:"]
    before = Moment.now()
    commit_specification()
    status, outcome = run_copier(command)
    if status == 0:
        return 0 if outcome == DONE else 1
    if changed_files():
        print(f"The update stopped half way; `{UNDO}` takes it back.", file=sys.stderr)
    elif before.restore():
        print(f"Nothing was changed; your edit of {SPECIFICATION} is still there.", file=sys.stderr)
    return 1


def main() -> int:
    """Read the command line, update, and return the exit status."""
    parser = argparse.ArgumentParser(description="Bring the project up to date.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest template")
    options = parser.parse_args()
    try:
        return update(options.upgrade)
    except UpdateError as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
