"""Lists: paging, cursors, sparse fields, and what a query may hold."""

from __future__ import annotations

from typing import Any

from stanchion.views import Resource
from tests.conformance import expecting as expect
from tests.conformance.contract import path_of
from tests.conformance.exchange import Answer
from tests.conformance.people import Person
from tests.conformance.registry import rule
from tests.conformance.rows import Row
from tests.conformance.targets import resources
from tests.conformance.world import World

MORE_THAN_A_PAGE = 5
_NO_ROW = "0190b8c8-7f3a-7c4e-8d21-3f0a5b6c7d8e"


def make_rows(world: World, resource: Resource, count: int = MORE_THAN_A_PAGE) -> list[Row]:
    """Return rows, oldest first."""
    return [world.make(resource) for _ in range(count)]


def pages(person: Person, path: str, **query: object) -> list[Answer]:
    """Return every page of a list, by its cursors."""
    found = [expect.status(person.get(path, **query), 200)]
    while cursor := next_cursor(person, found[-1]):
        found.append(expect.status(person.get(path, **{**query, "cursor": cursor}), 200))
        expect.holds(len(found) < 1000, "the pages never end")
    return found


def next_cursor(person: Person, answer: Answer) -> str | None:
    """Return the cursor of the next page, if there is one."""
    page = answer.json["page"]
    cursor: str | None = page["next_cursor"] if "next_cursor" in page else page["nextCursor"]
    return cursor


def ids(answers: list[Answer]) -> list[str]:
    """Return the ids on some pages."""
    return [row["id"] for answer in answers for row in answer.json["data"]]


@rule("list.page", resources("list", "create"))
def page(world: World, resource: Resource) -> None:
    """A list is data and page: limit (20 where none is asked for), has_more, next_cursor."""
    make_rows(world, resource, 1)
    answer = expect.status(world.maker.get(path_of(resource)), 200)
    expect.equal(list(answer.json), ["data", "page"], "the members")
    names = [world.contract.json_name(name) for name in ("limit", "has_more", "next_cursor")]
    expect.equal(sorted(answer.json["page"]), sorted(names), "the members of page")
    expect.equal(answer.json["page"]["limit"], 20, "the limit")
    more = answer.json["page"][names[1]]
    expect.equal(more, next_cursor(world.maker, answer) is not None, names[1])
    expect.equal("link" in answer.headers, more, "whether there is a Link")
    expect.equal(answer.headers.get("etag"), None, "the ETag of a list")


@rule("list.newest_first", resources("list", "create"))
def newest_first(world: World, resource: Resource) -> None:
    """Without sort the newest come first."""
    made = [row.id for row in make_rows(world, resource)]
    found = ids([expect.status(world.maker.get(path_of(resource), limit=100), 200)])
    expect.equal([id for id in found if id in made], made[::-1], "the order")
    expect.equal(found, sorted(found, reverse=True), "the order by id")


@rule("list.walk", resources("list", "create"))
def walk(world: World, resource: Resource) -> None:
    """Cursors lead through all rows, each once, whatever the limit, and end."""
    made = {row.id for row in make_rows(world, resource)}
    for limit in (1, 2, 100):
        found = pages(world.maker, path_of(resource), limit=limit)
        _check_pages(world, found, limit)
        seen = ids(found)
        expect.equal(len(seen), len(set(seen)), "the count of distinct rows")
        expect.holds(made <= set(seen), "rows are missing from the pages")
        if len(seen) > 60:
            break  # enough rows to have walked


def _check_pages(world: World, found: list[Answer], limit: int) -> None:
    for answer in found[:-1]:
        expect.equal(len(answer.json["data"]), limit, "the rows on a page")
        expect.equal(answer.json["page"][world.contract.json_name("has_more")], True, "has_more")
    last = found[-1].json["page"]
    expect.equal(last[world.contract.json_name("has_more")], False, "has_more at the end")


@rule("list.link", resources("list", "create"))
def link(world: World, resource: Resource) -> None:
    """Link names the next page, path-absolute, with all that was asked for."""
    make_rows(world, resource, 3)
    first = expect.status(world.maker.get(path_of(resource), limit=2, fields="id"), 200)
    target, _, rel = first.headers.get("link", "").partition(";")
    expect.equal(rel.strip(), 'rel="next"', "the relation")
    expect.holds(target.startswith(f"<{path_of(resource)}?"), f"Link is {target}")
    second = expect.status(world.maker.get(target.strip("<>")), 200)
    expect.equal(second.json["page"]["limit"], 2, "the limit")
    for row in second.json["data"]:
        expect.members(row, ["id"])
    expect.holds(not set(ids([first])) & set(ids([second])), "rows come twice")


@rule("list.stable", resources("list", "create", "delete"))
def stable(world: World, resource: Resource) -> None:
    """Rows that come or go while somebody pages move no other row."""
    made = make_rows(world, resource, 4)
    first = expect.status(world.maker.get(path_of(resource), limit=1), 200)
    late = world.make(resource)
    expect.status(world.maker.delete(made[0].path), 204)
    cursor = next_cursor(world.maker, first)
    rest = expect.status(world.maker.get(path_of(resource), limit=100, cursor=cursor), 200)
    found = ids([rest])
    expect.holds(late.id not in found, "a newer row came on a later page")
    wanted = [row.id for row in made[:0:-1] if row.id not in ids([first])]
    expect.equal([id for id in found if id in wanted], wanted, "the order")


@rule("list.limit", resources("list"))
def limit(world: World, resource: Resource) -> None:
    """limit is a whole number from 1 to 100."""
    for value in (1, 100):
        expect.status(world.maker.get(path_of(resource), limit=value), 200)
    for bad in ("0", "101", "-1", "1.5", "ten", "", "1e1", "+5", "٣", "1 ", "99999999999999999999"):
        expect.parameter_error(world.maker.get(path_of(resource), limit=bad), "limit")


@rule("list.unknown_parameter", resources("list", "create", "get"))
def unknown_parameter(world: World, resource: Resource) -> None:
    """A parameter that is not known is 400, so that a typo never returns everything."""
    path, maker = path_of(resource), world.maker
    unknown = ("nonsense", "Limit", "id", "limit[in]", "sort[]", "version", "page", "offset")
    for name in (*unknown, "constructor", "__proto__"):
        expect.parameter_error(maker.get(path, **{name: "1"}), name, "unknown")
    row = world.make(resource)
    for name in ("limit", "cursor", "nonsense"):
        expect.parameter_error(maker.get(row.path, **{name: "1"}), name, "unknown")
    expect.parameter_error(maker.request("POST", f"{path}?a=1", body={}), "a", "unknown")


@rule("list.repeated_parameter", resources("list"))
def repeated_parameter(world: World, resource: Resource) -> None:
    """A parameter given twice is 400."""
    answer = world.maker.get(f"{path_of(resource)}?limit=5&limit=5")
    expect.parameter_error(answer, "limit", "repeated")
    answer = world.maker.get(f"{path_of(resource)}?limit=5&fields=id&fields=id")
    expect.parameter_error(answer, "fields", "repeated")


@rule("list.malformed_query", resources("list"))
def malformed_query(world: World, resource: Resource) -> None:
    """A query that is not UTF-8 is 400."""
    for text in ("?sort=%ff", "?%ff=1", "?cursor=%c0%af"):
        expect.error(world.maker.get(path_of(resource) + text), "INVALID_PARAMETER")


@rule("list.sparse", resources("list", "create", "get"))
def sparse(world: World, resource: Resource) -> None:
    """fields answers exactly those members, on lists and single rows, then without an ETag."""
    row = world.make(resource)
    names = [member.json_name for member in resource.read_members]
    for wanted in (["id"], names[-2:], names[::2], names):
        text = ",".join(wanted)
        answer = expect.status(world.maker.get(row.path, fields=text), 200)
        expect.equal(answer.json, {name: row.json[name] for name in wanted}, "the row")
        expect.equal(answer.headers.get("etag"), None, "the ETag")
        for listed in expect.status(
            world.maker.get(path_of(resource), fields=text, limit=3), 200
        ).json["data"]:
            expect.members(listed, wanted)


@rule("list.sparse_faults", resources("list", "create", "get"))
def sparse_faults(world: World, resource: Resource) -> None:
    """fields names known members, none twice; hidden ones are not known."""
    row = world.make(resource)
    hidden = [field.json_name for field in resource.fields if not field.readable]
    for text in ("nonsense", "id,nonsense", "", "id,", "id,id", "ID", "id, version", *hidden):
        for path in (path_of(resource), row.path):
            expect.parameter_error(world.maker.get(path, fields=text), "fields")


@rule("cursor.forged", resources("list", "create"))
def forged(world: World, resource: Resource) -> None:
    """A cursor that this service did not write is 400, one that was changed too."""
    make_rows(world, resource, 2)
    first = expect.status(world.maker.get(path_of(resource), limit=1), 200)
    cursor = next_cursor(world.maker, first) or ""
    middle = len(cursor) // 2
    changed = cursor[:middle] + ("A" if cursor[middle] != "A" else "B") + cursor[middle + 1 :]
    padded = (cursor + "A", cursor + "=", f"{cursor[:middle]}!{cursor[middle:]}")
    for other in ("", "nonsense", changed, *padded, cursor[:-4], "é", "%00", "=" * 500):
        answer = world.maker.get(path_of(resource), limit=1, cursor=other)
        expect.parameter_error(answer, "cursor", "cursor")


@rule("cursor.bound", resources("list", "create"))
def bound(world: World, resource: Resource) -> None:
    """A cursor belongs to its path, order, filters and search; what is shown may change."""
    make_rows(world, resource, 2)
    first = expect.status(world.maker.get(path_of(resource), limit=1), 200)
    cursor = next_cursor(world.maker, first)
    for shown in ({"limit": 2}, {"fields": "id"}, {"count": "true"}):
        expect.status(world.maker.get(path_of(resource), cursor=cursor, **shown), 200)
    for name, value in _other_queries(resource).items():
        answer = world.maker.get(path_of(resource), limit=1, cursor=cursor, **{name: value})
        expect.parameter_error(answer, "cursor", "cursor")
    for other in world.contract.offering("list"):
        if other.name != resource.name and world.oracle.can(world.maker, other, "list"):
            answer = world.maker.get(path_of(other), cursor=cursor)
            expect.parameter_error(answer, "cursor", "cursor")
            break


@rule("cursor.any_order", resources("list", "create", where=lambda r: r.relations))
def any_order(world: World, resource: Resource) -> None:
    """Parameters may come in another order with a cursor, and be spelled otherwise."""
    make_rows(world, resource, 2)
    created = world.contract.json_name("created_at")
    unlike = f"{resource.relations[0].json_name}[ne]={_NO_ROW}"
    path = path_of(resource)
    first = expect.status(world.maker.get(f"{path}?sort=-{created}&{unlike}&limit=1"), 200)
    cursor = next_cursor(world.maker, first)
    spelled = unlike.replace("[", "%5B").replace("]", "%5d")
    for query in (f"{unlike}&sort=-{created}", f"{spelled}&limit=1&sort=%2d{created}"):
        answer = expect.status(world.maker.get(f"{path}?cursor={cursor}&{query}"), 200)
        expect.holds(not set(ids([first])) & set(ids([answer])), "rows come twice")


def _other_queries(resource: Resource) -> dict[str, Any]:
    queries: dict[str, Any] = {}
    for field in resource.sorts[:1]:
        queries["sort"] = f"-{field.json_name}"
    for field in resource.filters:
        if field.nullable:
            queries[f"{field.json_name}[null]"] = "false"
            break
    if resource.searched:
        queries["q"] = "word"
    return queries


@rule("cursor.no_rights", resources("list", "create", where=lambda r: r.access.lists_own_rows_only))
def no_rights(world: World, resource: Resource) -> None:
    """A cursor gives no rights: with another's, a caller still sees his own rows only."""
    owner, other = world.people.new(*world.contract.named_roles), world.people.stranger()
    for _ in range(3):
        world.rows.make(resource, owner)
    cursor = next_cursor(owner, expect.status(owner.get(path_of(resource), limit=1), 200))
    found = other.get(path_of(resource), limit=100, cursor=cursor)
    owner_id = world.contract.json_name("owner_id")
    for row in expect.status(found, 200).json["data"]:
        expect.equal(row[owner_id], other.id, "the owner of what another's cursor shows")
