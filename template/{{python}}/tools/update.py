"""Bring the project up to resources.yml, or to the newest version of its template.

``make update`` runs this without an option, ``make upgrade`` with ``--upgrade``. The work is
Copier's. A changed resources.yml is committed first, alone, since Copier wants a clean tree; a
refusal takes that commit back and leaves the edit.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
ANSWERS = ".copier-answers.yml"
SPECIFICATION = "resources.yml"
MESSAGE = "Change the specification"
UNDO = "git reset --hard && git clean -fd"


class UpdateError(Exception):
    """The update cannot begin; the message says why and what to do."""


def git(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run git in the project."""
    command = ["git", *arguments]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


def copier_command() -> list[str]:
    """Return the command that runs Copier: ``COPIER``, or the one on the PATH."""
    given = shlex.split(os.environ.get("COPIER", "")) or ["copier"]
    if shutil.which(given[0]) is None:
        raise UpdateError(
            f"{given[0]} is missing: `python3 -m pip install {shlex.quote(requirement())}` brings"
            " Copier with what the template needs, or set COPIER to the one that has it."
        )
    return given


def template_source() -> str:
    """Return where the project's template is, as its answers record it."""
    text = (PROJECT / ANSWERS).read_text(encoding="utf-8")
    match = re.search(r"^_src_path: *(.+?) *$", text, re.MULTILINE)
    if match is None:
        raise UpdateError(f"{ANSWERS} does not say where the template is: restore it from git.")
    return match[1].strip("'\"")


def requirement() -> str:
    """Return what pip installs to have the template's tools."""
    source = template_source()
    if Path(source).is_dir():
        return source
    address = re.sub(r"^git\+", "", source)
    address = re.sub(r"^gh:", "https://github.com/", address)
    return f"git+{address}"


def check_project() -> None:
    """Raise UpdateError where Copier could not begin, or could not be undone."""
    if not (PROJECT / ANSWERS).exists():
        raise UpdateError(f"There is no {ANSWERS}: this project has left its template.")
    if shutil.which("git") is None:
        raise UpdateError("git is missing: an update is a merge, and git makes it.")
    if git("rev-parse", "--verify", "--quiet", "HEAD").returncode:
        raise UpdateError("Nothing is committed yet: commit the project, then update it.")
    changed = [line[3:] for line in git("status", "--porcelain").stdout.splitlines()]
    others = [path for path in changed if path != SPECIFICATION]
    if others:
        raise UpdateError(f"Commit or stash these first: {', '.join(others)}")


def commit_specification() -> bool:
    """Commit a changed resources.yml, alone; tell whether there was something to commit."""
    if not git("status", "--porcelain", "--", SPECIFICATION).stdout:
        return False
    made = git("commit", "--quiet", "-m", MESSAGE, "--", SPECIFICATION)
    if made.returncode:
        raise UpdateError(f"{SPECIFICATION} could not be committed:\n{made.stderr.strip()}")
    return True


def update(upgrade: bool) -> int:
    """Run Copier and return its exit status; whatever it refuses is as it was before."""
    check_project()
    command = [*copier_command(), "update", "--trust", "--defaults"]
    if not upgrade:
        command += ["--vcs-ref", ":current:"]
    committed = commit_specification()
    finished = subprocess.run([*command, "--data-file", SPECIFICATION], cwd=PROJECT, check=False)
    if finished.returncode == 0:
        return 0
    if git("status", "--porcelain").stdout:
        print(f"The update stopped half way; `{UNDO}` takes it back.", file=sys.stderr)
    elif committed:
        git("reset", "--quiet", "--soft", "HEAD~1")
        git("reset", "--quiet", "--", SPECIFICATION)
        print(f"Nothing was changed; your edit of {SPECIFICATION} is still there.", file=sys.stderr)
    return finished.returncode


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
