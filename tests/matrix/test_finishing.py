"""However generating ends, the project is whole, and ``make verify`` finishes it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.copying import QUICKLY, copier_command, copy_as_process, files_of, render
from tests.matrix.projects import environment, generate, make, outcomes_of, report_of

SMALLEST = "--data=starter=blank"
PATIENCE = 120


def _assert_verify_finishes(project: Path) -> None:
    verified = make(project, "verify")
    assert verified.status == 0, verified.output + verified.errors
    assert outcomes_of(project)["all"] == "passed"


@pytest.mark.parametrize("options", [["--data=verify=none"], ["--skip-tasks"]], ids=str)
@pytest.mark.when_time_allows
def test_a_project_that_was_not_verified_is_complete(
    template: Path, tmp_path: Path, options: list[str]
) -> None:
    project = tmp_path / "service"
    outcome = generate(template, project, SMALLEST, *options)
    assert outcome.status == 0, outcome.errors
    assert not (project / ".venv").exists()
    _assert_verify_finishes(project)


def _interrupt(template: Path, project: Path, is_moment: Callable[[], bool], *options: str) -> int:
    """Press Ctrl-C in a run of Copier when the moment has come; return Copier's status."""
    command = [*copier_command(), "copy", "--trust", "--defaults", *options]
    process = subprocess.Popen(
        [*command, str(template), str(project)],
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    end = time.monotonic() + PATIENCE
    while not is_moment():
        assert process.poll() is None, "Copier ended before the moment came"
        assert time.monotonic() < end
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    return process.wait(PATIENCE)


def _has_begun(project: Path, step: str) -> bool:
    try:
        steps = report_of(project)["steps"]
    except (OSError, ValueError):
        return False
    before = {"upgrade": "install", "tests": "install", "compare": "upgrade-again"}[step]
    return any(told["name"] == before and told["outcome"] == "passed" for told in steps)


MOMENTS: dict[str, Callable[[Path], bool]] = {
    "before the settings are written": lambda project: (project / "Makefile").exists(),
    "while the repository is made": lambda project: (project / ".git").exists(),
    "while it installs": lambda project: (project / ".venv").exists(),
    "while it migrates": lambda project: (
        (project / "var" / "app.db").exists() or _has_begun(project, "upgrade")
    ),
    "while it tests": lambda project: _has_begun(project, "compare"),
}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.when_time_allows
def test_an_interrupted_hook_leaves_what_make_verify_finishes(
    template: Path, tmp_path: Path, moment: str
) -> None:
    project = tmp_path / "service"
    _interrupt(template, project, lambda: _is_rendered(project, moment), SMALLEST)
    assert (project / ".copier-answers.yml").exists()
    _assert_verify_finishes(project)


def _is_rendered(project: Path, moment: str) -> bool:
    """Tell whether a moment of the hook has come; rendering ends with the schema's folder."""
    rendered = (project / ".vscode" / "resources.schema.json").exists()
    return rendered and MOMENTS[moment](project)


@pytest.mark.parametrize("file", ["Makefile", "src/main.py"])
def test_an_interrupted_rendering_leaves_nothing_or_what_overwriting_completes(
    plain_template: Path, tmp_path: Path, file: str
) -> None:
    project, whole = tmp_path / "service", tmp_path / "whole"
    render(plain_template, whole)
    _interrupt(plain_template, project, (project / file).exists, "--skip-tasks")
    assert not project.exists() or _is_part(project, whole)
    again = copy_as_process(plain_template, project, *QUICKLY, "--overwrite")
    assert again.status == 0, again.errors
    assert files_of(project) == files_of(whole)


def _is_part(project: Path, whole: Path) -> bool:
    return files_of(project).keys() <= files_of(whole).keys()


def test_a_rendering_that_is_killed_is_completed_by_overwriting(
    plain_template: Path, tmp_path: Path
) -> None:
    project, whole = tmp_path / "service", tmp_path / "whole"
    render(plain_template, whole)
    render(plain_template, project)
    for path in ("src/main.py", "Makefile", "resources.yml"):
        (project / path).unlink()
    (project / "src" / "config.py").write_bytes(b"half a fi")
    again = copy_as_process(plain_template, project, *QUICKLY, "--overwrite")
    assert again.status == 0, again.errors
    assert files_of(project) == files_of(whole)


@pytest.mark.when_time_allows
def test_leaving_the_generator_takes_the_deletion_of_one_file(
    template: Path, tmp_path: Path
) -> None:
    project = tmp_path / "service"
    assert generate(template, project, SMALLEST, "--data=verify=none").status == 0
    (project / ".copier-answers.yml").unlink()
    _assert_verify_finishes(project)


def test_the_service_itself_names_no_generator(plain_template: Path, tmp_path: Path) -> None:
    project = render(plain_template, tmp_path / "service", starter="blog")
    named = re.compile(rb"copier|stanchion", re.IGNORECASE)
    code = ("src/", "tests/", "Dockerfile", "compose.yml", ".github/", "pyproject.toml")
    found = [
        p for p, text in files_of(project).items() if p.startswith(code) and named.search(text)
    ]
    assert not found
