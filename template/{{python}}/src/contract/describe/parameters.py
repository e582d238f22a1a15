"""What requests may say outside their bodies."""

from collections.abc import Iterator
from typing import Final

from src.contract.casing import json_name
from src.contract.describe.components import Component, JsonSchema
from src.contract.etags import TAGS
from src.contract.fields import Day, Decimals, FieldType, Identifier, Integer, Moment, Number
from src.contract.listing import DEFAULT_LIMIT, MAX_LIMIT, MAX_SORTS, MAX_VALUES, Listing
from src.contract.search import SEARCH

_ORDERED: Final = (Integer, Number, Decimals, Day, Moment)
_COMPARISONS: Final = {
    "gt": "greater than",
    "gte": "at least",
    "lt": "less than",
    "lte": "at most",
}


def header_parameter(name: str, key: str, description: str, schema: JsonSchema) -> Component:
    """Return a header that requests may have; ``key`` names it within the document."""
    content = {"name": name, "in": "header", "description": description, "schema": schema}
    return Component("parameters", key, content)


REQUEST_ID: Final = header_parameter(
    "X-Request-ID",
    "RequestId",
    "A name for this request, of 1 to 128 letters, digits, `.`, `_` and `-`. The answer and the "
    "log repeat it; without one, or with any other, it is made.",
    {"type": "string"},
)
IF_MATCH: Final = header_parameter(
    "If-Match",
    "IfMatch",
    "ETags, one of which the row must have, or `*`. Otherwise nothing changes: 412.",
    {"type": "string", "pattern": f"^(?:{TAGS})$", "examples": ["*", '"1"']},
)
IF_NONE_MATCH: Final = header_parameter(
    "If-None-Match",
    "IfNoneMatch",
    "ETags that the client has already, or `*`. With one of them the answer is 304.",
    {"type": "string", "pattern": f"^(?:{TAGS})$", "examples": ["*", '"1"']},
)
ROW_ID: Final = Component(
    "parameters",
    "Id",
    {
        "name": "id",
        "in": "path",
        "required": True,
        "description": "The row's id; what is no UUID names no row.",
        "schema": Identifier().describe(),
    },
)


def _query(name: str, description: str, schema: JsonSchema) -> JsonSchema:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _several(name: str, description: str, items: JsonSchema, limit: int) -> JsonSchema:
    schema = {"type": "array", "items": items, "minItems": 1, "maxItems": limit}
    return {**_query(name, description, schema), "style": "form", "explode": False}


LIMIT: Final = Component(
    "parameters",
    "Limit",
    _query(
        "limit",
        "The most rows that one page holds.",
        {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
    ),
)
CURSOR: Final = Component(
    "parameters",
    "Cursor",
    _query(
        "cursor",
        "Where the page begins: what the page before named as the next one, of the same list.",
        {"type": "string"},
    ),
)


COUNT: Final = Component(
    "parameters",
    "Count",
    _query(
        "count",
        "Whether `page.total` counts the rows of all pages.",
        {"type": "boolean", "default": False},
    ),
)


def list_parameters(listing: Listing) -> list[Component | JsonSchema]:
    """Return what a list may be asked for."""
    filters = [parameter for entry in _filters(listing) for parameter in _operators(*entry)]
    search = [_search(listing)] if listing.representation.searchable else []
    return [LIMIT, CURSOR, COUNT, _sort(listing), fields_parameter(listing), *search, *filters]


def _search(listing: Listing) -> JsonSchema:
    names = " or ".join(f"`{json_name(name)}`" for name in listing.representation.searchable)
    about = (
        f"Rows in which each word, parted by white space, occurs in {names}. Letter case does not "
        "count, accents do; no character stands for others."
    )
    return _query("q", about, {**SEARCH.describe(), "pattern": r"\S"})


def fields_parameter(listing: Listing) -> JsonSchema:
    """Return the parameter that says which members are answered."""
    names = [json_name(attribute) for attribute in listing.representation.model_fields]
    about = "Answer these members only. Such an answer has no ETag."
    parameter = _several("fields", about, {"type": "string", "enum": names}, len(names))
    parameter["schema"]["uniqueItems"] = True
    return parameter


def _sort(listing: Listing) -> JsonSchema:
    names = [json_name(attribute) for attribute in listing.representation.sortable]
    keys = [key for name in names for key in (name, f"-{name}")]
    about = "The order, none named twice; `-` means descending. Without it newest come first."
    return _several("sort", about, {"type": "string", "enum": keys}, MAX_SORTS)


def _filters(listing: Listing) -> Iterator[tuple[str, FieldType, bool]]:
    """Yield each filter's name and type, and whether it has every operator."""
    for attribute in listing.representation.filterable:
        yield json_name(attribute), listing.representation.member_type(attribute), True
    for name in listing.links:
        yield name, Identifier(), False


def _operators(name: str, kind: FieldType, is_member: bool) -> Iterator[JsonSchema]:
    schema = kind.describe()
    yield _query(name, f"Rows whose `{name}` is this.", schema)
    yield _several(f"{name}[in]", f"Rows whose `{name}` is one of these.", schema, MAX_VALUES)
    if not is_member:
        return
    yield _query(
        f"{name}[ne]", f"Rows whose `{name}` is not this; null is not this either.", schema
    )
    about = f"Rows whose `{name}` is null (`true`), or is not (`false`)."
    yield _query(f"{name}[null]", about, {"type": "boolean"})
    if isinstance(kind, _ORDERED):
        for operator, words in _COMPARISONS.items():
            yield _query(f"{name}[{operator}]", f"Rows whose `{name}` is {words} this.", schema)


def path_parameter(name: str, description: str) -> JsonSchema:
    """Return the description of a part of the path that is no id."""
    about = {"name": name, "in": "path", "required": True, "description": description}
    return {**about, "schema": {"type": "string"}}
