"""Errors: their one shape, and the order in which faults are looked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from stanchion.views import Resource
from tests.conformance import expecting as expect
from tests.conformance.contract import Contract, path_of
from tests.conformance.exchange import Answer
from tests.conformance.people import Person
from tests.conformance.registry import rule
from tests.conformance.targets import resources
from tests.conformance.world import World

_UNKNOWN = "0190b8c8-7f3a-7c4e-8d21-3f0a5b6c7d8e"
_STALE = '"stale"'


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a request, and what it alone is answered with."""

    code: str
    query: str = ""
    content: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    row: str | None = None


_QUERY = Fault("INVALID_PARAMETER", query="?nonsense=1")
_TYPE = Fault("UNSUPPORTED_MEDIA_TYPE", headers={"Content-Type": "text/plain"})
_SIZE = Fault("PAYLOAD_TOO_LARGE", content=b"[" + b"1," * 600_000 + b"1]")
_MALFORMED = Fault("MALFORMED_JSON", content=b"{")
_ROW = Fault("NOT_FOUND", row=_UNKNOWN)
_MATCH = Fault("PRECONDITION_FAILED", headers={"If-Match": _STALE})
_INVALID = Fault("VALIDATION_ERROR", content=b'{"nonsense": 1}')
_CREATE = (_QUERY, _TYPE, _SIZE, _MALFORMED, _INVALID)
_UPDATE = (_QUERY, _TYPE, _SIZE, _MALFORMED, _ROW, _MATCH, _INVALID)


@dataclass(frozen=True)
class Two:
    """Two faults of one request, of which the first answers."""

    resource: Resource
    method: str
    first: Fault
    second: Fault

    @property
    def name(self) -> str:
        """The pair in words."""
        return f"{self.resource.name} {self.method} {self.first.code} {self.second.code}"


def _pairs(contract: Contract) -> Iterator[Two]:
    for resource in contract.offering("create"):
        for method, faults in (("POST", _CREATE), ("PATCH", _UPDATE)):
            if method == "PATCH" and not resource.access.allows("update"):
                continue
            for number, first in enumerate(faults):
                for second in faults[number + 1 :]:
                    if first.content is None or second.content is None:
                        yield Two(resource, method, first, second)


def _send(world: World, person: Person, two: Two, *faults: Fault) -> Answer:
    body, path = b"{}", path_of(two.resource)
    if two.method == "PATCH":
        row = world.make(two.resource)
        path = row.path
    headers = {"Content-Type": "application/json"}
    for fault in reversed(faults):
        headers |= fault.headers
        body = fault.content if fault.content is not None else body
        if fault.row is not None:
            path = f"{path_of(two.resource)}/{fault.row}"
    query = "".join(fault.query for fault in faults)
    return person.request(two.method, path + query, headers=headers, content=body)


@rule("order.of_faults", _pairs)
def of_faults(world: World, two: Two) -> None:
    """Of two faults the earlier answers: query, 415, 413, JSON, missing row, 412, 422."""
    answer = _send(world, world.maker, two, two.first, two.second)
    expect.error(answer, two.first.code, None)


@rule("order.caller_first", resources("create", where=lambda r: _is_closed(r)))
def caller_first(world: World, resource: Resource) -> None:
    """Who calls is judged before query, media type, size and body."""
    for fault in _CREATE:
        two = Two(resource, "POST", fault, fault)
        expect.error(_send(world, world.anonymous, two, fault), "UNAUTHENTICATED")


def _is_closed(resource: Resource) -> bool:
    return not any(rule.is_public for rule in resource.access.create)


@rule("order.invalid_credentials", resources("create"))
def invalid_credentials(world: World, resource: Resource) -> None:
    """Invalid credentials are 401 even where access is public, before any other fault."""
    person = Person(world.service, headers={"Authorization": "Bearer nonsense"})
    for fault in _CREATE:
        two = Two(resource, "POST", fault, fault)
        expect.error(_send(world, person, two, fault), "UNAUTHENTICATED")
    if resource.access.allows("list"):
        expect.error(person.get(path_of(resource)), "UNAUTHENTICATED")
        expect.error(person.get(path_of(resource), nonsense=1), "UNAUTHENTICATED")


@rule("order.route_first", resources("list"))
def route_first(world: World, resource: Resource) -> None:
    """A missing route and a method that is not offered come before all."""
    person = Person(world.service, headers={"Authorization": "Bearer nonsense"})
    expect.error(person.get(f"{path_of(resource)}/a/b/c", nonsense=1), "NOT_FOUND")
    expect.error(person.request("PUT", path_of(resource), content=b"{"), "METHOD_NOT_ALLOWED")


@rule("order.conflict_last", resources("create", "update"))
def conflict_last(world: World, resource: Resource) -> None:
    """A stale version is looked at last: an invalid member is named first."""
    row = world.make(resource)
    answer = world.maker.patch(row.path, {"version": 9, "nonsense": 1})
    expect.field_error(answer, "nonsense", "unknown")


@rule("errors.request_id", resources("list"))
def request_id(world: World, resource: Resource) -> None:
    """Every answer names its request: the client's id where it is one, else one of its own."""
    path = path_of(resource)
    for given in ("abc", "A.b_c-1", "x" * 128):
        for where in (path, "/nothing", f"{path}?nonsense=1", "/healthz"):
            answer = world.maker.request("GET", where, headers={"X-Request-ID": given})
            expect.equal(answer.headers.get_list("x-request-id"), [given], "X-Request-ID")
    seen = set()
    for bad in ("x" * 129, "a b", "a;b", "", "a/b", "<script>"):
        answer = world.maker.request("GET", path, headers={"X-Request-ID": bad})
        made = answer.headers.get("x-request-id", "")
        expect.holds(made and made != bad, f"X-Request-ID is {made!r}")
        seen.add(made)
    expect.equal(len(seen), 6, "the count of distinct ids")


@rule("errors.no_internals", resources("create", "list"))
def no_internals(world: World, resource: Resource) -> None:
    """Hostile input is answered as a fault of the client's, in the one shape, never 500."""
    path, maker = path_of(resource), world.maker
    hostile = (
        "'",
        "'; DROP TABLE users; --",
        "%",
        "\\",
        "\u202e",
        "${jndi:x}",
        "\ud7ff",
        "{{7*7}}",
    )
    for text in hostile:
        for name in ("sort", "fields", "cursor", "limit", text):
            answer = maker.request("GET", path, query={name: text})
            expect.error(answer, "INVALID_PARAMETER", None)
    for content in (
        b'{"__proto__": {"a": 1}}',
        b'{"constructor": {}}',
        b'{"": 1}',
        json.dumps({text: text for text in hostile}).encode(),
    ):
        headers = {"Content-Type": "application/json"}
        answer = maker.request("POST", path, content=content, headers=headers)
        expect.error(answer, "VALIDATION_ERROR", None)


@rule("errors.duplicate_headers", resources("list"))
def duplicate_credentials(world: World, resource: Resource) -> None:
    """Two kinds of credentials in one request are 401."""
    if not world.contract.auth:
        return
    headers = {"X-API-Key": "nonsense"}
    answer = world.maker.request("GET", path_of(resource), headers=headers)
    expect.error(answer, "UNAUTHENTICATED")
    answer = world.anonymous.request("GET", path_of(resource), headers=headers)
    expect.error(answer, "UNAUTHENTICATED")
