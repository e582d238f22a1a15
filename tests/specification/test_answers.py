"""Answers: each wrong one is named before Copier converts it."""

from __future__ import annotations

import contextlib
import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanchion.guards import (
    AnswersError,
    check_answers,
    check_specification,
    fault_of_resources,
    guard_answers,
    guard_resources,
)
from stanchion.texts import fault_of, slug_of

QUESTIONS: dict[str, dict[str, object]] = {
    "guard_answers": {"type": "bool", "when": "{{ check_answers(_copier_conf) }}"},
    "project_name": {"type": "str", "default": "My Service"},
    "project_slug": {"type": "str", "default": "{{ slug_of(project_name) }}"},
    "description": {"type": "str", "default": ""},
    "framework": {"type": "str", "choices": {"FastAPI": "fastapi"}, "default": "fastapi"},
    "database": {"type": "str", "choices": ["sqlite", ["PostgreSQL", "postgresql"]]},
    "auth": {
        "type": "str",
        "multiselect": True,
        "choices": {"JWT": "jwt", "Sessions": {"value": "session"}},
        "default": ["jwt"],
    },
    "git": {"type": "bool", "default": True},
    "resources": {"type": "yaml", "default": "{}"},
    "with_jwt": {"type": "bool", "when": False, "default": True},
}

FAULTY: list[tuple[str, dict[str, object], str]] = [
    ("a wrong choice", {"framework": "fastapy"}, "framework: .* write fastapi"),
    ("a choice that is not built", {"framework": "flask"}, "framework: .* is not offered"),
    ("a choice of another case", {"database": "SQLite"}, "database: .* write sqlite"),
    ("a choice that is empty", {"database": ""}, "database: .* write sqlite or postgresql"),
    ("a choice that is nothing", {"database": None}, "database: null is not a text"),
    ("a choice that is a list", {"database": ["sqlite"]}, "database: a list is not a text"),
    ("no boolean", {"git": "maybe"}, "git: .* write true or false"),
    ("a number as boolean", {"git": 5}, "git: 5 is not true or false"),
    ("nothing as boolean", {"git": None}, "git: null is not true or false"),
    ("an empty boolean", {"git": ""}, "git: .* write true or false"),
    ("an unknown key", {"databse": "sqlite"}, "databse: is not a question; write database"),
    ("an unknown key like none", {"zzz": 1}, "zzz: is not a question; known are project_name"),
    ("a key that is true", {True: "x"}, 'true: is not a question; write "yes"'),  # type: ignore[dict-item]
    ("a hidden flag", {"with_jwt": False}, "with_jwt: .* take it away"),
    ("a guard", {"guard_answers": True}, "guard_answers: .* take it away"),
    ("an empty name", {"project_name": ""}, "project_name: has 0 characters"),
    ("a long name", {"project_name": "x" * 81}, "project_name: has 81 characters"),
    ("a name with a quote", {"project_name": 'My "API"'}, "project_name: .* is not a name"),
    ("a name with a line break", {"project_name": "a\nb"}, "project_name: .* is not a name"),
    ("a name that is a number", {"project_name": 2048}, 'project_name: .* write "2048"'),
    ("a name that is a date", {"project_name": datetime.date(2030, 1, 1)}, '"2030-01-01"'),
    ("a slug in capitals", {"project_slug": "My-Api"}, "project_slug: .* is not a slug"),
    ("a slug with a space", {"project_slug": "my api"}, "project_slug: .* is not a slug"),
    ("a slug of one letter", {"project_slug": "a"}, "project_slug: .* is not a slug"),
    ("a slug that is a module", {"project_slug": "test"}, "project_slug: .* write test-service"),
    ("a slug that is a package", {"project_slug": "fastapi"}, "write fastapi-service"),
    ("a slug with a hyphen last", {"project_slug": "api-"}, "project_slug: .* is not a slug"),
    ("a long slug", {"project_slug": "a" * 51}, "project_slug: .* is not a slug"),
    ("a description in lines", {"description": "a\nb"}, "description: has a line break"),
    ("a description that is true", {"description": True}, 'description: .* "yes"'),
    ("a strategy as a word", {"auth": "jwt"}, r"auth: .* is not a list; write \[jwt\]"),
    ("an unknown strategy", {"auth": ["jwd"]}, "auth.0: .* write jwt"),
    ("an unknown strategy in a text", {"auth": "[jwt, magic]"}, "auth.1: .* is not offered"),
    ("a strategy twice", {"auth": ["jwt", "jwt"]}, "auth.1: .* twice; write it once"),
    ("a strategy that is true", {"auth": [True]}, "auth.0: .* is not a text"),
    ("no strategies", {"auth": None}, "auth: null is not a list"),
    ("strategies that are no YAML", {"auth": "[jwt"}, "auth: .* is not a list"),
    ("resources that are no YAML", {"resources": "{a: ["}, "resources: is not YAML"),
    ("a resource twice", {"resources": "{a: {}, a: {}}"}, "resources.a: stands here twice"),
    ("a word that YAML reads", {"resources": "{on: {}}"}, 'resources.on: .* write "on"'),
]

SOUND: list[dict[str, object]] = [
    {},
    {"framework": "fastapi", "database": "postgresql", "auth": ["jwt", "session"], "git": False},
    {"auth": "[jwt]", "git": "yes"},
    {"auth": [], "git": "off"},
    {"auth": "[]", "git": 1},
    {"git": " TRUE "},
    {"project_name": "Bäckerei & Söhne (2)", "project_slug": "backerei", "description": "Bread."},
    {"resources": {"task": {"fields": {"title": {"type": "text"}}}}},
    {"resources": "task: {fields: {title: {type: text}}}"},
    {"_commit": "v1", "_src_path": "gh:a/b"},
]


def test_the_table_holds_more_than_twenty_different_cases() -> None:
    assert len({name for name, _, _ in FAULTY}) == len(FAULTY) > 20


@pytest.mark.parametrize(
    ("data", "message"), [(d, m) for _, d, m in FAULTY], ids=[name for name, _, _ in FAULTY]
)
def test_a_faulty_answer_is_named(data: dict[str, object], message: str) -> None:
    with pytest.raises(AnswersError, match=message):
        check_answers(data, QUESTIONS)


@pytest.mark.parametrize("data", SOUND, ids=str)
def test_a_sound_answer_passes(data: dict[str, object]) -> None:
    check_answers(data, QUESTIONS)


def test_all_faults_are_named_at_once() -> None:
    data = {"databse": "x", "git": "maybe", "framework": "rails", "with_jwt": True}
    with pytest.raises(AnswersError) as caught:
        check_answers(data, QUESTIONS)
    lines = str(caught.value).splitlines()
    assert lines[0] == "The answers have 4 faults."
    assert [line.split(":")[0].strip() for line in lines[1:]] == list(data)


@given(st.dictionaries(st.sampled_from([*QUESTIONS, "x"]), st.text() | st.integers() | st.none()))
def test_nothing_but_a_message_comes_of_any_answer(data: dict[str, object]) -> None:
    with contextlib.suppress(AnswersError):
        check_answers(data, QUESTIONS)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("My Service", "my-service"),
        ("Bäckerei", "backerei"),
        ("2048", "service-2048"),
        ("!!!", "service"),
        ("Test", "test-service"),
        ("FastAPI", "fastapi-service"),
        ("x", "x-service"),
    ],
)
def test_a_slug_is_made_of_a_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@given(st.text())
def test_a_slug_that_is_made_is_always_sound(name: str) -> None:
    assert fault_of("project_slug", slug_of(name)) == ""


def test_the_prompt_is_told_what_is_wrong() -> None:
    assert fault_of("project_name", "My Service") == ""
    assert "is not a slug" in fault_of("project_slug", "My Service")
    assert fault_of("git", "whatever") == ""


def test_a_faulty_specification_is_one_message() -> None:
    with pytest.raises(AnswersError, match=r"resources\.task\.fields"):
        check_specification({"task": {}}, auth=["jwt"], json_case="snake")
    assert "resources.task.fields" in fault_of_resources({"task": {}}, ["jwt"], "snake")
    assert fault_of_resources({}, ["jwt"], "snake") == ""


def _template(folder: Path) -> Path:
    (folder / "questions").mkdir(parents=True)
    (folder / "questions" / "stack.yml").write_text(
        "database: {type: str, choices: [sqlite, postgresql]}\ngit: {type: bool}\n"
    )
    return folder


def test_a_recorded_answer_that_is_not_offered_any_more_is_refused(tmp_path: Path) -> None:
    template, project = _template(tmp_path / "template"), tmp_path / "project"
    project.mkdir()
    recorded = "_commit: v1\ndatabase: oracle\ngone: 5\n"
    (project / ".copier-answers.yml").write_text(recorded)
    conf: dict[str, object] = {"src_path": template, "dst_path": project, "data": {}}
    with pytest.raises(AnswersError, match=r"database: on record: .* --data database="):
        guard_answers(conf)
    assert guard_answers({**conf, "data": {"database": "sqlite"}}) is False


def test_a_new_project_has_nothing_on_record(tmp_path: Path) -> None:
    conf = {"src_path": _template(tmp_path), "dst_path": tmp_path / "new", "data": {"git": True}}
    assert guard_answers(conf) is False


def test_given_and_recorded_resources_are_checked_before_copier_takes_them(tmp_path: Path) -> None:
    conf: dict[str, object] = {"dst_path": tmp_path, "data": {}}
    assert guard_resources(conf, ["jwt"], "snake") is True
    (tmp_path / ".copier-answers.yml").write_text("resources: {task: {}}\n")
    with pytest.raises(AnswersError, match=r"resources\.task\.fields"):
        guard_resources(conf, ["jwt"], "snake")
    sound = "{task: {fields: {a: {type: text}}}}"
    assert guard_resources({**conf, "data": {"resources": sound}}, ["jwt"], "snake") is True
    wrong: list[object] = ["{task: {}}", {"task": {}}, None]
    for faulty in wrong:
        with pytest.raises(AnswersError):
            guard_resources({**conf, "data": {"resources": faulty}}, ["jwt"], "snake")
