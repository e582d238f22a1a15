"""Every safe change of a specification, in one update, on each database, with rows in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.servers import private_servers
from tests.update.changing import BEFORE, NEW_FIELDS, ODD_TEXT, after, filled, statements
from tests.update.projects import Run, Service, TemplateRepository, copy, install

PROGRAM = Path(__file__).with_name("to_and_fro.py")


class Changed(NamedTuple):
    """A project after its update, its database's URL, and what was in that before."""

    service: Service
    database: str
    url: str
    before: dict[str, Any]
    run: Run


@pytest.fixture(scope="module", params=["sqlite", "postgresql", "mysql"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """Return a kind of database, and the URL of an empty one."""
    kind: str = request.param
    if kind == "sqlite":
        yield kind, f"sqlite:///{tmp_path_factory.mktemp('data')}/app.db"
        return
    if not private_servers().available(kind):
        pytest.skip(f"no {kind} server is installed")
    held = private_servers().start(kind)
    yield kind, held.url
    held.stop()


@pytest.fixture(scope="module")
def changed(
    server: tuple[str, str], template: TemplateRepository, tmp_path_factory: pytest.TempPathFactory
) -> Changed:
    """Return a project whose database was filled before every kind of change was made at once."""
    database, url = server
    folder = tmp_path_factory.mktemp(database) / "books"
    service, run = copy(template, folder, BEFORE, database=database)
    assert run.status == 0, run.all
    install(service)
    if database == "mysql":
        walk(service, url, "fill", given=["CREATE DATABASE books CHARACTER SET utf8mb4"])
        url = f"{url.rpartition('/')[0]}/books"
    [before] = walk(service, url, "up", "fill", "look", given=statements(database))
    service.specify(after())
    # The owner's own database is named in the environment: the update must not touch it.
    return Changed(service, database, url, before, service.update())


def walk(service: Service, url: str, *words: str, given: object = None) -> list[dict[str, Any]]:
    """Migrate a project's database to and fro, and return what each look at it saw."""
    python, program = ".venv/bin/python", str(PROGRAM)
    told = service.must(python, program, *words, given=json.dumps(given), DATABASE_URL=url)
    return [json.loads(line) for line in told.splitlines()]


def test_update_writes_one_migration(changed: Changed) -> None:
    assert changed.run.status == 0, changed.run.all
    assert changed.service.unmerged() == []
    assert [name[:5] for name in changed.service.migrations()] == ["0001_", "0002_"], (
        changed.run.all
    )


def test_migration_is_reversible_and_keeps_rows(changed: Changed) -> None:
    words = ("up", "look", "check", "down", "look", "up", "look")
    up, down, again = walk(changed.service, changed.url, *words)
    assert down["schema"] == changed.before["schema"]
    assert again["schema"] == up["schema"]
    # What was filled stays filled; all else is as it was.
    assert without(down, "motto") == without(changed.before, "motto")
    assert again["rows"] == up["rows"]


def test_rows_are_filled_with_the_new_defaults(changed: Changed) -> None:
    [now] = walk(changed.service, changed.url, "up", "look")
    expected = filled(changed.database)
    for row in now["rows"]["books"]:
        assert {name: row[name] for name in expected} == expected
        assert json.loads(row["extra"]) == NEW_FIELDS["extra"]["default"]
    assert [row["motto"] for row in now["rows"]["books"]] == [ODD_TEXT, "mine"]


def without(seen: dict[str, Any], column: str) -> dict[str, list[dict[str, str]]]:
    """Return the rows that were seen, one column of theirs apart."""
    return {
        table: [{name: row[name] for name in row if name != column} for row in rows]
        for table, rows in seen["rows"].items()
    }


def test_migration_needs_no_formatter_and_no_linter(changed: Changed) -> None:
    versions = "src/migrations/versions"
    changed.service.python("-m", "ruff", "format", "--check", "src/migrations")
    changed.service.python("-m", "ruff", "check", "src/migrations")
    changed.service.python("-m", "mypy", versions)
