"""A field is added to a project that its owner has edited and filled: all of that stays."""

from __future__ import annotations

import sqlite3
from copy import deepcopy
from typing import NamedTuple

import pytest

from tests.update.projects import ANSWERS, Run, Service
from tests.update.samples import BOOK, edit_code

DATABASE = "var/app.db"
OWNER = "0190" + "0" * 28
ROWS = [("0191" + f"{number:028x}", f"Book {number}") for number in range(3)]
MOMENT = "2030-01-31 12:00:00.000000"


class Updated(NamedTuple):
    """A project after its update, and what was there before."""

    service: Service
    run: Run
    own: dict[str, str]
    before: list[str]


def fill(service: Service) -> None:
    """Migrate the database that the owner works with, and put rows into it."""
    service.must("make", "--silent", "migrate")
    with sqlite3.connect(service.folder / DATABASE) as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(users)")]
        assert "email" in columns
        values = dict.fromkeys(columns, "") | {
            "id": OWNER,
            "email": "ada@example.com",
            "created_at": MOMENT,
            "updated_at": MOMENT,
        }
        marks = ", ".join("?" for _ in columns)
        database.execute(f"INSERT INTO users VALUES ({marks})", list(values.values()))
        database.executemany(
            "INSERT INTO books (id, owner_id, title, pages, created_at, updated_at, version)"
            " VALUES (?, ?, ?, 1, ?, ?, 1)",
            [(row_id, OWNER, title, MOMENT, MOMENT) for row_id, title in ROWS],
        )
    database.close()


def titles(service: Service) -> list[tuple[str, str]]:
    """Return the rows that are there."""
    database = sqlite3.connect(service.folder / DATABASE)
    try:
        return database.execute("SELECT id, title FROM books ORDER BY id").fetchall()
    finally:
        database.close()


@pytest.fixture(scope="module")
def updated(book_service: Service, tmp_path_factory: pytest.TempPathFactory) -> Updated:
    """Return a project that was filled and edited, and then got a field."""
    service = book_service.twin(tmp_path_factory.mktemp("added") / "service")
    fill(service)
    own = edit_code(service)
    before = service.migrations()
    resources = deepcopy(BOOK)
    colour = {"type": "string", "max_length": 20, "default": "red", "filter": True}
    resources["book"]["fields"] = {"colour": colour, **resources["book"]["fields"]}
    service.specify(resources)
    return Updated(service, service.update(), own, before)


def test_update_succeeds_without_a_conflict(updated: Updated) -> None:
    assert updated.run.status == 0, updated.run.all
    assert updated.service.unmerged() == []
    assert "onflict" not in updated.run.all


def test_only_files_that_name_fields_change_beside_the_answers(updated: Updated) -> None:
    changed = updated.service.git("diff", "--name-only", "HEAD").split()
    names_fields = ("docs/api/", "src/models/", "src/schemas/", "tests/")
    assert {"src/models/book.py", "src/schemas/book.py"}.issubset(changed)
    assert [name for name in changed if not name.startswith(names_fields)] == [ANSWERS]


def test_specification_is_committed_alone(updated: Updated) -> None:
    named = updated.service.git("show", "--format=%s", "--name-only", "HEAD").split("\n")
    assert [line for line in named if line] == ["Change the specification", "resources.yml"]


def test_answers_record_the_new_specification(updated: Updated) -> None:
    answers = updated.service.answers()
    assert answers["resources"] == updated.service.resources()["resources"]
    assert answers["_commit"] == "v1.0.0"


def test_every_edit_is_kept(updated: Updated) -> None:
    for name, words in updated.own.items():
        assert words in updated.service.read(name)
    assert "# Our own words." in updated.service.read("src/models/book.py")


def test_one_migration_follows_the_head(updated: Updated) -> None:
    new = set(updated.service.migrations()) - set(updated.before)
    assert new == {"0002_update_book.py"}
    text = updated.service.read("src/migrations/versions/0002_update_book.py")
    assert 'down_revision = "0001"' in text


def test_rows_survive_up_down_and_up(updated: Updated) -> None:
    service = updated.service
    service.python("-m", "alembic", "upgrade", "head")
    assert titles(service) == ROWS
    service.python("-m", "alembic", "check")
    service.python("-m", "alembic", "downgrade", "-1")
    assert titles(service) == ROWS
    service.python("-m", "alembic", "upgrade", "head")
    assert titles(service) == ROWS


def test_lint_types_and_tests_of_the_project_pass(updated: Updated) -> None:
    service = updated.service
    changed = ["src/migrations", "src/models", "src/schemas"]
    service.python("-m", "ruff", "check", *changed)
    service.python("-m", "ruff", "format", "--check", *changed)
    service.python("-m", "mypy", *changed)
    service.python("-m", "pytest", "tests/test_migrations.py", "tests/test_accounts.py")
