"""Sorting: declared fields, ties by id, null below all, texts by code point."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from stanchion.views import Field, Resource
from tests.conformance import expecting as expect
from tests.conformance.contract import Contract, path_of
from tests.conformance.registry import rule
from tests.conformance.rows import Json
from tests.conformance.rules.listing import ids, pages
from tests.conformance.targets import fields, resources
from tests.conformance.world import World

_ENOUGH = 40


def sort_key(field: Field, value: Json) -> tuple[bool, Any]:
    """Return what a value is ordered by: null first, texts by code point."""
    if value is None:
        return (False, 0)
    return (True, Decimal(value) if field.is_decimal else value)


@rule("sort.order", fields("list", "create", where=lambda field: field.sort and field.creatable))
def order(world: World, target: tuple[Resource, Field]) -> None:
    """Rows come in the order of the field, and its reverse; ties go by id in its direction."""
    resource, field = target
    for number in range(4):
        empty = {field.json_name: None} if field.nullable and number == 1 else {}
        world.rows.make_with(resource, world.maker, empty)
    for name, is_reversed in ((field.json_name, False), (f"-{field.json_name}", True)):
        answer = expect.status(world.maker.get(path_of(resource), sort=name, limit=100), 200)
        rows = answer.json["data"]
        wanted = sorted(
            rows,
            key=lambda row: (sort_key(field, row[field.json_name]), row["id"]),
            reverse=is_reversed,
        )
        expect.equal([row["id"] for row in rows], [row["id"] for row in wanted], f"sort={name}")


@rule("sort.pages", fields("list", "create", where=lambda field: field.sort and field.creatable))
def sorted_pages(world: World, target: tuple[Resource, Field]) -> None:
    """Cursors keep to the order: the pages are the list, nulls and ties included."""
    resource, field = target
    kept = world.make(resource)
    made = [kept]
    if not _in_unique(resource, field):
        same = {field.json_name: kept.json[field.json_name]}
        values = [same, same, *([{field.json_name: None}] * 2 if field.nullable else [])]
        made += [world.rows.make_with(resource, world.maker, value) for value in values]
    for name in (field.json_name, f"-{field.json_name}"):
        path = path_of(resource)
        whole = ids(pages(world.maker, path, sort=name, limit=100))
        few = ids(pages(world.maker, path, sort=name, limit=3 if len(whole) < _ENOUGH else 37))
        common = set(whole) & set(few)  # others write meanwhile
        expect.equal(
            [id for id in few if id in common], [id for id in whole if id in common], "the pages"
        )
        expect.equal(len(few), len(set(few)), "the count of distinct rows")
        missing = {row.id for row in made} - common
        expect.holds(not missing, f"sort={name} loses {sorted(missing)}")


def _in_unique(resource: Resource, field: Field) -> bool:
    return any(field.name in unique.fields for unique in resource.uniques) or field.unique


def _two_sorts(contract: Contract) -> list[tuple[Resource, Field, Field]]:
    return [
        (resource, first, second)
        for resource in contract.offering("list", "create")
        for first in resource.sorts
        for second in resource.sorts
        if first.name != second.name
    ][:6]


@rule("sort.several", lambda contract: iter(_two_sorts(contract)))
def several(world: World, target: tuple[Resource, Field, Field]) -> None:
    """Several fields sort one after the other, each in its own direction, over pages too."""
    resource, first, second = target
    tied = first.creatable and not _in_unique(resource, first)
    alike = {first.json_name: world.rows.value(first)} if tied else {}
    for _ in range(3):
        own = {second.json_name: world.rows.value(second)} if second.creatable else {}
        world.rows.make_with(resource, world.maker, {**alike, **own})
    text = f"-{first.json_name},{second.json_name}"
    found = pages(world.maker, path_of(resource), sort=text, limit=100)
    rows = [row for answer in found for row in answer.json["data"]]
    wanted = sorted(rows, key=lambda row: (sort_key(second, row[second.json_name]), row["id"]))
    wanted.sort(key=lambda row: sort_key(first, row[first.json_name]), reverse=True)
    expect.equal([row["id"] for row in rows], [row["id"] for row in wanted], f"sort={text}")
    few = ids(pages(world.maker, path_of(resource), sort=text, limit=7))
    expect.equal(len(few), len(set(few)), "the count of distinct rows")


@rule("sort.faults", resources("list"))
def faults(world: World, resource: Resource) -> None:
    """Only declared fields sort, at most three, none twice."""
    declared = [field.json_name for field in resource.sorts]
    declared += [world.contract.json_name(name) for name in ("created_at", "updated_at")]
    others = [f.json_name for f in resource.fields if not f.sort]
    twice = [f"{declared[0]},-{declared[0]}"]
    four = [",".join(declared[:4])] if len(declared) > 3 else []
    for text in (
        "",
        "nonsense",
        "constructor",
        "-",
        "--" + declared[0],
        declared[0] + ",",
        "id",
        *others,
        f" {declared[0]}",
        declared[0].upper(),
        *twice,
        *four,
    ):
        expect.parameter_error(world.maker.get(path_of(resource), sort=text), "sort")


_TEXTS = [
    "Zebra",
    "apple",
    "Äpfel",
    "zebra",
    "z",
    "Z",
    "é",
    "e\u0301",
    "\U0001f600",
    "\uffee",
    "_",
    "0",
]


def _has_room(field: Field) -> bool:
    shortest, longest = field.min_length or 0, field.max_length or 10**6
    return field.type in ("string", "text") and not field.pattern and shortest <= 12 <= longest


@rule(
    "text.code_points",
    fields("list", "create", where=lambda f: f.sort and f.creatable and _has_room(f)),
)
def code_points(world: World, target: tuple[Resource, Field]) -> None:
    """Texts are sorted by code point: case, accents and astral characters count."""
    resource, field = target
    for text in _TEXTS:
        value = text.ljust(field.min_length or 0, ".")
        world.rows.make_with(resource, world.maker, {field.json_name: value})
    found = pages(world.maker, path_of(resource), sort=field.json_name, limit=100)
    values = [row[field.json_name] for page in found for row in page.json["data"]]
    values = [value for value in values if value is not None]
    expect.equal(values, sorted(values), "the order of texts")
