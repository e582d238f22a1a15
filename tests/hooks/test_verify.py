"""Verification of a real project: what passes, what fails, what is not run, and what remains."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from tests.hooks.projects import Project, clean_environment, write_frame
from tests.servers import Server, private_servers

ALL = [
    *("install", "database", "upgrade", "types", "downgrade"),
    *("upgrade-again", "compare", "lint", "tests"),
]
Change = Callable[[Path, str], None]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Return a PostgreSQL server that stands for the user's own."""
    if not private_servers().available("postgresql"):
        pytest.skip("no PostgreSQL server is installed")
    server = private_servers().start("postgresql")
    yield server
    server.stop()


def test_everything_passes_and_is_reported(sqlite_project: Project) -> None:
    run = sqlite_project.verify()
    report = sqlite_project.report()
    assert run.status == 0, run.output
    assert "all 9 steps passed" in run.output
    assert report["schema"] == 1
    assert report["outcome"] == "passed"
    assert sqlite_project.outcomes() == dict.fromkeys(ALL, "passed")
    assert report["steps"][2]["command"] == ".venv/bin/python -m alembic upgrade head"
    assert report["versions"]["database"] == "SQLite in a temporary file"
    assert report["versions"]["packages"]["fastapi"].startswith("0.")
    assert report["versions"]["runtime"].startswith("Python 3.")
    assert report["versions"]["installer"].startswith("uv ")
    assert not (sqlite_project.folder / "var" / "app.db").exists()


def test_env_is_written_for_its_owner_only(sqlite_project: Project) -> None:
    sqlite_project.verify("--only", "install")
    env = sqlite_project.folder / ".env"
    assert env.stat().st_mode & 0o777 == 0o600
    (secret,) = (line for line in env.read_text().splitlines() if line.startswith("SECRET_KEY="))
    assert len(secret.removeprefix("SECRET_KEY=")) == 64
    sqlite_project.verify("--only", "install")
    assert secret in env.read_text()


@pytest.mark.parametrize("database", ["postgresql", "mysql"])
def test_migrations_run_on_a_private_server(
    make_project: Callable[[str], Project], database: str
) -> None:
    if not private_servers().available(database):
        pytest.skip(f"no {database} server is installed")
    project = make_project(database)
    run = project.verify("--steps=migrate")
    assert run.status == 0, run.output
    assert project.outcomes() == dict.fromkeys(
        ["install", "database", "upgrade", "downgrade", "upgrade-again", "compare"], "passed"
    )
    assert project.notes()["database"].endswith("on a private server")


def test_database_url_lends_its_server_and_keeps_its_databases(
    postgresql_project: Project, server: Server
) -> None:
    before = databases_of(server, postgresql_project)
    run = postgresql_project.verify("--only", "tests", DATABASE_URL=server.url)
    assert run.status == 0, run.output
    assert postgresql_project.notes()["database"].endswith("on the server of DATABASE_URL")
    assert databases_of(server, postgresql_project) == before


def test_database_url_that_does_not_answer_is_named(postgresql_project: Project) -> None:
    url = "postgresql://app@127.0.0.1:9/app"
    run = postgresql_project.verify("--only", "database", DATABASE_URL=url)
    note = postgresql_project.notes()["database"]
    assert run.status == 0, run.output
    assert "on a private server" in note
    assert "on the server of DATABASE_URL no database could be made" in note


def test_without_any_server_it_says_what_to_run_later(
    postgresql_project: Project, changed: Change
) -> None:
    engines = postgresql_project.folder / "tools" / "engines.py"
    changed(engines, engines.read_text().replace('"postgres"', '"no-such-program"'))
    run = postgresql_project.verify("--steps=migrate", PATH="/usr/bin:/bin")
    assert run.status == 0, run.output
    assert postgresql_project.report()["outcome"] == "incomplete"
    assert postgresql_project.outcomes()["database"] == "not_run"
    assert "run `make verify` with DATABASE_URL" in postgresql_project.notes()["database"]
    assert postgresql_project.notes()["upgrade"] == "needs database"
    assert "Not run: database, upgrade" in run.output


def test_models_that_differ_from_the_schema_fail(sqlite_project: Project, changed: Change) -> None:
    models = sqlite_project.folder / "src" / "models.py"
    wider = models.read_text().replace("String(40)", "String(40), index=True")
    changed(models, wider)
    run = sqlite_project.verify("--steps=migrate")
    assert run.status == 1
    assert sqlite_project.outcomes()["compare"] == "failed"
    assert "ix_things_name" in run.output
    assert "--only compare" in run.output


def test_failing_migration_keeps_from_running_what_needs_it(
    sqlite_project: Project, changed: Change
) -> None:
    (migration,) = (sqlite_project.folder / "src/migrations/versions").glob("*.py")
    changed(migration, migration.read_text().replace("def upgrade", "def upwards"))
    run = sqlite_project.verify()
    assert run.status == 1
    assert sqlite_project.outcomes() == dict.fromkeys(ALL, "not_run") | {
        **dict.fromkeys(["install", "database", "types", "lint"], "passed"),
        "upgrade": "failed",
    }
    assert sqlite_project.notes()["compare"] == "needs upgrade-again"
    assert sqlite_project.report()["outcome"] == "failed"
    assert "has no attribute 'upgrade'" in sqlite_project.report()["steps"][2]["output"]


def test_without_uv_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    project = fresh(tmp_path)
    run = verify_without_uv(project)
    assert run.returncode == 1
    assert "uv is missing: get it with `pip install uv`" in run.stdout
    assert project.outcomes()["lint"] == "not_run"


def test_without_uv_the_venv_that_is_there_is_used(sqlite_project: Project) -> None:
    sqlite_project.verify("--only", "install")
    run = verify_without_uv(sqlite_project)
    assert run.returncode == 0, run.stdout
    assert sqlite_project.outcomes() == {"install": "not_run", "lint": "passed"}


def test_without_network_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    project = fresh(tmp_path / "project")
    nowhere = {"HTTPS_PROXY": "http://127.0.0.1:9", "ALL_PROXY": "http://127.0.0.1:9"}
    run = project.verify(
        "--only", "lint", UV_CACHE_DIR=str(tmp_path / "cache"), UV_HTTP_RETRIES="0", **nowhere
    )
    assert run.status == 1
    assert "the package index could not be reached" in project.notes()["install"]


@pytest.mark.parametrize("step", ["install", "database", "upgrade", "compare"])
def test_ctrl_c_stops_everything_and_the_next_run_finishes(
    postgresql_project: Project, step: str
) -> None:
    before = private_folders()
    terminal = pexpect.spawn(
        sys.executable,
        ["tools/verify.py", "--steps=migrate"],
        cwd=str(postgresql_project.folder),
        env=clean_environment(),
        timeout=60,
    )
    wait_for_turn(postgresql_project, terminal, step)
    terminal.sendintr()
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 130
    assert postgresql_project.report()["outcome"] == "interrupted"
    assert postgresql_project.outcomes()["compare"] == "not_run"
    wait_until(lambda: private_folders() <= before)  # tests beside this one have servers too
    assert postgresql_project.verify("--only", "upgrade").status == 0


def test_sigterm_stops_everything(sqlite_project: Project) -> None:
    with subprocess.Popen(
        [sys.executable, "tools/verify.py"],
        cwd=sqlite_project.folder,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        time.sleep(1)
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Interrupted." in output


def wait_for_turn(project: Project, terminal: pexpect.spawn[str], step: str) -> None:
    """Wait until all steps before this one have passed in the run on the terminal."""
    terminal.expect("Install the packages")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        outcomes = project.outcomes()
        before = list(outcomes)[: list(outcomes).index(step)]
        if all(outcomes[name] == "passed" for name in before):
            time.sleep(0.2)
            return
        time.sleep(0.02)
    raise AssertionError(f"the turn of {step} never came")


def wait_until(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Return once something holds; fail where it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it does not come to hold"
        time.sleep(0.2)


def private_folders() -> set[str]:
    """Return the folders of private servers on this machine."""
    return {path.name for path in Path("/dev/shm").glob("private-server-*")}


def fresh(folder: Path) -> Project:
    """Return a project in which nothing was installed yet."""
    write_frame(folder, "sqlite")
    return Project(folder)


def verify_without_uv(project: Project) -> subprocess.CompletedProcess[str]:
    """Run verification with a Python that has no uv beside it, and none on the PATH."""
    python = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"
    path = "/usr/bin:/bin"
    if (python.parent / "uv").exists() or shutil.which("uv", path=path):
        pytest.skip("uv is everywhere")
    return subprocess.run(
        [str(python), "tools/verify.py", "--only", "lint"],
        cwd=project.folder,
        env=clean_environment() | {"PATH": path},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )


def databases_of(server: Server, project: Project) -> str:
    """Return the names of all databases on a server, as the project's own driver lists them."""
    program = (
        "import asyncio, asyncpg, sys\n"
        "async def names():\n"
        "    connection = await asyncpg.connect(sys.argv[1])\n"
        "    return await connection.fetch('SELECT datname FROM pg_database ORDER BY 1')\n"
        "print(asyncio.run(names()))"
    )
    project.verify("--only", "install")
    return subprocess.run(
        [str(project.folder / ".venv/bin/python"), "-c", program, server.url],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
