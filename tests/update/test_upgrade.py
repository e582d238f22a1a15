"""A newer template renders with its own code, and leaves what the owner edited."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from tests.update.projects import (
    ROOT,
    Run,
    Service,
    TemplateRepository,
    borrow_environment,
    copy,
    make_template,
)
from tests.update.samples import BOOK, edit_code, with_fields

OLD_TEXT, NEW_TEXT = "There is nothing here.", "Nobody has ever put anything here."
MESSAGES = "src/contract/messages.py"
ROUTER = (
    "template/{{fastapi}}/src/routers/"
    "{% yield resource from service.resources %}{{ resource.names.plural }}{% endyield %}.py.jinja"
)


class Upgraded(NamedTuple):
    """A project after its upgrade, what its owner wrote, and the messages before."""

    service: Service
    run: Run
    own: dict[str, str]
    before: str


def release_second_version(template: TemplateRepository) -> None:
    """Change a module of the extension and a template, and tag that."""
    template.replace("extensions/stanchion/messages.py", OLD_TEXT, NEW_TEXT)
    first_line = template.read(ROUTER).split("\n", 1)[0]
    template.replace(ROUTER, first_line, f"# Version two.\n{first_line}")
    template.release("v2.0.0")


@pytest.fixture(scope="module")
def upgraded(
    book_service: Service, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Upgraded:
    """Return an edited project that was upgraded, and got a field on the way."""
    template = make_template(tmp_path_factory.mktemp("releases") / "stanchion", home)
    service, run = copy(template, tmp_path_factory.mktemp("upgraded") / "service", BOOK)
    assert run.status == 0, run.all
    borrow_environment(book_service.folder / ".venv", service.folder)
    own = edit_code(service)
    before = service.read(MESSAGES)
    release_second_version(template)
    service.specify(with_fields({"colour": {"type": "integer", "nullable": True}}))
    return Upgraded(service, service.update("upgrade"), own, before)


def test_update_keeps_the_version(book_service: Service, template: TemplateRepository) -> None:
    assert book_service.answers()["_commit"] == "v1.0.0"


def test_upgrade_succeeds_and_records_its_version(upgraded: Upgraded) -> None:
    assert upgraded.run.status == 0, upgraded.run.all
    assert upgraded.service.unmerged() == []
    assert upgraded.service.answers()["_commit"] == "v2.0.0"


def test_each_version_renders_with_its_own_modules(upgraded: Upgraded) -> None:
    """Had the old render used the new module, the text would pass for an edit of the owner's."""
    assert OLD_TEXT in upgraded.before
    assert NEW_TEXT in upgraded.service.read(MESSAGES)
    assert OLD_TEXT not in upgraded.service.read(MESSAGES)


def test_changed_template_arrives_beside_the_edits(upgraded: Upgraded) -> None:
    assert upgraded.service.read("src/routers/books.py").startswith("# Version two.\n")
    for name, words in upgraded.own.items():
        assert words in upgraded.service.read(name)


def test_changed_resources_arrive_too(upgraded: Upgraded) -> None:
    assert "colour" in upgraded.service.answers()["resources"]["book"]["fields"]
    assert upgraded.service.migrations() == ["0001_initial.py", "0002_update_book.py"]


def load_extension(folder: Path) -> ModuleType:
    """Load an entry file as Copier's loader does: alone, and anew."""
    entry = folder / "stanchion_extension.py"
    spec = importlib.util.spec_from_file_location(f"entry_of_{folder.parent.name}", entry)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_two_versions_in_one_process_share_no_module(tmp_path: Path) -> None:
    extensions = []
    for version in ("one", "two"):
        folder = tmp_path / version / "extensions"
        shutil.copytree(ROOT / "extensions", folder)
        messages = folder / "stanchion" / "messages.py"
        messages.write_text(messages.read_text().replace(OLD_TEXT, version))
        extensions.append(load_extension(folder).StanchionExtension)
    modules = [
        importlib.import_module(f"{e.__module__.partition('.')[0]}.messages") for e in extensions
    ]
    assert [module.MESSAGES["not_found"] for module in modules] == ["one", "two"]
