"""A person at the prompts gets what `--data` and `--data-file` get, and is told what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from tests.copying import copy_here, files_of, render
from tests.questions.person import Person

NAME = "What is the service called?"
SLUG = "Its name in files, images and packages"
DESCRIPTION = "What does it do, in one sentence?"
FRAMEWORK = "Which framework?"
DATABASE = "Which database?"
AUTH = "How do callers authenticate?"
CASING = "How are members of JSON written?"
STORE = "Where are requests counted for their limits?"
IDEMPOTENCY = "May clients send a create again, with the header Idempotency-Key?"
STARTER = "Which specification do you start from?"
RESOURCES = "The resources; keep or edit"
GIT = "Make a git repository and its first commit?"
VERIFY = "How much is proven before you open an editor?"

Come = Callable[..., Person]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return where the person wants a project."""
    folder = tmp_path / "wanted" / "service"
    folder.parent.mkdir()
    return folder


@pytest.fixture
def come(plain_template: Path, project: Path) -> Iterator[Come]:
    """Return what seats a person at the prompts."""
    seated: list[Person] = []

    def seat(*options: str) -> Person:
        seated.append(Person(plain_template, project, "--skip-tasks", *options))
        return seated[-1]

    yield seat
    for person in seated:
        person.leaves()


def _answers(project: Path) -> dict[str, object]:
    text = (project / ".copier-answers.yml").read_text(encoding="utf-8")
    answers: dict[str, object] = yaml.safe_load(text)
    return answers


def _assert_same(one: Path, other: Path) -> None:
    """Compare two projects; answers may be on record in the order in which they came."""
    files, others = files_of(one), files_of(other)
    for side in (files, others):
        del side[".copier-answers.yml"]
    assert files == others
    assert _answers(one) == _answers(other)


def _accept_all(person: Person) -> None:
    of_project, of_stack = (NAME, SLUG, DESCRIPTION), (FRAMEWORK, DATABASE, AUTH)
    for question in (*of_project, *of_stack, CASING, IDEMPOTENCY, STORE, STARTER):
        person.accepts(question)
    person.accepts_text(RESOURCES)
    person.accepts(GIT)
    person.accepts(VERIFY)


def test_who_accepts_everything_gets_the_defaults(
    come: Come, plain_template: Path, tmp_path: Path, project: Path
) -> None:
    person = come()
    _accept_all(person)
    assert person.waits() == 0, person.seen
    assert files_of(project) == files_of(render(plain_template, tmp_path / "defaults"))


def test_the_questions_are_twelve_and_no_guard_is_seen(come: Come, project: Path) -> None:
    person = come()
    _accept_all(person)
    person.waits()
    assert "guard" not in person.seen
    shown = {line for line in person.seen.splitlines() if "🎤" in line}
    assert len({line.split("(")[0][:40] for line in shown}) >= 12


def test_who_chooses_gets_what_the_same_answers_as_data_give(
    come: Come, plain_template: Path, tmp_path: Path, project: Path
) -> None:
    person = come()
    person.types(NAME, "Böse Bücher")
    person.accepts(SLUG)
    person.accepts(DESCRIPTION)
    person.accepts(FRAMEWORK)
    person.chooses(DATABASE, 1)
    person.accepts(AUTH)
    person.chooses(CASING, 1)
    person.accepts(IDEMPOTENCY)
    person.accepts(STORE)
    person.chooses(STARTER, 1)
    person.accepts_text(RESOURCES)
    person.says(GIT, "n")
    person.chooses(VERIFY, 2)
    assert person.waits() == 0, person.seen

    answers: dict[str, object] = {"project_name": "Böse Bücher", "database": "postgresql"}
    answers |= {"json_case": "camel", "starter": "blog", "git": False, "verify": "none"}
    by_file = render(plain_template, tmp_path / "by-file", **answers)
    options = [f"--data={name}={value}" for name, value in answers.items()]
    by_data = tmp_path / "by-data"
    quickly = ["--trust", "--defaults", "--skip-tasks"]
    assert copy_here(plain_template, by_data, *quickly, *options).status == 0
    _assert_same(by_file, by_data)
    _assert_same(by_file, project)


RESOURCES_TEXT = "{task: {fields: {title: {type: string, max_length: 40}}}}"


def test_resources_are_the_same_however_they_are_given(
    come: Come, plain_template: Path, tmp_path: Path, project: Path
) -> None:
    person = come("--data=git=false", "--data=verify=none", "--data=starter=blank")
    of_project, of_stack = (NAME, SLUG, DESCRIPTION), (FRAMEWORK, DATABASE, AUTH)
    for question in (*of_project, *of_stack, CASING, IDEMPOTENCY, STORE):
        person.accepts(question)
    person.writes_text(RESOURCES, RESOURCES_TEXT)
    assert person.waits() == 0, person.seen

    common: dict[str, object] = {"git": False, "verify": "none", "starter": "blank"}
    mapping = yaml.safe_load(RESOURCES_TEXT)
    by_mapping = render(plain_template, tmp_path / "mapping", **common, resources=mapping)
    by_text = render(plain_template, tmp_path / "text", **common, resources=RESOURCES_TEXT)
    _assert_same(by_mapping, by_text)
    _assert_same(by_mapping, project)
    assert _answers(project)["resources"] == mapping


def test_who_types_a_wrong_slug_is_told_and_may_mend_it(come: Come, project: Path) -> None:
    person = come()
    person.accepts(NAME)
    person.types(SLUG, "My Service")
    person.reads("is not a slug")
    person.retypes("mended")
    for question in (DESCRIPTION, FRAMEWORK, DATABASE, AUTH, CASING, IDEMPOTENCY, STORE, STARTER):
        person.accepts(question)
    person.accepts_text(RESOURCES)
    person.accepts(GIT)
    person.accepts(VERIFY)
    assert person.waits() == 0, person.seen
    assert _answers(project)["project_slug"] == "mended"


def test_who_writes_wrong_resources_is_told_before_anything_is_written(
    come: Come, project: Path
) -> None:
    person = come()
    of_project, of_stack = (NAME, SLUG, DESCRIPTION), (FRAMEWORK, DATABASE, AUTH)
    for question in (*of_project, *of_stack, CASING, IDEMPOTENCY, STORE, STARTER):
        person.accepts(question)
    person.writes_text(RESOURCES, "{task: {fields: {title: {type: strng}}}}")
    person.reads("resources.task.fields.title")
    person.interrupts("write string")
    assert person.waits() == 1
    assert not project.exists()


ALL_ANSWERS = {
    "project_name": "A service",
    "project_slug": "a-service",
    "description": "It serves.",
    "framework": "fastapi",
    "database": "sqlite",
    "auth": "[jwt]",
    "json_case": "snake",
    "idempotency": "true",
    "rate_limit_store": "memory",
    "starter": "items",
    "resources": "{}",
    "git": "false",
    "verify": "none",
}


@pytest.mark.parametrize(
    ("name", "question"),
    [("project_name", NAME), ("database", DATABASE), ("resources", RESOURCES), ("verify", VERIFY)],
)
def test_ctrl_c_leaves_nothing(come: Come, project: Path, name: str, question: str) -> None:
    given = {key: value for key, value in ALL_ANSWERS.items() if key != name}
    person = come(*(f"--data={key}={value}" for key, value in given.items()))
    person.interrupts(question)
    assert person.waits() == 1
    assert "Execution stopped by user" in person.seen
    assert list(project.parent.iterdir()) == []
