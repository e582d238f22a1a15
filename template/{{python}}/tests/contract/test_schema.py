"""Schemas: every fault named once, in the order of the members."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

import pytest

from src.contract import fields, schema
from src.contract.messages import MESSAGES
from src.errors import ApiError, Code


class Thing(schema.Input):
    """A body with a rule between members."""

    conditions: ClassVar[tuple[schema.NotNullWhen, ...]] = (
        schema.NotNullWhen("note", {"done": True, "size": 2}),
    )

    name: Annotated[str, fields.Text(min_length=2)]
    size: Annotated[int, fields.Integer()] = 1
    note: Annotated[str, fields.Text()] | None = None
    done: Annotated[bool, fields.Boolean()] = False


def faults(body: object) -> dict[str, str]:
    """Return what is wrong with a body, in the order in which it is said."""
    with pytest.raises(ApiError) as refusal:
        Thing.parse(body)
    assert refusal.value.code is Code.VALIDATION_ERROR
    return {detail.field: detail.message for detail in refusal.value.details}


def test_what_is_left_out_has_its_default() -> None:
    thing = Thing.parse({"name": "ab"})
    assert thing.values() == {"name": "ab", "size": 1, "note": None, "done": False}
    assert thing.given() == {"name": "ab"}


def test_every_member_is_named_once_and_in_order_422() -> None:
    found = faults({"wrong": 1, "done": 1, "size": "1", "name": None})
    assert list(found.items()) == [
        ("name", MESSAGES["not_null"]),
        ("size", MESSAGES["integer"]),
        ("done", MESSAGES["boolean"]),
        ("wrong", MESSAGES["unknown"]),
    ]


def test_what_is_missing_422() -> None:
    assert faults({}) == {"name": MESSAGES["required"]}


@pytest.mark.parametrize("body", [[], "text", 1, None, True])
def test_a_body_that_is_no_object_422(body: object) -> None:
    assert faults(body) == {"": MESSAGES["object"]}


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({"note": None, "done": True, "size": 2}, True),
        ({"note": "", "done": True, "size": 2}, False),
        ({"note": None, "done": True, "size": 1}, False),
        ({"note": None, "done": False, "size": 2}, False),
    ],
)
def test_a_rule_bites_where_every_condition_holds(
    values: Mapping[str, object], broken: bool
) -> None:
    assert Thing.conditions[0].broken_by(values) == broken
    if broken:
        with pytest.raises(ApiError) as refusal:
            Thing.check_conditions(values)
        assert [detail.field for detail in refusal.value.details] == ["note"]
    else:
        Thing.check_conditions(values)


def test_the_type_of_a_member_is_found_with_and_without_null() -> None:
    assert isinstance(Thing.member_type("name"), fields.Text)
    assert isinstance(Thing.member_type("note"), fields.Text)
    with pytest.raises(KeyError):
        Thing.member_type("wrong")


def test_a_member_without_a_type_of_ours_is_a_mistake_of_the_code() -> None:
    class Untyped(schema.Input):
        name: str

    with pytest.raises(TypeError):
        Untyped.member_type("name")
