"""The files around a generated project: handles, image, compose, continuous integration."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.hooks.projects import Project, clean_environment, write_frame

DATABASES = ("sqlite", "postgresql", "mysql")
HANDLES = (
    *("install", "migrate", "rollback", "migration", "dev", "start", "test", "lint", "format"),
    *("check", "verify", "openapi", "seed", "admin", "grant", "prune", "update", "upgrade"),
)
UV_FOLDER = Path(sys.executable).parent


def make(folder: Path, *arguments: str, path: str = "/usr/bin:/bin") -> tuple[int, str]:
    """Run make in a folder; return its status and all that it wrote."""
    finished = subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env=clean_environment() | {"PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return finished.returncode, finished.stdout


def load(folder: Path, name: str) -> dict[str, Any]:
    """Return what a YAML file of the project holds."""
    content: dict[str, Any] = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
    return content


def test_make_lists_every_handle(tmp_path: Path) -> None:
    write_frame(tmp_path, "sqlite")
    status, output = make(tmp_path)
    listed = re.findall(r"^  ([a-z]+) ", output, flags=re.MULTILINE)
    assert status == 0
    assert set(HANDLES) <= set(listed)


def test_handles_say_what_is_missing_before_install(tmp_path: Path) -> None:
    write_frame(tmp_path, "sqlite")
    assert "run 'make install' first" in make(tmp_path, "test")[1]
    assert "make install needs uv" in make(tmp_path, "install", "UV=no-such-uv")[1]


def test_handles_work_without_uv_once_installed(sqlite_project: Project) -> None:
    sqlite_project.verify("--only", "install")
    status, output = make(sqlite_project.folder, "lint")
    assert status == 0, output


def test_migration_needs_a_message(sqlite_project: Project) -> None:
    sqlite_project.verify("--only", "install")
    status, output = make(sqlite_project.folder, "migration")
    assert status != 0
    assert "Say what changes" in output


@pytest.mark.parametrize("database", DATABASES)
def test_compose_starts_the_service_after_its_migrations(tmp_path: Path, database: str) -> None:
    write_frame(tmp_path, database)
    services = load(tmp_path, "compose.yml")["services"]
    url = services["api"]["environment"]["DATABASE_URL"]
    assert url.startswith(f"{database}://")
    assert services["api"]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert ("database" in services) is (database != "sqlite")
    assert "@database:" in url or database == "sqlite"


@pytest.mark.parametrize("database", DATABASES)
def test_ci_has_the_database_that_its_url_names(tmp_path: Path, database: str) -> None:
    write_frame(tmp_path, database)
    workflow = load(tmp_path, ".github/workflows/ci.yml")
    assert workflow["env"]["DATABASE_URL"].startswith(f"{database}://")
    assert ("services" in workflow["jobs"]["verify"]) is (database != "sqlite")
    assert len(workflow["env"]["SECRET_KEY"]) >= 32


def test_steps_of_the_image_work_in_an_empty_folder(
    sqlite_project: Project, tmp_path: Path
) -> None:
    sqlite_project.verify("--only", "install")
    (sqlite_project.folder / "assets").mkdir(exist_ok=True)  # the tiny service has no docs page
    for name in allowed_in_image(sqlite_project.folder):
        source = sqlite_project.folder / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name)
    dockerfile = (sqlite_project.folder / "Dockerfile").read_text(encoding="utf-8")
    (install,) = re.findall(r"^RUN (uv .*)$", dockerfile, flags=re.MULTILINE)
    run_in(tmp_path, str(UV_FOLDER / "uv"), *shlex.split(install)[1:])
    installed = {path.name for path in tmp_path.glob(".venv/lib/python*/site-packages/*")}
    assert "uvicorn" in installed
    assert "pytest" not in installed
    heads = run_in(tmp_path, ".venv/bin/python", "-m", "alembic", "heads", "--verbose")
    assert "0001" in heads


def allowed_in_image(folder: Path) -> list[str]:
    """Return what .dockerignore lets into the image."""
    lines = (folder / ".dockerignore").read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("!") for line in lines if line.startswith("!")]


def run_in(folder: Path, *command: str) -> str:
    """Run a command in a folder, and return what it wrote. Raises when it fails."""
    env = clean_environment()
    finished = subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, check=True
    )
    return finished.stdout
