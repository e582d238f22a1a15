"""Projects and templates that the tests of verification and of the hook share."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.hooks.projects import COPIER_YML, ROOT, Project, write_frame
from tests.servers import private_servers

collect_ignore = ["tiny"]


@pytest.fixture(scope="session")
def make_project(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Project]:
    """Return what makes a project for a database; its .venv stays warm for the session."""
    made: dict[str, Project] = {}

    def make(database: str) -> Project:
        if database not in made:
            folder = tmp_path_factory.mktemp(database)
            write_frame(folder, database)
            made[database] = Project(folder)
        return made[database]

    return make


@pytest.fixture
def sqlite_project(make_project: Callable[[str], Project]) -> Project:
    """Return a project on SQLite."""
    return make_project("sqlite")


@pytest.fixture
def postgresql_project(make_project: Callable[[str], Project]) -> Project:
    """Return a project on PostgreSQL."""
    if not private_servers().available("postgresql"):
        pytest.skip("no PostgreSQL server is installed")
    return make_project("postgresql")


@pytest.fixture
def changed(request: pytest.FixtureRequest) -> Iterator[Callable[[Path, str], None]]:
    """Return what writes a text to a file; the file gets its old text back after the test."""
    kept: dict[Path, str] = {}

    def change(path: Path, text: str) -> None:
        kept.setdefault(path, path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")

    yield change
    for path, text in kept.items():
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="session")
def tiny_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a Copier template of the tiny project, with the real hook as its task."""
    folder = tmp_path_factory.mktemp("template")
    write_frame(folder / "template", "sqlite")
    shutil.copytree(ROOT / "hooks", folder / "hooks")
    (folder / "copier.yml").write_text(COPIER_YML, encoding="utf-8")
    return folder
