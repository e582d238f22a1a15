"""HEAD, OPTIONS, and what a path does not offer."""

from __future__ import annotations

from stanchion.views import Resource
from tests.conformance import expecting as expect
from tests.conformance.contract import API, path_of
from tests.conformance.registry import rule
from tests.conformance.targets import resources, with_tokens
from tests.conformance.world import World

_ON_LIST = {"list": ("GET", "HEAD"), "create": ("POST",)}
_ON_ROW = {"get": ("GET", "HEAD"), "update": ("PATCH",), "delete": ("DELETE",)}
_ALL = ("GET", "HEAD", "POST", "PATCH", "DELETE", "PUT")
_SOME_ID = "0190b8c8-7f3a-7c4e-8d21-3f0a5b6c7d8e"


def _paths(resource: Resource) -> list[tuple[str, list[str]]]:
    """Return the paths of a resource, and the methods of each, as ``Allow`` has them."""
    found = []
    for path, table in (
        (path_of(resource), _ON_LIST),
        (f"{path_of(resource)}/{_SOME_ID}", _ON_ROW),
    ):
        offered = [
            name
            for method, names in table.items()
            if resource.access.allows(method)
            for name in names
        ]
        if offered:
            found.append((path, sorted({*offered, "OPTIONS"})))
    return found


@rule("methods.options", resources())
def options(world: World, resource: Resource) -> None:
    """OPTIONS is 204 and names every method of the path, sorted, with HEAD and OPTIONS."""
    for path, allowed in _paths(resource):
        answer = expect.status(world.anonymous.request("OPTIONS", path), 204)
        expect.equal(answer.headers.get("allow"), ", ".join(allowed), "Allow")
        expect.equal(answer.body, b"", "the body")


@rule("methods.not_offered", resources())
def not_offered(world: World, resource: Resource) -> None:
    """A method that a path lacks, PUT always, is 405 with the same Allow, before anything else."""
    for path, allowed in _paths(resource):
        for method in _ALL:
            if method in allowed:
                continue
            answer = world.anonymous.request(method, path, headers={"Authorization": "nonsense"})
            if method == "HEAD":
                expect.status(answer, 405)
            else:
                expect.error(answer, "METHOD_NOT_ALLOWED")
            expect.equal(answer.headers.get("allow"), ", ".join(allowed), "Allow")


@rule("methods.nobody", resources(where=lambda resource: len(resource.access.methods) < 5))
def nobody(world: World, resource: Resource) -> None:
    """What nobody may do has no method, and a path without any is 404."""
    offered = {path for path, _ in _paths(resource)}
    for path in (path_of(resource), f"{path_of(resource)}/{_SOME_ID}"):
        if path not in offered:
            expect.error(world.maker.get(path), "NOT_FOUND")


@rule("methods.head", resources("create", "get", "list"))
def head(world: World, resource: Resource) -> None:
    """HEAD answers what GET does, without the body."""
    row = world.make(resource)
    for path in (row.path, f"{path_of(resource)}?limit=1"):
        full = expect.status(world.maker.get(path), 200)
        answer = expect.status(world.maker.request("HEAD", path), 200)
        expect.equal(answer.body, b"", "the body")
        for name in ("etag", "content-type"):
            expect.equal(answer.headers.get(name), full.headers.get(name), name)
    known = {"If-None-Match": row.etag}
    expect.status(world.maker.request("HEAD", row.path, headers=known), 304)
    expect.status(world.maker.request("HEAD", f"{path_of(resource)}/{_SOME_ID}"), 404)


@rule("methods.of_accounts", with_tokens)
def of_accounts(world: World, _: str) -> None:
    """The endpoints of accounts name their methods like all others."""
    offered = {
        "register": "POST",
        "tokens": "POST",
        "tokens/refresh": "POST",
        "tokens/revoke": "POST",
        "password": "POST",
    }
    for path, method in offered.items():
        answer = expect.error(world.anonymous.get(f"{API}/auth/{path}"), "METHOD_NOT_ALLOWED")
        expect.equal(answer.headers.get("allow"), f"OPTIONS, {method}", "Allow")
