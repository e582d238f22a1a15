"""ETags, preconditions, versions, and patches that change nothing."""

from __future__ import annotations

from stanchion.views import Field, Resource
from tests.conformance import expecting as expect
from tests.conformance.contract import path_of
from tests.conformance.registry import rule
from tests.conformance.rows import Json, Row
from tests.conformance.targets import resources
from tests.conformance.world import World

_UNKNOWN = "0190b8c8-7f3a-7c4e-8d21-3f0a5b6c7d8e"
_STALE = '"stale"'


def a_change(world: World, row: Row) -> dict[str, Json]:
    """Return a patch that changes the row, empty where nothing can be changed."""
    for field in row.resource.fields:
        if _can_change(row.resource, field):
            return {field.json_name: _another(world, row, field)}
    return {}


def _can_change(resource: Resource, field: Field) -> bool:
    named = {check.field for check in resource.checks}
    named |= {condition.field for check in resource.checks for condition in check.not_null_when}
    return field.updatable and field.readable and field.name not in named


def _another(world: World, row: Row, field: Field) -> Json:
    for _ in range(50):
        value = world.rows.value(field)
        if value != row.json[field.json_name]:
            return value
    return None


def _changeable(resource: Resource) -> bool:
    return any(_can_change(resource, field) for field in resource.fields)


CHANGED = resources("create", "get", "update", where=_changeable)


@rule("etag.not_modified", resources("create", "get"))
def not_modified(world: World, resource: Resource) -> None:
    """If-None-Match with the row's ETag, in a list, weak or *, is 304 without a body."""
    row = world.make(resource)
    for text in (row.etag, f'"a", {row.etag}', f"W/{row.etag}", "*"):
        answer = world.maker.request("GET", row.path, headers={"If-None-Match": text})
        expect.status(answer, 304)
        expect.equal(answer.body, b"", "the body")
        expect.equal(answer.headers.get("etag"), row.etag, "ETag")
    answer = world.maker.request("GET", row.path, headers={"If-None-Match": _STALE})
    expect.status(answer, 200)
    answer = world.maker.request("GET", row.path, headers={"If-None-Match": "nonsense"})
    expect.error(answer, "INVALID_PARAMETER", None)


@rule("etag.changes", CHANGED)
def changes(world: World, resource: Resource) -> None:
    """A change gives a new ETag, the next version and a later updated_at; the rest stays."""
    row = world.make(resource)
    patch = a_change(world, row)
    answer = expect.status(world.maker.patch(row.path, patch), 200)
    updated_at = world.contract.json_name("updated_at")
    changed = {**row.json, **patch, "version": 2, updated_at: answer.json[updated_at]}
    found = answer.json
    for name in patch:
        changed[name] = found[name]
        expect.holds(found[name] != row.json[name], f"{name} did not change")
    expect.equal(found, changed, "the row")
    expect.holds(found[updated_at] >= row.json[updated_at], "updated_at went back")
    expect.holds(answer.headers["etag"] != row.etag, "the ETag stayed")
    read = expect.status(world.maker.get(row.path), 200)
    expect.equal(read.json, found, "the row read later")
    expect.equal(read.headers["etag"], answer.headers["etag"], "the ETag read later")


@rule("patch.changes_nothing", resources("create", "get", "update"))
def changes_nothing(world: World, resource: Resource) -> None:
    """A patch that changes nothing leaves version, updated_at and ETag."""
    row = world.rows.make_with(resource, world.maker, {}, full=True)
    named = [member.json_name for member in resource.update_members]
    same = {name: row.json[name] for name in named if name in row.json}
    for patch in ({}, same, {"version": 1}):
        # If-None-Match is for reading: a patch does not look at it.
        answer = world.maker.patch(row.path, patch, if_none_match=row.etag)
        expect.equal(expect.status(answer, 200).json, row.json, "the row")
        expect.equal(answer.headers["etag"], row.etag, "the ETag")


@rule("patch.merges", CHANGED)
def merges(world: World, resource: Resource) -> None:
    """Members that a patch leaves out stay; null empties what may be empty."""
    row = world.rows.make_with(resource, world.maker, {}, full=True)
    for field in resource.fields:
        if field.nullable and _can_change(resource, field):
            answer = expect.status(world.maker.patch(row.path, {field.json_name: None}), 200)
            expect.equal(answer.json[field.json_name], None, field.json_name)
            others = [f for f in resource.fields if f.readable and f.name != field.name]
            for other in others:
                if not other.nullable:
                    value = answer.json[other.json_name]
                    expect.equal(value, row.json[other.json_name], other.json_name)


@rule("match.update", CHANGED)
def match_update(world: World, resource: Resource) -> None:
    """If-Match with the row's ETag, in a list or *, lets a patch through; another is 412."""
    for template in ("{}", '"a", {}', "*"):
        row = world.make(resource)
        text = template.replace("{}", row.etag)
        expect.status(world.maker.patch(row.path, a_change(world, row), if_match=text), 200)
    row = world.make(resource)
    for text in (_STALE, '"a", "b"', f"W/{row.etag}"):
        answer = world.maker.patch(row.path, a_change(world, row), if_match=text)
        expect.error(answer, "PRECONDITION_FAILED")
    expect.equal(world.maker.get(row.path).json, row.json, "the row")


@rule("match.stale", CHANGED)
def match_stale(world: World, resource: Resource) -> None:
    """The ETag of an earlier version is stale, even for a patch that changes nothing."""
    row = world.make(resource)
    changed = expect.status(world.maker.patch(row.path, a_change(world, row)), 200)
    expect.error(world.maker.patch(row.path, {}, if_match=row.etag), "PRECONDITION_FAILED")
    expect.status(world.maker.patch(row.path, {}, if_match=changed.headers["etag"]), 200)


@rule("match.delete", resources("create", "get", "delete"))
def match_delete(world: World, resource: Resource) -> None:
    """If-Match holds for a delete alike."""
    row = world.make(resource)
    expect.error(world.maker.delete(row.path, if_match=_STALE), "PRECONDITION_FAILED")
    expect.status(world.maker.get(row.path), 200)
    expect.status(world.maker.delete(row.path, if_match=row.etag), 204)
    expect.error(world.maker.get(row.path), "NOT_FOUND")


@rule("match.malformed", resources("create", "update"))
def match_malformed(world: World, resource: Resource) -> None:
    """A malformed If-Match is 400."""
    row = world.make(resource)
    for text in ("nonsense", '"open', "", '"a" "b"', '*, "a"', ","):
        expect.error(world.maker.patch(row.path, {}, if_match=text), "INVALID_PARAMETER", None)


@rule("match.missing_row", resources("update"))
def match_missing(world: World, resource: Resource) -> None:
    """A precondition on a row that is not there is 404."""
    path = f"{path_of(resource)}/{_UNKNOWN}"
    for text in (_STALE, "*"):
        expect.error(world.maker.patch(path, {}, if_match=text), "NOT_FOUND")


@rule("version.in_patch", CHANGED)
def version_in_patch(world: World, resource: Resource) -> None:
    """A patch may name the version that it was written against; a stale one is 409."""
    row = world.make(resource)
    patch = a_change(world, row)
    expect.status(world.maker.patch(row.path, {**patch, "version": 1}), 200)
    for stale in (1, 3):
        answer = world.maker.patch(row.path, {**patch, "version": stale})
        expect.error(answer, "VERSION_MISMATCH")
    for bad in ("1", None, 1.5, 0, True):
        answer = world.maker.patch(row.path, {**patch, "version": bad})
        expect.error(answer, "VALIDATION_ERROR", None)


@rule("delete.gone", resources("create", "delete", "get", "list"))
def gone(world: World, resource: Resource) -> None:
    """A delete is 204 without a body; the row is 404 then, and in no list."""
    row = world.make(resource)
    answer = expect.status(world.maker.delete(row.path), 204)
    expect.equal(answer.body, b"", "the body")
    expect.error(world.maker.get(row.path), "NOT_FOUND")
    expect.error(world.maker.delete(row.path), "NOT_FOUND")
    if resource.access.allows("update"):
        expect.error(world.maker.patch(row.path, {}), "NOT_FOUND")
    listed = world.maker.get(path_of(resource), limit=100).json["data"]
    expect.holds(row.id not in [entry["id"] for entry in listed], "the row is still listed")
