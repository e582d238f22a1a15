"""Projects in TypeScript: updates keep the owner's code, and a Node that will not do is told."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.update.projects import (
    ANSWERS,
    TOOLS,
    Run,
    Service,
    TemplateRepository,
    copy,
    install,
)
from tests.update.samples import BOOK, with_fields

SERVICE, ROUTER, TABLE = "src/services/books.ts", "src/routes/books.ts", "src/tables/book.ts"
COLOUR = {"colour": {"type": "string", "max_length": 20, "default": "red", "filter": True}}
RULE = """\
  const data = BookCreate.parse(body);
  if (data.title === 'Our own rule') throw notFound();
"""
ROUTE = """
router.get('/own/shelf', 'show_shelf', {}, 'Show our own shelf.', () => noContent());
"""
INDEX = "    index('ix_books_ours').on(t.lentOn, t.pages),\n"
NEEDED = "Node.js 24 or newer is missing: get it from https://nodejs.org, then run `make verify`"


class Updated(NamedTuple):
    """A project after its update."""

    service: Service
    run: Run


def _edit(service: Service) -> None:
    creating = "  return BOOKS.create(session, caller, BookCreate.parse(body));\n"
    made = "  return BOOKS.create(session, caller, data);\n"
    service.replace(SERVICE, creating, RULE + made)
    imported = "import { notFound } from '../lib/errors.ts';\n"
    service.replace(SERVICE, "import { BOOK_POLICY }", f"{imported}import {{ BOOK_POLICY }}")
    service.append(ROUTER, ROUTE)
    last = "    index('ix_books_updated_at_id')"
    service.replace(TABLE, last, INDEX + last)
    service.must("make", "--silent", "migration", message="index our loans")
    service.commit("Make it ours")


def _migrations(service: Service) -> list[str]:
    return sorted(path.name for path in (service.folder / "migrations").glob("*.sql"))


@pytest.fixture(scope="module")
def updated(template: TemplateRepository, tmp_path_factory: pytest.TempPathFactory) -> Updated:
    """Return a project in which code, routes, a table and migrations are its owner's too."""
    folder = tmp_path_factory.mktemp("node") / "books"
    service, run = copy(template, folder, BOOK, framework="express")
    assert run.status == 0, run.all
    install(service)
    _edit(service)
    service.specify(with_fields(COLOUR))
    return Updated(service, service.update())


def test_update_keeps_every_edit_without_a_conflict(updated: Updated) -> None:
    service, run = updated
    assert run.status == 0, run.all
    assert service.unmerged() == []
    for name, words in ((SERVICE, RULE), (ROUTER, ROUTE), (TABLE, INDEX)):
        assert words in service.read(name)


def test_only_files_that_name_fields_change_beside_the_answers(updated: Updated) -> None:
    changed = updated.service.git("diff", "--name-only", "HEAD").split()
    names_fields = ("docs/api/", "src/tables/", "src/schemas/", "tests/")
    assert {TABLE, "src/schemas/book.ts"}.issubset(changed)
    assert [name for name in changed if not name.startswith(names_fields)] == [ANSWERS]


def test_one_migration_follows_the_owners(updated: Updated) -> None:
    service = updated.service
    own, new = "0002_index_our_loans.sql", "0003_update_book.sql"
    assert _migrations(service) == ["0001_initial.sql", own, new]
    assert service.git("status", "--porcelain", f"migrations/{own}") == ""
    assert "ix_books_colour_id" in service.read(f"migrations/{new}")


def test_the_way_leads_up_down_and_up_and_the_code_holds(updated: Updated) -> None:
    service = updated.service
    for way in ("up", "reset", "up"):
        service.must("node", "tools/migrate.ts", way)
    service.must("node", "tools/check-schema.ts")
    service.must("node_modules/.bin/tsc")
    service.must("node_modules/.bin/oxfmt", "--check")


class OldNode(TemplateRepository):
    """The template where the first Node of the PATH is too old."""

    path = ""

    def run(self, *command: str, given: str = "", **env: str) -> Run:
        """Run a program to its end."""
        return super().run(*command, given=given, **{"PATH": self.path, **env})


@pytest.fixture
def old_node(template: TemplateRepository, tmp_path: Path) -> OldNode:
    """Return the template on a machine with an old Node."""
    program = tmp_path / "node"
    program.write_text('#!/bin/sh\n[ "$1" = --version ] && echo v20.19.0\n', encoding="utf-8")
    program.chmod(0o755)
    found = OldNode(template.folder, template.home)
    found.path = os.pathsep.join((str(tmp_path), str(TOOLS), os.environ["PATH"]))
    return found


def test_an_old_node_is_told_and_the_project_is_complete(old_node: OldNode, tmp_path: Path) -> None:
    service, run = copy(old_node, tmp_path / "books", BOOK, framework="express", verify="full")
    assert run.status == 0, run.all
    assert NEEDED in run.all
    assert "Traceback" not in run.all
    assert service.git("log", "--oneline")
    assert service.git("status", "--porcelain") == ""
    for name in (SERVICE, ROUTER, TABLE, "migrations/0001_initial.sql", ".env"):
        assert (service.folder / name).exists()
    refused = service.run("make", "install", PATH=old_node.path)
    assert refused.status != 0
    assert "make install needs Node.js 24 or newer" in refused.errors


def test_a_missing_node_is_told(updated: Updated, tmp_path: Path) -> None:
    python = Path(sys.executable).resolve()
    if (python.parent / "node").exists():
        pytest.skip("Node lies beside Python")
    fresh = Service(tmp_path / "books", updated.service.home)
    updated.service.git("clone", "--quiet", ".", str(fresh.folder))
    run = fresh.run(str(python), "tools/verify.py", "--steps=migrate", PATH=str(tmp_path))
    assert run.status != 0
    assert NEEDED in run.output
    assert "Traceback" not in run.all
