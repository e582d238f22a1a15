"""Templates and projects that the tests of updates share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.update.projects import (
    Service,
    TemplateRepository,
    copy,
    install,
    make_home,
    make_template,
)
from tests.update.samples import BOOK

MakeService = Callable[[str], Service]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home folder in which git knows who commits."""
    return make_home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, home: Path) -> TemplateRepository:
    """Return a repository of the working tree with one tagged version; tests leave it as it is."""
    return make_template(tmp_path_factory.mktemp("template") / "stanchion", home)


@pytest.fixture(scope="session")
def book_service(template: TemplateRepository, tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Return an installed project on SQLite with one resource; tests take twins of it."""
    service, run = copy(template, tmp_path_factory.mktemp("books") / "books", BOOK)
    assert run.status == 0, run.all
    install(service)
    return service


@pytest.fixture
def service(book_service: Service, tmp_path: Path) -> Service:
    """Return a project of one's own."""
    return book_service.twin(tmp_path / "service")
