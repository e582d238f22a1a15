"""The query of a list, read strictly."""

import pytest

from src.contract.casing import json_name
from src.contract.listing import Filter, Listing, Sort
from src.contract.messages import MESSAGES
from src.errors import ApiError, Code
from tests.museum.rules import PIECES, TAGS

LISTING = PIECES.listing
CREATED = json_name("created_at")


def faults(listing: Listing, *pairs: tuple[str, str]) -> dict[str, str]:
    """Return what is wrong with a query."""
    with pytest.raises(ApiError) as refusal:
        listing.parse(pairs)
    assert refusal.value.code is Code.INVALID_PARAMETER
    return {detail.field: detail.message for detail in refusal.value.details}


def test_without_parameters_there_are_twenty_of_everything() -> None:
    query = LISTING.parse([])
    assert (query.limit, query.cursor, query.sorts, query.filters, query.fields) == (
        20,
        None,
        (),
        (),
        (),
    )


def test_each_parameter_is_read_once() -> None:
    query = LISTING.parse(
        [
            ("limit", "3"),
            ("sort", f"-weight,{CREATED}"),
            ("weight[gte]", "1"),
            ("weight[lt]", "9"),
            ("insured", "true"),
            ("fields", "title,id"),
        ]
    )
    assert query.limit == 3
    assert query.sorts == (Sort("weight", True), Sort("created_at", False))
    assert query.sorted_by == ["weight", "created_at"]
    assert query.filters == (
        Filter("weight", "gte", 1),
        Filter("weight", "lt", 9),
        Filter("insured", "eq", True),
    )
    assert query.fields == ("title", "id")


def test_a_cursor_is_bound_to_order_filters_and_search_but_to_nothing_else() -> None:
    one = LISTING.parse(
        [("title", "x"), ("sort", "title"), ("limit", "1"), ("fields", "id"), ("count", "true")]
    )
    other = LISTING.parse([("sort", "title"), ("title", "x"), ("limit", "2")])
    assert one.canonical == other.canonical
    assert one.canonical != LISTING.parse([("sort", "title")]).canonical
    assert LISTING.parse([("q", "a")]).canonical != LISTING.parse([("q", "b")]).canonical


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("nonsense", "1", "unknown"),
        ("id", "1", "unknown"),
        ("", "", "unknown"),
        ("title[", "x", "unknown"),
        ("title[]", "x", "unknown"),
        ("title[like]", "x", "unknown"),
        ("title[gt]", "x", "unknown"),
        ("insured[gt]", "true", "unknown"),
        ("limit[gt]", "1", "unknown"),
        ("title", "a\0", "null_character"),
        ("count", "yes", "boolean"),
        ("q", "", "min_length"),
        ("q", "\u00a0 ", "min_length"),
        ("q", "x" * 201, "max_length"),
        ("limit", "", "integer"),
        ("limit", "1.0", "integer"),
        ("sort", f"title,title,-{CREATED},weight", "max_items"),
        ("sort", "title,-title", "duplicates"),
        ("fields", "id,id", "duplicates"),
        ("weight", "1.5", "integer"),
        ("weight[in]", "1,", "integer"),
        ("weight[in]", ",".join(["1"] * 101), "max_items"),
        ("weight[null]", "1", "boolean"),
        ("insured", "yes", "boolean"),
        (json_name("room_id"), "1", "uuid"),
        (json_name("tag_id"), "1", "uuid"),
    ],
)
def test_a_faulty_parameter_is_named_400(name: str, text: str, message: str) -> None:
    assert list(faults(LISTING, (name, text))) == [name]
    assert MESSAGES[message].partition("{")[0] in faults(LISTING, (name, text))[name]


def test_what_is_offered_is_named() -> None:
    assert "title" in faults(LISTING, ("sort", "nonsense"))["sort"]
    assert "title" in faults(LISTING, ("fields", "nonsense"))["fields"]


def test_every_faulty_parameter_is_named_once_400() -> None:
    found = faults(LISTING, ("limit", "0"), ("limit", "1"), ("a", "1"), ("weight", "x"))
    assert found == {
        "limit": MESSAGES["minimum"].format(limit=1),
        "a": MESSAGES["unknown"],
        "weight": MESSAGES["integer"],
    }


def test_one_operator_twice_is_repeated_400() -> None:
    pairs = [("weight[gt]", "1"), ("weight[gt]", "2")]
    assert faults(LISTING, *pairs) == {"weight[gt]": MESSAGES["repeated"]}


def test_a_list_without_links_has_no_filter_by_them_400() -> None:
    name = json_name("tag_id")
    assert faults(TAGS.listing, (name, "1")) == {name: MESSAGES["unknown"]}


def test_a_list_without_searchable_fields_has_no_search_400() -> None:
    assert faults(TAGS.listing, ("q", "x")) == {"q": MESSAGES["unknown"]}


def test_a_search_is_parted_into_words_each_once() -> None:
    assert LISTING.parse([("q", "  one\ttwo one\u3000")]).words == ("one", "two")
    assert LISTING.parse([("q", "\U0001f600" * 200)]).words == ("\U0001f600" * 200,)


def test_a_single_row_has_no_parameter_but_its_fields_400() -> None:
    assert LISTING.parse_fields([("fields", "id,title")]) == ("id", "title")
    assert LISTING.parse_fields([]) == ()
    with pytest.raises(ApiError) as refusal:
        LISTING.parse_fields([("limit", "1")])
    assert refusal.value.details[0].field == "limit"
