"""What a run of the matrix takes: what is required, and of the rest as much as there is time for.

`MATRIX_MINUTES` is how long cells that are not required may go on to begin; their order depends
on the commit. `--full-matrix` runs all.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from filelock import FileLock

from tests.matrix.cells import commit, turn
from tests.servers import private_servers

MARKER = "when_time_allows"
NOT_REACHED = "not reached in the time that the matrix has"
_DEFAULT_MINUTES = "0"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the matrix, spread over the processes, required tests first."""
    ours = [item for item in items if Path(__file__).parent in item.path.parents]
    others = [item for item in items if item not in ours]
    of_commit = commit()
    ours.sort(key=lambda item: (_is_optional(item), turn(item.nodeid, of_commit)))
    items[:] = _spread(ours, others, _count_processes(config))


def _is_optional(item: pytest.Item) -> bool:
    return item.get_closest_marker(MARKER) is not None


def _count_processes(config: pytest.Config) -> int:
    worker: dict[str, int] = getattr(config, "workerinput", {"workercount": 1})
    return worker["workercount"]


def _spread(slow: list[pytest.Item], quick: list[pytest.Item], parts: int) -> list[pytest.Item]:
    """Give each part of the list, of which every process takes one, its share of slow tests."""
    size = -(-len(quick) // parts)
    shares = (slow[part::parts] + quick[part * size :][:size] for part in range(parts))
    return [item for share in shares for item in share]


@pytest.fixture(autouse=True)
def _in_time(request: pytest.FixtureRequest, shared_folder: Path) -> None:
    """Skip what is optional once the time is over."""
    if not _is_optional(request.node) or request.config.getoption("--full-matrix"):
        return
    deadline = _deadline(shared_folder)
    if time.time() >= deadline:
        pytest.skip(NOT_REACHED)


def _deadline(folder: Path) -> float:
    """Return when the time is over; it begins with the first test that asks."""
    file = folder / "matrix-deadline"
    with FileLock(f"{file}.lock"):
        if not file.exists():
            minutes = float(os.environ.get("MATRIX_MINUTES", _DEFAULT_MINUTES))
            file.write_text(str(time.time() + 60 * minutes), encoding="utf-8")
        return float(file.read_text(encoding="utf-8"))


def require_server(database: str) -> None:
    """Skip where this machine has no server of a kind; fail where it must have one."""
    if database == "sqlite" or private_servers().available(database):
        return
    reason = f"no {database} server is installed"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
