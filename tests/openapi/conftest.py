"""Services to hold against their documents: rendered and installed once a run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from filelock import FileLock

from tests.conformance.exchange import NotRun
from tests.copying import copy_here
from tests.matrix.cells import Cell
from tests.matrix.conftest import require_server
from tests.matrix.projects import environment

PACKAGES = (".venv", "node_modules")
QUICKLY = ("--trust", "--defaults", "--skip-tasks")

Installed = Callable[[Cell], Path]


def do_without(reason: NotRun) -> NoReturn:
    """Skip what cannot be had here; fail where all must be had."""
    if os.environ.get("CI") == "true":
        pytest.fail(str(reason))
    pytest.skip(str(reason))


@pytest.fixture(scope="session")
def installed(plain_template: Path, shared_folder: Path) -> Installed:
    """Return what gives the folder of a service that can be started; the first to ask makes it."""

    def install(cell: Cell) -> Path:
        require_server(cell.database)
        project = shared_folder / "installed" / str(cell)
        project.parent.mkdir(exist_ok=True)
        with FileLock(f"{project}.lock"):
            if not any((project / folder).exists() for folder in PACKAGES):
                outcome = copy_here(plain_template, project, *QUICKLY, *cell.options)
                assert outcome.status == 0, outcome.errors
                _make_install(project)
        return project

    return install


def _make_install(project: Path) -> None:
    done = subprocess.run(
        ["make", "--silent", "install"],
        cwd=project,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
