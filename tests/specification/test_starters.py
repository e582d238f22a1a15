"""Starters and the large fixture: sound, in every casing and as strict YAML."""

from __future__ import annotations

import pytest

from stanchion.specification import (
    STARTERS,
    load_specification,
    read_resources_file,
    starter_resources,
    starter_text,
)
from stanchion.views import METHODS

from .samples import built, thirty


@pytest.mark.parametrize("json_case", ["snake", "camel"])
@pytest.mark.parametrize("name", STARTERS)
def test_each_starter_is_sound(name: str, json_case: str) -> None:
    load_specification(starter_resources(name), auth=["jwt"], json_case=json_case)


@pytest.mark.parametrize("name", STARTERS)
def test_each_starter_reads_the_same_strictly(name: str) -> None:
    assert read_resources_file(starter_text(name)) == {"resources": starter_resources(name)}


def test_items_are_read_by_everybody_and_written_by_their_owner() -> None:
    item = built(starter_resources("items")).resource("item")
    assert [rule.text for rule in item.access.list] == ["public"]
    assert [rule.text for rule in item.access.update] == ["owner"]


def test_blank_has_accounts_only() -> None:
    assert built(starter_resources("blank")).is_empty


def test_an_unknown_starter_is_refused() -> None:
    with pytest.raises(KeyError):
        starter_resources("wiki")


def test_the_fixture_uses_the_whole_language() -> None:
    specification = built(thirty())
    resources = specification.resources
    fields = [field for one in resources for field in one.fields]
    relations = [relation for one in resources for relation in one.relations]
    rules = [rule for one in resources for m in METHODS for rule in one.access.rules(m)]
    assert len(resources) == 30
    for flag in ("filter", "sort", "search", "unique", "unique_per_owner", "write_only"):
        assert any(getattr(field, flag) for field in fields), flag
    for flag in ("read_only", "sensitive", "internal", "nullable", "has_default", "renamed_from"):
        assert any(getattr(field, flag) for field in fields), flag
    for bound in ("min_length", "pattern", "minimum", "maximum", "multiple_of", "values"):
        assert any(getattr(field, bound) for field in fields), bound
    assert {r.on_delete for r in relations} == {"cascade", "restrict", "set_null"}
    assert {r.on_delete for r in relations if r.to_self} == {"cascade", "restrict", "set_null"}
    assert any(relation.to_user for relation in relations)
    links = [link for one in resources for link in one.links]
    assert any(link.to_self for link in links)
    assert any(link.to_user for link in links)
    assert {r.kind for r in rules} == {"public", "authenticated", "owner", "role", "parent"}
    assert any(not one.access.allows(method) for one in resources for method in METHODS)
    assert any(one.checks for one in resources)
    assert any(len(unique.columns) > 1 for one in resources for unique in one.uniques)
    assert any(one.renamed_from for one in resources)
