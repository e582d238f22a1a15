"""What an update refuses, it refuses in a sentence, and leaves all as it was."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from stanchion.context import resources_file
from stanchion.specification import read_resources_file
from tests.update.projects import Run, Service, TemplateRepository, copy, environment
from tests.update.samples import BOOK, with_fields

COLOUR = {"colour": {"type": "string", "max_length": 20, "default": "red"}}


def update(service: Service, *options: str, **env: str) -> Run:
    """Run what ``make update`` runs, for its own exit status."""
    return service.run("python3", "tools/update.py", *options, **env)


def assert_refused(run: Run, *words: str) -> None:
    """Check that a refusal is a sentence on standard error, with an exit status of 1."""
    assert run.status == 1, run.all
    assert "Traceback" not in run.all
    for word in words:
        assert word in run.errors, run.all


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"framework": "flask"}, "framework"),
        ({"git": "maybe"}, "git"),
        ({"databse": "sqlite"}, "write database"),
    ],
)
def test_copy_with_a_wrong_answer_writes_nothing(
    template: TemplateRepository, tmp_path: Path, answers: dict[str, str], words: str
) -> None:
    _, run = copy(template, tmp_path / "service", BOOK, **answers)
    assert_refused(run, words)
    assert not (tmp_path / "service").exists()


def test_copy_with_a_faulty_specification_writes_nothing(
    template: TemplateRepository, tmp_path: Path
) -> None:
    _, run = copy(template, tmp_path / "service", {"book": {"fields": {"class": {"type": "txt"}}}})
    assert_refused(run, "resources.book.fields.class")
    assert not (tmp_path / "service").exists()


FAULTY: list[tuple[str, str, tuple[str, ...]]] = [
    (
        "faults",
        yaml.safe_dump({"resources": with_fields({"pages": {"type": "integr"}, "class": {}})}),
        ("resources.book.fields.pages: ", "resources.book.fields.class: "),
    ),
    (
        "a key that stands twice",
        yaml.safe_dump({"resources": BOOK}) + "  book: {fields: {title: {type: text}}}\n",
        ("resources.yml", "resources.book: stands here twice"),
    ),
    (
        "fields that go",
        yaml.safe_dump({"resources": with_fields({"pages": None, "lent_on": None})}),
        ("resources.book.fields.pages", "resources.book.fields.lent_on", "internal: true"),
    ),
    ("a question that is none", yaml.safe_dump({"resources": BOOK, "colour": 1}), ("colour",)),
    ("no YAML", "resources: {book: [", ("resources.yml cannot be read", "line 1")),
    ("nothing", "", ("resources.yml cannot be read",)),
]


@pytest.mark.parametrize(
    ("text", "words"), [row[1:] for row in FAULTY], ids=[row[0] for row in FAULTY]
)
def test_faulty_resources_are_refused_and_the_edit_stays(
    service: Service, text: str, words: tuple[str, ...]
) -> None:
    service.write("resources.yml", text)
    before = service.state()
    assert_refused(update(service), *words)
    assert service.state() == before


def test_references_of_a_data_file_are_written_out() -> None:
    fields = {"label": {"type": "text"}}
    text = resources_file({"shelf": {"fields": fields}, "tag": {"fields": fields}}, "items")
    assert read_resources_file(text)["resources"] == yaml.safe_load(text)["resources"]


def test_staged_edit_stays_staged(service: Service) -> None:
    service.specify(with_fields({"pages": None}))
    service.git("add", "resources.yml")
    before = service.state()
    assert_refused(update(service), "resources.book.fields.pages")
    assert service.state() == before


@pytest.mark.parametrize(
    ("option", "words"),
    [("framework=flask", "framework"), ("database=postgresql", "sqlite to postgresql")],
)
def test_update_with_another_answer_is_refused(service: Service, option: str, words: str) -> None:
    before = service.state()
    command = ["copier", "update", "--trust", "--defaults", "--vcs-ref", ":current:"]
    assert_refused(service.run(*command, "--data", option), words)
    assert service.state() == before


def test_update_whose_answer_is_not_in_resources_yml_is_refused(
    service: Service, tmp_path: Path
) -> None:
    other = tmp_path / "other.yml"
    other.write_text(yaml.safe_dump({"resources": with_fields(COLOUR)}), encoding="utf-8")
    before = service.state()
    command = ["copier", "update", "--trust", "--defaults", "--vcs-ref", ":current:"]
    assert_refused(service.run(*command, "--data-file", str(other)), "differ", "make update")
    assert service.state() == before


def test_what_is_not_committed_is_named(service: Service) -> None:
    service.append("src/errors.py", "# mine\n")
    service.write("notes of mine.txt", "")
    before = service.state()
    assert_refused(update(service), "src/errors.py", "notes of mine.txt")
    assert service.state() == before


def change_source(service: Service, source: str) -> None:
    """Record another place of the template, and commit that."""
    answers: dict[str, Any] = service.answers()
    service.replace(".copier-answers.yml", answers["_src_path"], source)
    service.commit("Move the template")


@pytest.mark.parametrize(
    ("source", "words"), [("../stanchion", "whole path"), ("/nowhere/stanchion", "not at /nowhere")]
)
def test_template_that_cannot_be_found_is_named(service: Service, source: str, words: str) -> None:
    change_source(service, source)
    service.specify(with_fields(COLOUR))
    before = service.state()
    assert_refused(update(service), words)
    assert service.state() == before


def test_missing_copier_comes_with_the_command_that_adds_it(service: Service) -> None:
    service.specify(with_fields(COLOUR))
    before = service.state()
    assert_refused(update(service, COPIER="/nowhere/copier"), "/nowhere/copier", "pip install")
    assert service.state() == before


@pytest.mark.parametrize(
    ("gone", "words"), [(".copier-answers.yml", "left"), ("resources.yml", "git")]
)
def test_missing_file_is_named(service: Service, gone: str, words: str) -> None:
    (service.folder / gone).unlink()
    service.commit("Take it away")
    before = service.state()
    assert_refused(update(service), gone, words)
    assert service.state() == before


def test_project_without_git_is_told_so(service: Service) -> None:
    shutil.rmtree(service.folder / ".git")
    assert_refused(update(service), "git init")


def test_project_without_a_commit_is_told_so(service: Service) -> None:
    shutil.rmtree(service.folder / ".git")
    service.git("init", "--quiet")
    assert_refused(update(service), "Nothing is committed yet")


def test_interrupted_update_leaves_the_edit(service: Service) -> None:
    service.specify(with_fields(COLOUR))
    before = service.state()
    process = subprocess.Popen(
        [sys.executable, "tools/update.py"],
        cwd=service.folder,
        env=environment(service.home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert "Keeping template version" in process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1, said
    assert "Traceback" not in said
    assert service.state() == before
