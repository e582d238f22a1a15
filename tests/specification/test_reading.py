"""The file `resources.yml`, read strictly."""

from __future__ import annotations

import pytest

from stanchion.specification import SpecificationError, read_resources_file
from stanchion.specification.reading import read_resources_text


def faults_of(text: str) -> list[str]:
    with pytest.raises(SpecificationError) as caught:
        read_resources_file(text)
    return [str(fault) for fault in caught.value.faults]


def test_a_sound_file_is_read_as_it_stands() -> None:
    text = 'resources: {task: {fields: {a: {type: enum, values: ["yes", "010"], default: ~}}}}\n'
    field = {"type": "enum", "values": ["yes", "010"], "default": None}
    assert read_resources_file(text) == {"resources": {"task": {"fields": {"a": field}}}}


def test_other_answers_may_stand_beside_the_resources() -> None:
    assert read_resources_file("resources: {}\nconfirm_drop: [task.title]\n") == {
        "resources": {},
        "confirm_drop": ["task.title"],
    }


def test_keys_that_stand_twice_are_named_with_both_lines() -> None:
    text = "resources:\n  task: {}\n  other: {}\n  task: {}\n"
    assert faults_of(text) == [
        "resources.task: stands here twice, in lines 2 and 4; keep one of them"
    ]


@pytest.mark.parametrize(
    ("word", "mend"),
    [
        ("yes", 'write "yes", or true'),
        ("on", 'write "on", or true'),
        ("No", 'write "No", or false'),
        ("True", 'write "True"'),
        ("010", 'write "010"'),
        ("0x1F", 'write "0x1F"'),
        ("1_000", 'write "1_000"'),
        ("12:30", 'write "12:30"'),
        ("1e3", None),
        ("1.5e+3", 'write "1.5e+3"'),
        (".inf", 'write ".inf"'),
        ("2030-01-01", 'write "2030-01-01"'),
        ("2030-01-01T00:00:00Z", 'write "2030-01-01T00:00:00Z"'),
        ("Null", 'write "Null"'),
        ("=", 'write "="'),
    ],
)
def test_words_that_yaml_reads_otherwise_are_quoted_back(word: str, mend: str | None) -> None:
    text = f"resources: {{task: {{description: {word}}}}}"
    if mend is None:
        assert read_resources_file(text)
    else:
        assert f"; {mend}" in faults_of(text)[0]


@pytest.mark.parametrize("key", ["yes", "on", "12", "1.5", "null", "2030-01-01", "true"])
def test_keys_that_yaml_reads_otherwise_are_quoted_back(key: str) -> None:
    assert f'write "{key}"' in faults_of(f"resources: {{{key}: {{}}}}")[0]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "the file has no resources"),
        ("[]", "the file has no resources"),
        ("tasks: {}", "the file has no resources"),
        ("resources: [", "line 1, column 13: is not YAML"),
        ("resources: {a: b: c}", "line 1"),
        ("resources:\n\t- a", "line 2"),
        ("resources: {}\n---\nresources: {}", "is not YAML"),
        ("resources: &all {a: *all}", "refers to another place"),
        ("resources: {<<: {a: {}}}", "write the keys out"),
        ("resources: {a: !!python/object:os.system {}}", "take the tag away"),
        ("resources: {a: !secret x}", "take the tag away"),
        ("resources: {? [a] : b}", "has a key that is not a word"),
        ("resources: \x00", "is not YAML"),
        ("resources: " + "[" * 5000, "is nested too deep"),
        ("resources: {a: " + "9" * 6000 + "}", "a number"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_line(text: str, part: str) -> None:
    faults = faults_of(text)
    assert any(part in fault for fault in faults), faults
    assert all(len(fault) < 400 and "\n" not in fault for fault in faults)


def test_text_of_the_answer_has_no_top_key() -> None:
    assert read_resources_text("task: {}") == {"task": {}}
    assert read_resources_text("") is None
    with pytest.raises(SpecificationError) as caught:
        read_resources_text("task: {}\ntask: {}")
    assert caught.value.faults[0].place == "resources.task"
