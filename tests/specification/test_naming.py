"""Names: casings, plurals, and identifiers that every database accepts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanchion import naming

NAMES = st.from_regex(naming.NAME, fullmatch=True)


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("task", "tasks"),
        ("line_item", "line_items"),
        ("category", "categories"),
        ("box", "boxes"),
        ("person", "people"),
        ("sales_person", "sales_people"),
        ("child", "children"),
        ("status", "statuses"),
        ("address", "addresses"),
        ("analysis", "analyses"),
        ("index", "indexes"),
        ("hero", "heroes"),
        ("virus", "viruses"),
        ("day", "days"),
        ("leaf", "leaves"),
    ],
)
def test_plurals_are_english(singular: str, plural: str) -> None:
    assert naming.pluralize(singular) == plural


@pytest.mark.parametrize(
    ("snake", "camel", "pascal", "kebab"),
    [
        ("task", "task", "Task", "task"),
        ("line_item", "lineItem", "LineItem", "line-item"),
        ("sha256_of_file", "sha256OfFile", "Sha256OfFile", "sha256-of-file"),
        ("level_2_name", "level2Name", "Level2Name", "level-2-name"),
    ],
)
def test_casings(snake: str, camel: str, pascal: str, kebab: str) -> None:
    assert (naming.camel(snake), naming.pascal(snake), naming.kebab(snake)) == (
        camel,
        pascal,
        kebab,
    )


def test_members_follow_the_chosen_casing() -> None:
    assert naming.json_name("created_at", "snake") == "created_at"
    assert naming.json_name("created_at", "camel") == "createdAt"


@pytest.mark.parametrize("text", ["", "_a", "a_", "a__b", "A", "1a", "a-b", "a b", "é", "a\n"])
def test_what_is_no_name(text: str) -> None:
    assert not naming.is_name(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [("LineItem", "line_item"), ("due-on", "due_on"), ("2nd Try!", "nd_try"), ("é", "")],
)
def test_the_nearest_name_is_suggested(text: str, name: str) -> None:
    assert naming.suggest_name(text) == name


@given(st.text())
def test_a_suggestion_is_a_name_or_empty(text: str) -> None:
    suggestion = naming.suggest_name(text)
    assert suggestion == "" or naming.is_name(suggestion)


@given(NAMES, NAMES)
def test_identifiers_always_fit_and_never_change(table: str, column: str) -> None:
    name = naming.identifier("ix", table, column)
    assert len(name) <= naming.LONGEST_IDENTIFIER
    assert name == naming.identifier("ix", table, column)


def test_long_identifiers_differ_where_their_parts_do() -> None:
    long = "a" * 60
    assert naming.identifier("ix", long, "one") != naming.identifier("ix", long, "two")
    assert naming.identifier("ix", "tasks", "title", "id") == "ix_tasks_title_id"
