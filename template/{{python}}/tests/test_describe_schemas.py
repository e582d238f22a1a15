"""What requests and answers are said to hold follows from types."""

from typing import Any

import pytest

from src.contract.casing import json_name
from src.contract.describe.components import Component, Components
from src.contract.describe.parameters import list_parameters
from src.contract.describe.schemas import readable, schema_of
from src.contract.listing import Listing
from src.errors import ApiError
from tests.library import Row, RowCreate

_VALUES = {"boolean": "true", "integer": "1", "number": "1.5", "string": "a"}
_FORMATS = {
    "uuid": "01900000-0000-7000-8000-000000000000",
    "date": "2030-01-31",
    "date-time": "2030-01-31T12:00:00Z",
    "decimal": "1.5",
}


def test_rows_are_described_whole_or_as_the_members_asked_for() -> None:
    whole, sparse = readable(Row)["anyOf"]
    assert whole.content["required"] == list(whole.content["properties"])
    assert "required" not in sparse.content


def test_members_carry_their_documentation() -> None:
    properties = schema_of(Row).content["properties"]
    assert properties["name"]["description"] == "What it is called."
    assert properties["note"]["description"] == "What else there is."


def test_inputs_require_what_has_no_default() -> None:
    content = schema_of(RowCreate).content
    assert content["required"] == ["name"]
    assert content["additionalProperties"] is False


def documented() -> dict[str, dict[str, Any]]:  # OpenAPI is any JSON
    """Return the filters that the document lists, by name."""
    listing = Listing(Row, {"tag_id": "tag_ids"})
    resolved = Components().resolve(list_parameters(listing))
    return {each["name"]: each["schema"] for each in resolved if "name" in each}


def test_every_documented_filter_is_taken() -> None:
    listing = Listing(Row, {"tag_id": "tag_ids"})
    for name, found in documented().items():
        kind = found.get("items", found)
        value = kind.get("enum", [_FORMATS.get(kind.get("format"), _VALUES[kind["type"]])])[0]
        listing.parse([(name, value)])


def test_no_filter_is_taken_that_is_not_documented() -> None:
    listing = Listing(Row, {"tag_id": "tag_ids"})
    names = [json_name(name) for name in Row.filterable] + ["tag_id", json_name("note")]
    operators = ["", "[in]", "[ne]", "[null]", "[gt]", "[gte]", "[lt]", "[lte]"]
    for name in {name + operator for name in names for operator in operators} - set(documented()):
        with pytest.raises(ApiError, match="parameter"):
            listing.parse([(name, "1")])


def test_two_components_of_one_name_stay_apart() -> None:
    components = Components()
    first, second = ({"const": number} for number in (1, 2))
    for content, name in ((first, "Thing"), (second, "Thing2"), (first, "Thing")):
        reference = components.resolve(Component("schemas", "Thing", content))
        assert reference == {"$ref": f"#/components/schemas/{name}"}
    assert components.sections["schemas"] == {"Thing": first, "Thing2": second}
