"""The reference is whole: what the code offers, the pages name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

import pytest
import yaml

from stanchion import reserved
from stanchion.answers import is_hidden
from stanchion.context import FLAGS, STRATEGIES
from stanchion.facts import ENVIRONMENT_VARIABLES
from stanchion.guards import read_questions
from stanchion.messages import MESSAGES
from stanchion.specification import (
    SpecificationError,
    load_specification,
    read_resources_file,
)
from stanchion.specification.language import (
    FIELD_MODELS,
    AccessDefinition,
    CheckDefinition,
    LinkDefinition,
    RelationDefinition,
    ResourceDefinition,
    ResourcesFile,
)
from stanchion.specification.starters import STARTERS
from tests.docs.pages import PAGES, ROOT, blocks, row_words, section, text_of, words

PYTHON = ROOT / "template" / "{{python}}"
RULES = ("public", "authenticated", "owner", "role:<name>", "parent", "parent:<relation>", "nobody")


def test_every_question_is_described() -> None:
    described = row_words(section(text_of("generate.md"), "Questions"))
    questions = read_questions(ROOT)
    assert described == {name for name in questions if not is_hidden(name, questions)}


def test_every_choice_and_no_other_is_described() -> None:
    text = section(text_of("generate.md"), "Questions")
    rows = {line.split("`")[1]: line for line in text.splitlines() if line.startswith("| `")}
    for name, question in read_questions(ROOT).items():
        choices = question.get("choices") or {}
        for choice in choices.values():
            assert re.search(rf"`\[?{choice}\]?`", rows[name]), (name, choice)


def test_every_make_target_is_described() -> None:
    makefile = (PYTHON / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE))
    described = row_words(section(text_of("work.md"), "Commands"))
    assert {word.split()[1] for word in described if word.startswith("make ")} == targets


def test_every_environment_variable_is_described() -> None:
    assert row_words(section(text_of("work.md"), "Settings")) == {
        row.name for row in ENVIRONMENT_VARIABLES
    }


def test_every_verification_step_is_described() -> None:
    steps = (ROOT / "template" / "tools" / "steps.py").read_text(encoding="utf-8")
    names = set(re.findall(r'Step\(\s*"([a-z-]+)"', steps))
    assert row_words(section(text_of("generate.md"), "Verification")) == names


def test_every_field_type_is_described() -> None:
    assert row_words(section(text_of("resources.md"), "Types")) == set(FIELD_MODELS)


@pytest.mark.parametrize("name", FIELD_MODELS)
def test_every_key_of_a_type_is_described(name: str) -> None:
    fields = section(text_of("resources.md"), "Fields")
    general = row_words(section(fields, "Keys of every field"))
    listing = row_words(section(fields, "Keys of fields that lists use"))
    row = next(line for line in fields.splitlines() if line.startswith(f"| `{name}` |"))
    own = words(row.rpartition(" | ")[2])
    keys = set(FIELD_MODELS[name].model_fields)
    assert keys - general - listing <= own
    assert general <= keys
    assert bool(listing & keys) == bool(listing <= keys) == (name not in ("text", "json"))


@pytest.mark.parametrize(
    ("heading", "keys"),
    [
        ("The file", set(ResourcesFile.model_fields)),
        ("A resource", set(ResourceDefinition.model_fields)),
        ("`belongs_to`", set(RelationDefinition.model_fields)),
        ("`many_to_many`", set(LinkDefinition.model_fields)),
        ("Checks", set(CheckDefinition.model_fields)),
        ("Access", {*AccessDefinition.model_fields, *RULES}),
        ("Starters", set(STARTERS)),
    ],
)
def test_every_key_is_described(heading: str, keys: set[str]) -> None:
    assert row_words(section(text_of("resources.md"), heading)) == keys


def test_every_way_to_delete_is_described() -> None:
    ways = get_args(RelationDefinition.model_fields["on_delete"].annotation)
    assert set(ways) <= words(section(text_of("resources.md"), "`belongs_to`"))


def test_reserved_names_of_the_service_are_described() -> None:
    text = section(text_of("resources.md"), "Reserved words")
    named = {word for words_ in words(text) for word in words_.split()}
    assert set(reserved.OWN_RESOURCES) <= named
    assert named >= reserved.OWN_MEMBERS | reserved.OWN_PARAMETERS


def test_every_flag_is_described() -> None:
    flags = row_words(section(text_of("architecture.md"), "Flag layers"))
    assert flags == {*FLAGS, *STRATEGIES}


def test_every_error_code_is_described_with_its_status_and_message() -> None:
    source = (PYTHON / "src" / "errors.py").read_text(encoding="utf-8")
    statuses = dict(re.findall(r"Code\.([A-Z_]+): (\d{3})", source))
    rows = re.findall(
        r"^\| (\d{3}) \| `([A-Z_]+)` \| (.+) \|$", text_of("contract.md"), re.MULTILINE
    )
    assert {code: status for status, code, _ in rows} == statuses
    for _, code, message in rows:
        told = MESSAGES[code.lower()].format(expected="application/json")
        assert message == told


def test_every_message_is_described() -> None:
    text = text_of("contract.md")
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| (.+) \|$", text, re.MULTILINE))
    codes = {code.lower() for code in re.findall(r"`([A-Z_]{5,})` \|", text)}
    assert {key: text for key, text in MESSAGES.items() if key not in codes} == {
        key: text for key, text in rows.items() if key in MESSAGES
    }


def _specifications() -> Iterator[str]:
    for page in PAGES:
        for block in blocks(page.read_text(encoding="utf-8"), "yaml"):
            if re.search(r"^resources:", block, re.MULTILINE):
                yield block


@pytest.mark.parametrize("block", list(_specifications()))
def test_specifications_in_the_documentation_are_valid(block: str) -> None:
    resources = read_resources_file(block)["resources"]
    assert load_specification(resources, auth=["jwt"], json_case="snake").resources


def test_answers_in_the_documentation_are_those_of_questions() -> None:
    block = next(b for b in blocks(text_of("generate.md"), "yaml") if "project_name" in b)
    assert set(yaml.safe_load(block)) <= set(read_questions(ROOT))


@pytest.mark.parametrize(
    ("page", "resources"),
    [
        (
            "generate.md",
            {
                "item": {
                    "fields": {
                        "class": {"type": "strin"},
                        "order": {"type": "string", "max_length": 9},
                    }
                }
            },
        ),
        (
            "resources.md",
            {"task": {"access": {"read": "parent"}, "fields": {"title": {"type": "string"}}}},
        ),
    ],
)
def test_quoted_faults_are_what_the_checks_say(page: str, resources: object) -> None:
    with pytest.raises(SpecificationError) as refused:
        load_specification(resources, auth=["jwt"], json_case="snake")
    assert f"{refused.value.text}\n" in blocks(text_of(page), "text")
