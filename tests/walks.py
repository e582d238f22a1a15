"""The walk in a generated README: its commands, and what they print against a running service."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

_WALK = re.compile(r"^<!-- walk -->\n```bash\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SECONDS = 60


def walk_of(project: Path) -> str:
    """Return the script that the README of ``project`` tells its reader to run."""
    found = _WALK.search((project / "README.md").read_text(encoding="utf-8"))
    assert found is not None, "the README has no walk"
    return found[1]


def commands_of(walk: str) -> list[str]:
    """Return the commands of a walk, without what is said about them."""
    return [line for line in walk.splitlines() if line and not line.startswith("#")]


def run_walk(project: Path, address: str) -> str:
    """Run the walk against the service at ``address`` and return what it prints."""
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", walk_of(project)],
        cwd=project,
        env={**os.environ, "API": address},
        capture_output=True,
        text=True,
        check=False,
        timeout=_SECONDS,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
