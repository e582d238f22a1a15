"""Wrong answers, end to end: a message with place and mend, status 1, nothing written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.copying import QUICKLY, Outcome, copy_as_process, copy_here
from tests.questions.tables import (
    WRONG_TEXTS,
    WRONG_VALUES,
    Wrong,
    WrongSpecification,
    wrong_specifications,
)

SPECIFICATIONS = wrong_specifications()


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    """Return where a project would be written, and see afterwards that nothing was."""
    folder = tmp_path / "new" / "service"
    folder.parent.mkdir()
    yield folder
    assert list(folder.parent.iterdir()) == []


def _refused(outcome: Outcome) -> str:
    assert outcome.status == 1, outcome
    assert "Traceback" not in outcome.errors + outcome.output
    assert outcome.output == ""
    return outcome.errors


def _data_file(folder: Path, text: str) -> str:
    path = folder / "answers.yml"
    path.write_text(text, encoding="utf-8")
    return f"--data-file={path}"


def test_the_tables_are_large_enough() -> None:
    assert len(SPECIFICATIONS) >= 50
    assert len({wrong.name for wrong in WRONG_TEXTS + WRONG_VALUES}) >= 20


@pytest.mark.parametrize("wrong", SPECIFICATIONS, ids=lambda wrong: wrong.name)
def test_a_wrong_specification_in_a_file(
    plain_template: Path, tmp_path: Path, project: Path, wrong: WrongSpecification
) -> None:
    file = _data_file(tmp_path, f"{wrong.text}\nauth: {wrong.auth}\n")
    errors = _refused(copy_here(plain_template, project, *QUICKLY, file))
    _assert_told(wrong, errors)


@pytest.mark.parametrize("wrong", SPECIFICATIONS, ids=lambda wrong: wrong.name)
def test_a_wrong_specification_on_the_command_line(
    plain_template: Path, project: Path, wrong: WrongSpecification
) -> None:
    text = wrong.text.removeprefix("resources:").strip(" ")
    options = [f"--data=resources={text}", f"--data=auth={wrong.auth}"]
    errors = _refused(copy_here(plain_template, project, *QUICKLY, *options))
    if "YAML reads" not in errors:  # the words themselves are seen here, before YAML reads them
        _assert_told(wrong, errors)


def _assert_told(wrong: WrongSpecification, errors: str) -> None:
    lines = [line for line in errors.splitlines() if line.strip().startswith(f"{wrong.place}: ")]
    assert any(wrong.mend in line for line in lines), errors


@pytest.mark.parametrize("wrong", WRONG_TEXTS + WRONG_VALUES, ids=lambda wrong: wrong.name)
def test_a_wrong_answer_in_a_file(
    plain_template: Path, tmp_path: Path, project: Path, wrong: Wrong
) -> None:
    file = _data_file(tmp_path, wrong.given)
    errors = _refused(copy_here(plain_template, project, *QUICKLY, file))
    assert wrong.message in errors


@pytest.mark.parametrize("wrong", WRONG_TEXTS, ids=lambda wrong: wrong.name)
def test_a_wrong_answer_on_the_command_line(
    plain_template: Path, project: Path, wrong: Wrong
) -> None:
    [(name, value)] = yaml.safe_load(wrong.given).items()
    errors = _refused(copy_here(plain_template, project, *QUICKLY, f"--data={name}={value}"))
    assert f"{name}: " in errors or f"{name}." in errors
    assert wrong.message in errors


def test_all_wrong_answers_are_told_at_once(plain_template: Path, project: Path) -> None:
    wrong = ["--data=databse=sqlite", "--data=git=maybe", "--data=verify=most"]
    lines = _refused(copy_here(plain_template, project, *QUICKLY, *wrong)).splitlines()
    assert "The answers have 3 faults." in lines[0]
    assert [line.split(":")[0].strip() for line in lines[1:4]] == ["databse", "git", "verify"]


PROCESSES = [
    ["--data=database=oracle"],
    ["--data=git=maybe", "--data=zzz=1"],
    ["--data=resources={task: {}}"],
    ["--data=resources={task: {fields: {class: {type: text}}}}", "--data=json_case=camel"],
]


@pytest.mark.parametrize("options", PROCESSES, ids=" ".join)
def test_a_process_of_its_own_says_the_same(
    template: Path, plain_template: Path, project: Path, options: list[str]
) -> None:
    here = copy_here(plain_template, project, *QUICKLY, *options)
    process = copy_as_process(template, project, *QUICKLY, *options)
    assert (process.status, process.output) == (here.status, here.output) == (1, "")
    assert _plain(process.errors) == _plain(here.errors)


def _plain(errors: str) -> str:
    return errors.replace("\x1b[31m", "").replace("\x1b[39m", "").strip()


@pytest.mark.parametrize("text", ["- a", "a: [", '"a word"', "", "yes: x"])
def test_a_data_file_that_holds_no_answers_writes_nothing(
    plain_template: Path, tmp_path: Path, project: Path, text: str
) -> None:
    file = _data_file(tmp_path, text)  # Copier itself reads it, before it looks at the template
    outcome = copy_as_process(plain_template, project, *QUICKLY, file)
    assert outcome.status != 0
    assert outcome.errors


def test_a_data_file_that_is_missing_is_named(plain_template: Path, project: Path) -> None:
    outcome = copy_as_process(plain_template, project, *QUICKLY, "--data-file=nowhere.yml")
    assert outcome.status != 0
    assert "nowhere.yml" in outcome.errors + outcome.output
    assert "Traceback" not in outcome.errors


def test_a_template_that_is_not_trusted_is_refused(plain_template: Path, project: Path) -> None:
    outcome = copy_as_process(plain_template, project, "--defaults")
    assert outcome.status == 4
    assert "--trust" in outcome.errors
