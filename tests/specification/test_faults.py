"""Faulty specifications: every fault is named with its place and a mend, all at once."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from stanchion.specification import SpecificationError, load_specification


class Faulty(NamedTuple):
    """One row of `faulty.yml`."""

    name: str
    resources: object
    place: str
    mend: str
    auth: list[str]


def _table() -> list[Faulty]:
    rows = yaml.safe_load(Path(__file__).with_name("faulty.yml").read_text(encoding="utf-8"))
    return [Faulty(**{"auth": ["jwt"], **row}) for row in rows]


FAULTY = _table()


def faults_of(resources: object, auth: list[str], json_case: str = "snake") -> SpecificationError:
    with pytest.raises(SpecificationError) as caught:
        load_specification(resources, auth=auth, json_case=json_case)
    return caught.value


def test_the_table_holds_more_than_fifty_different_cases() -> None:
    assert len({row.name for row in FAULTY}) == len(FAULTY) > 50


@pytest.mark.parametrize("row", FAULTY, ids=lambda row: row.name)
def test_a_fault_is_named_with_place_and_mend(row: Faulty) -> None:
    error = faults_of(row.resources, row.auth)
    mends = [fault.mend for fault in error.faults if fault.place == row.place]
    assert any(row.mend in mend for mend in mends), error.text


@pytest.mark.parametrize("row", FAULTY, ids=lambda row: row.name)
def test_a_fault_does_not_bring_others_that_are_none(row: Faulty) -> None:
    error = faults_of(row.resources, row.auth)
    assert len(error.faults) <= 3, error.text


@pytest.mark.parametrize("row", FAULTY, ids=lambda row: row.name)
def test_the_text_has_one_line_for_each_fault(row: Faulty) -> None:
    error = faults_of(row.resources, row.auth)
    assert len(str(error).splitlines()) == 1 + len(error.faults)
    assert "Traceback" not in str(error)
    assert all(len(line) < 400 for line in str(error).splitlines())


def test_all_faults_of_a_file_are_named_at_once() -> None:
    error = faults_of(
        {
            "task": {
                "colour": "red",
                "belongs_to": {"projct": {}, "other": {"nulable": True}},
                "fields": {
                    "title": {"type": "string", "max_lenght": 5},
                    "class": {"type": "text"},
                    "rank": {"type": "integer", "minimum": 5, "maximum": 1, "max_length": 5},
                    "when": {"type": "enum", "values": [True]},
                },
            },
            "Project": {"fields": {"title": {"type": "strng"}}},
            "other": {"fields": {"a": {"type": "text"}}, "access": {"read": "owner"}},
        },
        ["jwt"],
    )
    assert [fault.place for fault in error.faults] == [
        "resources.task.fields.title.max_lenght",
        "resources.task.fields.rank.max_length",
        "resources.task.fields.when.values.0",
        "resources.task.belongs_to.other.nulable",
        "resources.task.colour",
        "resources.Project",
        "resources.Project.fields.title",
        "resources.task.fields.class",
        "resources.task.fields.rank.minimum",
        "resources.task.belongs_to.projct",
        "resources.other.access.read",
    ]


def test_a_damaged_part_is_not_taken_for_a_missing_one() -> None:
    error = faults_of(
        {
            "project": {"fields": {"title": {"type": "strng"}}, "unique": [["title", "owner"]]},
            "task": {"belongs_to": {"project": {"on_delete": "x"}}, "access": {"read": "parent"}},
        },
        ["jwt"],
    )
    places = [fault.place for fault in error.faults]
    assert places == [
        "resources.project.fields.title",
        "resources.task.belongs_to.project.on_delete",
        "resources.project.unique.0",
    ]


def test_names_that_camel_case_spells_differently_are_refused_in_that_casing_too() -> None:
    resources = {"task": {"fields": {"has_own_property": {"type": "text"}}}}
    for json_case in ("snake", "camel"):
        error = faults_of(resources, ["jwt"], json_case)
        assert error.faults[0].place == "resources.task.fields.has_own_property"
