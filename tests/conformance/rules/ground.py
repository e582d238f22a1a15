"""Paths, ids, members and answers that every resource shares."""

from __future__ import annotations

import re

from stanchion.views import Resource
from tests.conformance import expecting as expect
from tests.conformance.contract import API, path_of
from tests.conformance.registry import rule
from tests.conformance.targets import resources
from tests.conformance.world import World

_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z")


@rule("ground.root")
def root(world: World, _: str) -> None:
    """The root leads to the documentation with 303."""
    answer = expect.status(world.anonymous.get("/"), 303)
    expect.equal(answer.headers.get("location"), "/docs", "Location")


@rule("ground.unknown_path")
def unknown_path(world: World, _: str) -> None:
    """What has no route is 404, in the one format of errors, under any prefix and method."""
    for path in ("/nothing", API, f"{API}/nothing", f"{API}/nothing/at/all", f"{API}x"):
        for method in ("GET", "POST", "PATCH", "DELETE", "PUT", "OPTIONS"):
            expect.error(world.anonymous.request(method, path), "NOT_FOUND")


@rule("ground.exact_path", resources("list"))
def exact_path(world: World, resource: Resource) -> None:
    """Paths are case-sensitive, a trailing or doubled slash is 404, and nothing redirects."""
    path = path_of(resource)
    for other in (path + "/", path.upper(), path.replace("/api/v1/", "/api/v1//")):
        expect.error(world.maker.get(other), "NOT_FOUND")


@rule("ground.health")
def health(world: World, _: str) -> None:
    """/healthz and /readyz answer 200 and {"status": "ok"}."""
    for path in ("/healthz", "/readyz"):
        expect.equal(
            expect.status(world.anonymous.get(path), 200).json, {"status": "ok"}, "the body"
        )


@rule("ids.made_by_server", resources("create"))
def made_by_server(world: World, resource: Resource) -> None:
    """Ids are UUIDs of version 7 in lower case, made by the server."""
    row = world.make(resource)
    expect.holds(_UUID7.fullmatch(row.id), f"the id is {row.id}")


@rule("ids.letter_case", resources("create", "get"))
def letter_case(world: World, resource: Resource) -> None:
    """An id is read in any letter case and answered in lower case."""
    row = world.make(resource)
    answer = expect.status(world.maker.get(f"{path_of(resource)}/{row.id.upper()}"), 200)
    expect.equal(answer.json["id"], row.id, "the id")


@rule("ids.malformed_in_path", resources("create", "get"))
def malformed_in_path(world: World, resource: Resource) -> None:
    """What is no id in its one spelling is 404 in a path, though it names a row."""
    id = world.make(resource).id
    for other in (
        id.replace("-", ""),
        f"{{{id}}}",
        f"urn:uuid:{id}",
        f"{id}0",
        f"0{id}",
        "1",
        id[:-1],
        f"{id}%20",
        "%00",
        "%F0%9F%98%80",
        f"{id[:8]}{id[9:]}-",
    ):
        expect.error(world.maker.get(f"{path_of(resource)}/{other}"), "NOT_FOUND")


@rule("members.shown", resources("create", "get", "list"))
def shown(world: World, resource: Resource) -> None:
    """A representation lists exactly its members, spelled as chosen; hidden ones never show."""
    row = world.rows.make_with(resource, world.maker, {}, full=True)
    wanted = [member.json_name for member in resource.read_members]
    expect.members(row.json, wanted)
    expect.members(expect.status(world.maker.get(row.path), 200).json, wanted)
    for listed in expect.status(world.maker.get(path_of(resource)), 200).json["data"]:
        expect.members(listed, wanted)


@rule("members.stored", resources("create", "get"))
def stored(world: World, resource: Resource) -> None:
    """What was sent is what is read, then and later."""
    row = world.rows.make_with(resource, world.maker, {}, full=True)
    later = expect.status(world.maker.get(row.path), 200).json
    expect.equal(later, row.json, "the row")
    for field in resource.fields:
        if field.readable and field.json_name in row.sent and not field.is_datetime:
            if field.is_decimal or field.is_email or field.is_uuid:
                continue  # answered in one spelling, which fields.accepted holds
            expect.equal(later[field.json_name], row.sent[field.json_name], field.json_name)


@rule("members.first_version", resources("create"))
def first_version(world: World, resource: Resource) -> None:
    """A new row has version 1, and two equal times of millisecond, in UTC."""
    row = world.make(resource).json
    created = row[world.contract.json_name("created_at")]
    expect.equal(row["version"], 1, "the version")
    expect.equal(row[world.contract.json_name("updated_at")], created, "updated_at")
    expect.holds(_MOMENT.fullmatch(created), f"created_at is {created}")


@rule("members.owner", resources("create", where=lambda resource: resource.owned))
def owner(world: World, resource: Resource) -> None:
    """Rows belong to the caller who made them."""
    row = world.make(resource)
    expect.equal(row.json[world.contract.json_name("owner_id")], world.maker.id, "the owner")


@rule("create.location", resources("create", "get"))
def location(world: World, resource: Resource) -> None:
    """A create is 201 with Location and ETag, and the bare row, which is then found there."""
    row = world.make(resource)
    expect.equal(row.answer.headers.get("location"), row.path, "Location")
    read = expect.status(world.maker.get(row.path), 200)
    expect.equal(read.headers.get("etag"), row.etag, "ETag")
    expect.holds(re.fullmatch(r'"[\x21\x23-\x7e]+"', row.etag), f"the ETag is {row.etag}")


@rule("answers.media_type", resources("create", "get", "list"))
def media_type(world: World, resource: Resource) -> None:
    """Answers are application/json whatever Accept asks for."""
    row = world.make(resource)
    for path in (row.path, path_of(resource)):
        for wanted in ("text/html", "application/xml", "*/*"):
            answer = world.maker.request("GET", path, headers={"Accept": wanted})
            kind = expect.status(answer, 200).headers["content-type"]
            expect.equal(kind.split(";")[0], "application/json", "Content-Type")


@rule("members.defaults", resources("create"))
def defaults(world: World, resource: Resource) -> None:
    """What may be left out has its default, null where there is none."""
    row = world.make(resource)
    for field in resource.fields:
        if field.readable and field.json_name not in row.sent and not field.read_only:
            found = row.json[field.json_name]
            if not field.has_default:
                expect.equal(found, None, field.json_name)
            elif isinstance(field.default, str | bool | int) and not field.is_datetime:
                expect.holds(found == field.default, f"{field.json_name} is {found!r}")
