"""What the owner did in between: columns, migrations, deleted files, edits of the same lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.update.projects import Run, Service
from tests.update.samples import BOOK, with_fields

NOTE = {"note": {"type": "text", "nullable": True}}
CLASS = "class Book(ResourceMixin, Base):\n"
COLUMN = '    mark: Mapped[str | None] = mapped_column(sa.String(10), default="-")\n'


def add_column(service: Service, line: str) -> None:
    """Write a column of one's own behind those of the specification."""
    service.append("src/models/book.py", f"\n{line}")


def update(service: Service, fields: Mapping[str, Any]) -> Run:
    """Add fields, and run ``make update``."""
    service.specify(with_fields(fields))
    return service.update()


def test_own_column_and_migration_stay_and_the_next_one_follows(service: Service) -> None:
    add_column(service, COLUMN)
    service.must("make", "--silent", "migration", message="add my mark")
    assert service.migrations() == ["0001_initial.py", "0002_add_my_mark.py"]
    service.commit("Add a column of ours")
    own = service.read("src/migrations/versions/0002_add_my_mark.py")
    run = update(service, NOTE)
    assert run.status == 0, run.all
    assert service.unmerged() == []
    assert service.migrations()[2:] == ["0003_update_book.py"]
    new = service.read("src/migrations/versions/0003_update_book.py")
    assert 'down_revision = "0002"' in new
    assert "mark" not in new
    assert service.read("src/migrations/versions/0002_add_my_mark.py") == own
    assert COLUMN in service.read("src/models/book.py")


def test_own_column_without_a_value_for_rows_stops_the_migration(service: Service) -> None:
    add_column(service, "    mark: Mapped[str] = mapped_column(sa.String(10))\n")
    service.commit("Add a column of ours")
    run = update(service, NOTE)
    assert run.status != 0
    assert "not done" in run.output
    assert "books.mark may not be null" in run.output
    assert "Traceback" not in run.all
    assert service.migrations() == ["0001_initial.py"]


def test_conflict_is_named_and_nothing_is_called_done(service: Service) -> None:
    service.replace("src/models/book.py", "sa.String(120)", "sa.String(140)")
    service.commit("Have longer titles")
    title = BOOK["book"]["fields"]["title"] | {"max_length": 160}
    run = update(service, {"title": title})
    assert run.status != 0
    assert "not done" in run.output
    assert "Conflicts, to be solved by hand: src/models/book.py" in run.output
    assert service.migrations() == ["0001_initial.py"]
    service.must("sh", "-c", "git reset --hard && git clean -fd")
    assert service.unmerged() == []


def test_deleted_files_stay_deleted(service: Service) -> None:
    (service.folder / "Dockerfile").unlink()
    (service.folder / "tests" / "test_accounts.py").unlink()
    service.commit("Do without them")
    run = update(service, NOTE)
    assert run.status == 0, run.all
    assert not (service.folder / "Dockerfile").exists()
    assert not (service.folder / "tests" / "test_accounts.py").exists()


def test_update_without_a_change_changes_nothing(service: Service) -> None:
    before = service.state()
    run = service.update()
    assert run.status == 0, run.all
    assert "Nothing changed." in run.output
    assert service.state() == before


def test_update_without_an_environment_says_what_is_left(service: Service) -> None:
    (service.folder / ".venv").rename(service.folder.with_name("venv"))
    run = update(service, NOTE)
    assert run.status != 0
    assert "not done" in run.output
    assert "make install" in run.output
    assert "note" in service.read("src/models/book.py")


def test_recopy_leaves_migrations_and_history(service: Service) -> None:
    service.append("src/errors.py", "\nOURS = 1\n")
    service.write(
        "src/migrations/versions/0002_ours.py",
        service.read("src/migrations/versions/0001_initial.py")
        .replace('"0001"', '"0002"')
        .replace("down_revision = None", 'down_revision = "0001"'),
    )
    service.replace("src/migrations/versions/0001_initial.py", '"""The tables', '"""All tables')
    service.commit("Work")
    head = service.git("rev-parse", "HEAD")
    run = service.run("copier", "recopy", "--trust", "--defaults", "--overwrite")
    assert run.status == 0, run.all
    assert service.git("rev-parse", "HEAD") == head
    assert service.git("status", "--porcelain").split() == ["M", "src/errors.py"]
