"""Search and counting."""

from __future__ import annotations

from stanchion.views import Field, Resource
from tests.conformance import expecting as expect
from tests.conformance.contract import path_of
from tests.conformance.registry import rule
from tests.conformance.rules.filtering import found
from tests.conformance.targets import fields, resources
from tests.conformance.world import World


def _can_hold_words(field: Field) -> bool:
    longest = field.max_length or 10**6
    return bool(
        field.search
        and field.creatable
        and field.type in ("string", "text")
        and not field.pattern
        and longest >= 30
    )


_SEARCHED = fields("list", "create", where=_can_hold_words)


def _ids(world: World, resource: Resource, text: str) -> list[str]:
    return [row["id"] for row in found(world, resource, q=text)]


def _made(world: World, target: tuple[Resource, Field], text: str) -> str:
    resource, field = target
    padded = text.ljust(field.min_length or 0, ".")
    return world.rows.make_with(resource, world.maker, {field.json_name: padded}).id


@rule("search.words", _SEARCHED)
def words(world: World, target: tuple[Resource, Field]) -> None:
    """Every word must occur somewhere in the searched fields, in any order, in parts of words."""
    resource, _ = target
    row = _made(world, target, "quixotic zebra crossing")
    for text in ("quixotic", "crossing quixotic", "uixot", "  zebra   quix ", "quix\x85zebra"):
        expect.holds(row in _ids(world, resource, text), f"q={text!r} does not find the row")
    for text in ("quixotic walrus", "zebracrossing", "quix\ufeffzebra"):
        expect.holds(row not in _ids(world, resource, text), f"q={text!r} finds the row")


@rule("search.letter_case", _SEARCHED)
def letter_case(world: World, target: tuple[Resource, Field]) -> None:
    """Letter case is ignored, in every script; accents are not."""
    resource, _ = target
    row = _made(world, target, "Ünïcode ЖУК Résumé \u0131rmak")
    for text in ("ünïcode", "ÜNÏCODE", "жук", "résumé", "RÉSUMÉ"):
        expect.holds(row in _ids(world, resource, text), f"q={text!r} does not find the row")
    for text in ("unicode", "resume", "irmak", "IRMAK"):
        expect.holds(row not in _ids(world, resource, text), f"q={text!r} finds the row")


@rule("search.plain", _SEARCHED)
def plain(world: World, target: tuple[Resource, Field]) -> None:
    """%, _, the backslash and what expressions are made of are plain characters."""
    resource, _ = target
    row = _made(world, target, "50%_off\\now a.c (d)[e]*")
    other = _made(world, target, "500 off now abc d e")
    for text in ("50%", "%_o", "off\\now", "\\", "a.c", "(d)", "[e]", "*"):
        seen = _ids(world, resource, text)
        expect.holds(row in seen, f"q={text!r} does not find the row")
        expect.holds(other not in seen, f"q={text!r} finds another row")


@rule("search.faults", resources("list", where=lambda resource: resource.searched))
def faults(world: World, resource: Resource) -> None:
    """q has 1 to 200 characters, by code points, and no U+0000."""
    for bad in ("", "x" * 201, "😀" * 201, "a\0b"):
        expect.parameter_error(world.maker.get(path_of(resource), q=bad), "q")
    for good in ("x" * 200, "😀" * 200):
        expect.status(world.maker.get(path_of(resource), q=good), 200)


@rule("search.not_declared", resources("list", where=lambda resource: not resource.searched))
def not_declared(world: World, resource: Resource) -> None:
    """Without a searched field q is an unknown parameter."""
    expect.parameter_error(world.maker.get(path_of(resource), q="a"), "q", "unknown")


@rule("count.total", resources("list", "create"))
def total(world: World, resource: Resource) -> None:
    """page.total is there with count=true alone, and counts what the caller may list."""
    row = world.make(resource)
    path = path_of(resource)
    for query in ({}, {"count": "false"}):
        page = expect.status(world.maker.get(path, **query), 200).json["page"]
        expect.holds("total" not in page, "page.total is there unasked")
    answer = expect.status(world.maker.get(path, count="true", limit=1), 200)
    counted = answer.json["page"]["total"]
    expect.holds(isinstance(counted, int) and counted >= 1, f"page.total is {counted!r}")
    for field in resource.filters:
        value = row.json[field.json_name]
        if value is not None and not isinstance(value, bool):
            query = {field.json_name: str(value)}
            answer = expect.status(world.maker.get(path, count="true", limit=100, **query), 200)
            if not answer.json["page"][world.contract.json_name("has_more")]:
                rows = len(answer.json["data"])
                expect.equal(answer.json["page"]["total"], rows, "page.total")
    for bad in ("", "1", "True", "yes"):
        expect.parameter_error(world.maker.get(path, count=bad), "count")


@rule("count.own_rows", resources("list", "create", where=lambda r: r.access.lists_own_rows_only))
def own_rows(world: World, resource: Resource) -> None:
    """The count holds no row that its reader may not read."""
    reader = world.people.new(*world.contract.named_roles)
    world.make(resource)
    page = expect.status(reader.get(path_of(resource), count="true"), 200).json["page"]
    expect.equal(page["total"], 0, "page.total")
    world.rows.make(resource, reader)
    page = expect.status(reader.get(path_of(resource), count="true"), 200).json["page"]
    expect.equal(page["total"], 1, "page.total")
