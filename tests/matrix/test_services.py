"""Services of every starter on every database, really installed, migrated, tested and served."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.matrix.cells import CELLS, ROOT, Cell
from tests.matrix.conftest import require_server
from tests.matrix.projects import (
    changes_of,
    database_for,
    environment,
    generate,
    make,
    outcomes_of,
    serving,
    status_of,
)
from tests.servers import private_servers
from tests.walks import run_walk, walk_of

STEPS = ("install", "upgrade", "downgrade", "upgrade-again", "compare", "lint", "types", "tests")


def _cell(cell: Cell) -> object:
    marks = [] if cell.is_required else [pytest.mark.when_time_allows]
    return pytest.param(cell, id=str(cell), marks=marks)


@pytest.mark.parametrize("cell", [_cell(cell) for cell in CELLS])
def test_a_service_is_verified_and_serves(
    request: pytest.FixtureRequest, template: Path, tmp_path: Path, cell: Cell
) -> None:
    for kind in cell.servers:
        require_server(kind)
    project = tmp_path / "service"
    request.addfinalizer(lambda: shutil.rmtree(project / "node_modules", ignore_errors=True))
    outcome = generate(template, project, *cell.options)
    assert outcome.status == 0, outcome.errors
    outcomes = outcomes_of(project)
    assert outcomes["all"] == "passed", outcome.output
    assert {outcomes[step] for step in STEPS} == {"passed"}
    _assert_changes_nothing(project)
    with servers_for(cell) as variables, serving(project, **variables) as address:
        assert status_of(f"{address}/healthz") == 200
        assert status_of(f"{address}/docs") == 200
        assert status_of(f"{address}/api/v1/openapi.json") == 200
        if "<!-- walk -->" in (project / "README.md").read_text(encoding="utf-8"):
            assert walk_of(project)
            run_walk(project, address)
    assert_keeps_the_contract(project)
    assert changes_of(project) == ""


@contextlib.contextmanager
def servers_for(cell: Cell) -> Iterator[dict[str, str]]:
    """Yield the variables that lead a service to servers of its own."""
    with database_for(cell.database) as variables:
        if "redis" not in cell.servers:
            yield dict(variables)
            return
        redis = private_servers().start("redis")
        try:
            yield {**variables, "REDIS_URL": redis.url}
        finally:
            redis.stop()


def assert_keeps_the_contract(project: Path, *options: str) -> None:
    """Hold a service against the black-box suite."""
    command = [sys.executable, "-m", "tests.conformance", str(project), "--quiet", *options]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr


def _assert_changes_nothing(project: Path) -> None:
    assert changes_of(project) == ""
    formatted = make(project, "format")
    assert formatted.status == 0, formatted.output
    assert changes_of(project) == ""
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=project, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert ".env" not in tracked
    assert {"uv.lock", "package-lock.json"} & set(tracked)
