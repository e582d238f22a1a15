"""Changes of a specification, one row a change: what is refused, told, or passes."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from stanchion.changes import KINDS, Change, Risk, find_changes, refusals, warnings
from stanchion.specification import load_specification

ANSWERS = {"framework": "fastapi", "database": "sqlite", "auth": ["jwt"], "json_case": "snake"}
SHELF: dict[str, Any] = {"fields": {"label": {"type": "text"}}}
BEFORE: dict[str, Any] = {
    "shelf": deepcopy(SHELF),
    "tag": deepcopy(SHELF),
    "plain": deepcopy(SHELF),
    "book": {
        "owner": True,
        "belongs_to": {"shelf": {"nullable": True}, "user": None},
        "many_to_many": ["tag"],
        "unique": [["title", "pages"]],
        "fields": {
            "title": {"type": "string", "max_length": 100},
            "blurb": {"type": "text"},
            "short": {"type": "text", "max_length": 200},
            "pages": {"type": "integer", "minimum": 1},
            "price": {"type": "decimal", "precision": 8, "scale": 2, "nullable": True},
            "state": {"type": "enum", "values": ["new", "old"], "default": "new"},
            "page": {"type": "url"},
            "lent": {"type": "boolean", "nullable": True},
        },
    },
}
BOOK = "resources.book"
FIELDS = f"{BOOK}.fields"

# what changes (path and value; nothing takes a key away) -> the kind, and where it stands
Row = tuple[str, dict[str, Any], str, str]
REFUSED: list[Row] = [
    ("a resource goes", {"plain": ...}, "resource removed", "resources.plain"),
    (
        "a resource is renamed",
        {"plain": ..., "simple": SHELF | {"renamed_from": "plain"}},
        "resource renamed",
        "resources.simple",
    ),
    ("a plural", {"book.plural": "tomes"}, "table", f"{BOOK}.table"),
    ("a table", {"book.table": "tomes"}, "table", f"{BOOK}.table"),
    ("an owner comes", {"shelf.owner": True}, "owner added", "resources.shelf.owner"),
    ("an owner goes", {"book.owner": ...}, "owner removed", f"{BOOK}.owner"),
    ("a field goes", {"book.fields.blurb": ...}, "field removed", f"{FIELDS}.blurb"),
    (
        "a field is renamed",
        {"book.fields.blurb": ..., "book.fields.text": {"type": "text", "renamed_from": "blurb"}},
        "field renamed",
        f"{FIELDS}.text",
    ),
    (
        "a field is required",
        {"book.fields.isbn": {"type": "string", "max_length": 20}},
        "field required",
        f"{FIELDS}.isbn",
    ),
    ("a column", {"book.fields.blurb.column": "b"}, "column", f"{FIELDS}.blurb.column"),
    ("a type", {"book.fields.blurb.type": "json"}, "type", f"{FIELDS}.blurb.type"),
    ("a length", {"book.fields.title.max_length": 99}, "shorter", f"{FIELDS}.title.max_length"),
    (
        "a length of its own",
        {"book.fields.page.max_length": 500},
        "shorter",
        f"{FIELDS}.page.max_length",
    ),
    ("a limit", {"book.fields.blurb.max_length": 99}, "limited", f"{FIELDS}.blurb.max_length"),
    ("a scale", {"book.fields.price.scale": 3}, "scale", f"{FIELDS}.price.scale"),
    ("a precision", {"book.fields.price.precision": 7}, "precision", f"{FIELDS}.price.precision"),
    (
        "a value goes",
        {"book.fields.state.values": ["new"]},
        "value removed",
        f"{FIELDS}.state.values",
    ),
    ("no null any more", {"book.fields.lent.nullable": ...}, "null refused", f"{FIELDS}.lent"),
    (
        "a relation goes",
        {"book.belongs_to.shelf": ...},
        "relation removed",
        f"{BOOK}.belongs_to.shelf",
    ),
    (
        "a relation is renamed",
        {
            "book.belongs_to.shelf": ...,
            "book.belongs_to.board": {
                "resource": "shelf",
                "nullable": True,
                "renamed_from": "shelf",
            },
        },
        "relation renamed",
        f"{BOOK}.belongs_to.board",
    ),
    (
        "a relation is required",
        {"book.belongs_to.shelf.nullable": ...},
        "relation required",
        f"{BOOK}.belongs_to.shelf",
    ),
    (
        "a required relation comes",
        {"plain.belongs_to": {"tag": None}},
        "relation required",
        "resources.plain.belongs_to.tag",
    ),
    (
        "a relation points elsewhere",
        {"book.belongs_to.shelf.resource": "tag"},
        "relation target",
        f"{BOOK}.belongs_to.shelf",
    ),
    (
        "a relation's column",
        {"book.belongs_to.shelf.column": "s"},
        "column",
        f"{BOOK}.belongs_to.shelf.column",
    ),
    ("a link goes", {"book.many_to_many": ...}, "link removed", f"{BOOK}.many_to_many.tag"),
    (
        "a link leads elsewhere",
        {"book.many_to_many": {"tag": {"resource": "plain"}}},
        "link target",
        f"{BOOK}.many_to_many.tag",
    ),
    (
        "a link's table",
        {"book.many_to_many": {"tag": {"table": "labels"}}},
        "link table",
        f"{BOOK}.many_to_many.tag",
    ),
]
TOLD: list[Row] = [
    ("a lower bound", {"book.fields.pages.minimum": 2}, "bounds", f"{FIELDS}.pages"),
    ("an upper bound", {"book.fields.pages.maximum": 9}, "bounds", f"{FIELDS}.pages"),
    ("a unique field", {"book.fields.title.unique": True}, "unique", f"{BOOK}.unique"),
    (
        "a unique tuple",
        {
            "book.unique": [["title", "pages"], ["title", "no"]],
            "book.fields.no": {"type": "integer", "default": 1},
        },
        "unique",
        f"{BOOK}.unique",
    ),
    (
        "a check",
        {"book.checks": {"priced": {"field": "price", "not_null_when": {"state": "new"}}}},
        "check",
        f"{BOOK}.checks.priced",
    ),
]
SAFE: list[tuple[str, dict[str, Any]]] = [
    ("nothing", {}),
    (
        "a nullable field",
        {"book.fields.isbn": {"type": "integer", "nullable": True, "unique": True}},
    ),
    ("a field with a default", {"book.fields.isbn": {"type": "integer", "default": 1}}),
    ("a resource", {"loan": SHELF}),
    ("a resource of a former name", {"loan": SHELF | {"renamed_from": "gone"}}),
    ("a nullable relation", {"plain.belongs_to": {"tag": {"nullable": True}}}),
    ("a link", {"plain.many_to_many": ["shelf"]}),
    ("a longer text", {"book.fields.title.max_length": 101}),
    ("no limit", {"book.fields.short.max_length": ...}),
    ("a wider number", {"book.fields.pages.type": "bigint"}),
    ("more digits", {"book.fields.price.precision": 9}),
    ("a value more", {"book.fields.state.values": ["new", "old", "lost"]}),
    ("null", {"book.fields.title.nullable": True}),
    (
        "no null any more, with a default",
        {"book.fields.lent": {"type": "boolean", "default": False}},
    ),
    ("a bound less", {"book.fields.pages.minimum": ...}),
    ("filters", {"book.fields.title.filter": True, "book.fields.title.sort": True}),
    ("a hidden field", {"book.fields.blurb.internal": True, "book.fields.blurb.nullable": True}),
    ("less unique", {"book.unique": ...}),
    ("access", {"plain.access": {"read": "role:admin", "write": "nobody"}}),
    ("words", {"book.description": "Other words."}),
    ("what a delete does", {"book.belongs_to.shelf.on_delete": "set_null"}),
    ("a plural with the old table", {"book.plural": "tomes", "book.table": "books"}),
]


def changed(changes: dict[str, Any]) -> dict[str, Any]:
    """Return the specification with these changes."""
    resources = deepcopy(BEFORE)
    for path, value in changes.items():
        *parents, last = path.split(".")
        part = resources
        for parent in parents:
            part = part[parent]
        if value is ...:
            del part[last]
        else:
            part[last] = value
    return resources


def compare(resources: dict[str, Any], **answers: object) -> list[Change]:
    """Return what changes."""
    old = load_specification(BEFORE, auth=["jwt"], json_case="snake")
    new = load_specification(resources, auth=["jwt"], json_case="snake")
    return find_changes(old, new, ANSWERS, ANSWERS | answers)


@pytest.mark.parametrize(
    ("changes", "kind", "place"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_would_lose_data_is_refused(changes: dict[str, Any], kind: str, place: str) -> None:
    found = compare(changed(changes))
    [fault] = refusals(found)
    assert [change.kind for change in found if change.fault == fault] == [kind]
    assert fault.place == place
    assert fault.mend
    assert "{" not in fault.message


@pytest.mark.parametrize(
    ("changes", "kind", "place"), [row[1:] for row in TOLD], ids=[row[0] for row in TOLD]
)
def test_what_rows_may_stop_is_told(changes: dict[str, Any], kind: str, place: str) -> None:
    found = compare(changed(changes))
    assert refusals(found) == []
    assert kind in [change.kind for change in found]
    [told] = warnings(found)
    assert told.startswith(place)


@pytest.mark.parametrize(("changes"), [row[1] for row in SAFE], ids=[row[0] for row in SAFE])
def test_safe_changes_pass_in_silence(changes: dict[str, Any]) -> None:
    found = compare(changed(changes))
    assert {change.risk for change in found} <= {Risk.SAFE}


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({"framework": "flask"}, "framework"),
        ({"database": "mysql"}, "database"),
        ({"auth": ["session"]}, "strategy removed"),
    ],
)
def test_a_project_of_another_kind_is_refused(answers: dict[str, object], kind: str) -> None:
    found = compare(BEFORE, **answers)
    assert [change.kind for change in found] == [kind]
    assert len(refusals(found)) == 1


def test_another_casing_passes() -> None:
    assert refusals(compare(BEFORE, json_case="camel")) == []


def test_all_refusals_are_told_at_once() -> None:
    resources = changed({"plain": ..., "book.fields.blurb": ..., "book.many_to_many": ...})
    assert len(refusals(compare(resources, database="mysql"))) == 4


def test_each_kind_has_a_row_here() -> None:
    shown = {kind for _, _, kind, _ in [*REFUSED, *TOLD]}
    shown |= {"framework", "database", "strategy removed"}
    assert shown == {name for name, kind in KINDS.items() if kind.risk is not Risk.SAFE}
