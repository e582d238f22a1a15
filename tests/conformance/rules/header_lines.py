"""Headers that come in several lines, and what proxies say of a client."""

from __future__ import annotations

import itertools
import json
import re
import secrets
from collections.abc import Iterator

from stanchion.views import Resource
from tests.conformance import expecting as expect
from tests.conformance.contract import API, Contract, path_of
from tests.conformance.exchange import Answer
from tests.conformance.raw import send_lines
from tests.conformance.registry import rule
from tests.conformance.targets import resources, with_tokens
from tests.conformance.world import World

_JSON = ("Content-Type", "application/json")
_PROXY = "192.0.2.9"  # nobody else asks through it: one Redis counts for all services of a run


def _send(
    world: World, method: str, path: str, *lines: tuple[str, str], body: object = None
) -> Answer:
    content = b"" if body is None else json.dumps(body).encode()
    own = [*world.maker.headers.items()]
    return send_lines(world.service.address, method, path, [*own, *lines], content)


@rule("headers.repeated_credentials", with_tokens)
def repeated_credentials(world: World, _: str) -> None:
    """Credentials in two lines are those of nobody, though each is valid: 401."""
    for line in world.maker.headers.items():
        expect.error(_send(world, "GET", f"{API}/auth/me", line), "UNAUTHENTICATED")


@rule("headers.repeated_name")
def repeated_name(world: World, _: str) -> None:
    """A request that is given two names gets a new one."""
    given = ("first", "second")
    lines = [("X-Request-ID", name) for name in given]
    found = _send(world, "GET", "/healthz", *lines).headers.get("x-request-id", "")
    expect.holds(re.fullmatch(r"[A-Za-z0-9._-]{1,128}", found), f"X-Request-ID is {found!r}")
    expect.holds(not any(name in found for name in given), f"X-Request-ID is {found!r}")


@rule("headers.repeated_type", resources("create"))
def repeated_type(world: World, resource: Resource) -> None:
    """A body with two types has none that is read."""
    body, _ = world.rows.body(resource, world.maker)
    answer = _send(world, "POST", path_of(resource), _JSON, _JSON, body=body)
    expect.error(answer, "UNSUPPORTED_MEDIA_TYPE")


def _keyed(contract: Contract) -> Iterator[Resource]:
    if contract.with_idempotency and contract.auth:
        yield from contract.offering("create")


@rule("headers.repeated_key", _keyed)
def repeated_key(world: World, resource: Resource) -> None:
    """A request has one idempotency key: two are 400, the same one twice too."""
    body, _ = world.rows.body(resource, world.maker)
    line = ("Idempotency-Key", secrets.token_hex(12))
    answer = _send(world, "POST", path_of(resource), _JSON, line, line, body=body)
    expect.error(answer, "INVALID_PARAMETER", None)


@rule("headers.repeated_tags", resources("create", "get", "update"))
def repeated_tags(world: World, resource: Resource) -> None:
    """Lists of tags may come in several lines, and each of them counts."""
    row = world.make(resource)
    stale = '"nonsense"'
    for name, method, status in (("If-None-Match", "GET", 304), ("If-Match", "PATCH", 200)):
        for tags in ((row.etag, stale), (stale, row.etag)):
            lines = [(name, tag) for tag in tags]
            expect.status(_send(world, method, row.path, _JSON, *lines, body={}), status)
    lines = [("If-Match", stale), ("If-Match", '"other"')]
    answer = _send(world, "PATCH", row.path, _JSON, *lines, body={})
    expect.error(answer, "PRECONDITION_FAILED")


def _public(contract: Contract) -> Iterator[Resource]:
    found = (r for r in contract.offering("list") if any(x.is_public for x in r.access.list))
    yield from itertools.islice(found, 1)


@rule("limits.forwarded", _public)
def forwarded(world: World, resource: Resource) -> None:
    """Addresses come with ports or brackets; whatever is no address is the proxy's own word."""
    trusted = f"127.0.0.0/8,fd00::/8,{_PROXY}"
    service = world.driven().serve(RATE_LIMIT="2/minute", TRUSTED_PROXIES=trusted, CASE="forwarded")

    def ask(*lines: str) -> int:
        named = [("X-Forwarded-For", line) for line in lines]
        return send_lines(service.address, "GET", path_of(resource), named).status

    v4 = [ask("203.0.113.7:4711"), ask("203.0.113.7"), ask("203.0.113.7:80")]
    expect.equal(v4, [200, 200, 429], "one client of IPv4, with ports")
    v6 = [ask("[2001:db8::7]:4711"), ask("[2001:db8::7]"), ask("2001:DB8:0::7")]
    expect.equal(v6, [200, 200, 429], "one client of IPv6, with brackets")
    mapped = [ask("::ffff:203.0.113.8"), ask("203.0.113.8"), ask("[::ffff:cb00:7108]:1")]
    expect.equal(mapped, [200, 200, 429], "one client of IPv4 in IPv6")
    rubbish = ["unknown", "203.0.113.256", "203.0.113.9, _hidden", "203.0.113.9 x", "::1::1", ",,"]
    told = [ask(f"{entries}, {_PROXY}") for entries in rubbish]
    expect.equal(told, [200, 200, 429, 429, 429, 429], "what is no address")
    expect.equal(ask(_PROXY), 429, "the proxy itself")
    lines = [ask("198.51.100.1", "203.0.113.6, fd00::1"), ask("198.51.100.2", "203.0.113.6")]
    expect.equal([*lines, ask("203.0.113.6")], [200, 200, 429], "one client, in several lines")
