"""The JSON Schema of `resources.yml`: it does not drift, and it says what the parser says."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from stanchion.specification import STARTERS, read_resources_file, starter_text
from stanchion.specification.schema import resources_schema
from tools.write_schema import TARGET, schema_text

from .samples import THIRTY

VALIDATOR = Draft202012Validator(resources_schema())
ROWS = yaml.safe_load(Path(__file__).with_name("faulty.yml").read_text(encoding="utf-8"))
SEEN_BY_EDITORS = [
    "a resource that is a list",
    "an unknown key of a resource",
    "an unknown key of a field",
    "an unknown key of a relation",
    "an unknown key of a check",
    "an unknown key of access",
    "a flag that is no boolean",
    "a length that is no number",
    "a key without a value",
    "fields as a list",
    "a field that is a word",
    "an enum value that YAML reads as true",
    "a name in capitals",
    "a field's name with a hyphen",
    "no type",
    "a misspelt type",
    "a bound on the wrong type",
    "values on the wrong type",
    "a decimal without digits",
    "a filter on json",
    "an unknown on_delete",
    "a misspelt rule",
    "a role that is no name",
    "a tuple that is no list",
]


def test_the_schema_in_the_template_is_the_one_that_the_models_make() -> None:
    assert TARGET.read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(resources_schema())


@pytest.mark.parametrize("name", STARTERS)
def test_starters_are_valid(name: str) -> None:
    VALIDATOR.validate(read_resources_file(starter_text(name)))


def test_the_fixture_is_valid() -> None:
    VALIDATOR.validate(read_resources_file(THIRTY.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "row", [r for r in ROWS if r["name"] in SEEN_BY_EDITORS], ids=lambda row: row["name"]
)
def test_editors_see_faults_of_shape(row: dict[str, object]) -> None:
    assert not VALIDATOR.is_valid({"resources": row["resources"]})


def test_every_case_that_editors_see_is_in_the_table() -> None:
    assert set(SEEN_BY_EDITORS) <= {row["name"] for row in ROWS}
