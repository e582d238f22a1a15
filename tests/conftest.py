"""What all tests share: one snapshot of the template, tools on the path, options."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from tests.matrix.table import outcomes_of, table_of

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE_PATHS = ("copier.yml", "questions", "extensions", "template", "hooks", "pyproject.toml")
RELEASE = "v0.0.1"
_IGNORED = shutil.ignore_patterns("__pycache__", ".*_cache", ".hypothesis", "*.egg-info")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that runs every cell of the matrix."""
    text = "verify every service of the matrix, however long it takes"
    parser.addoption("--full-matrix", action="store_true", default=False, help=text)
    parser.addoption("--table", metavar="FILE", help="write what ran of the matrix as Markdown")


def pytest_configure(config: pytest.Config) -> None:
    """Find copier, ruff and uv beside the Python that runs the tests; name the marker."""
    config.addinivalue_line("markers", "when_time_allows: optional, see tests/matrix/conftest.py")
    tools = str(Path(sys.executable).parent)
    if tools not in os.environ["PATH"].split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([tools, os.environ["PATH"]])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what of the matrix ran, and what did not; keep it where a file for it is named."""
    told = outcomes_of(terminalreporter)
    if told:
        terminalreporter.section("matrix")
    for outcome in sorted({test.outcome for test in told}):
        names = sorted(test.name for test in told if test.outcome == outcome)
        terminalreporter.line(f"{outcome} ({len(names)}):")
        terminalreporter.line("".join(f"    {name}\n" for name in names).rstrip())
    file = terminalreporter.config.getoption("--table")
    if file is not None:
        Path(file).write_text(table_of(told), encoding="utf-8")


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all processes of this test run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def template(shared_folder: Path) -> Path:
    """Return a repository with the working tree's template, committed and tagged once a run."""
    return _made_once(shared_folder / "template", write_release)


@pytest.fixture(scope="session")
def plain_template(shared_folder: Path, template: Path) -> Path:
    """Return the same as a plain folder: Copier reads it in place, which is quick."""

    def write(folder: Path) -> None:
        shutil.copytree(template, folder, ignore=shutil.ignore_patterns(".git"))

    return _made_once(shared_folder / "plain-template", write)


@pytest.fixture(scope="session")
def copier_template(template: Path) -> Path:
    """Let pytest-copier use the shared snapshot instead of one for each worker."""
    return template


def _made_once(folder: Path, write: Callable[[Path], None]) -> Path:
    """Let the first process write a folder; the others wait, and read it."""
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            unfinished = folder.with_name(f"{folder.name}.unfinished")
            write(unfinished)
            unfinished.rename(folder)
    return folder


def write_release(folder: Path) -> None:
    """Write what Copier reads of this repository to a new one, and tag it."""
    folder.mkdir()
    for name in TEMPLATE_PATHS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=_IGNORED)
        else:
            shutil.copy(source, folder / name)
    identity = ["-c", "user.name=Tester", "-c", "user.email=tester@example.com"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", RELEASE], ["tag", RELEASE]):
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True)
