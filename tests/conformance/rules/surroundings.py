"""What is around every answer: headers, origins, limits, logs."""

from __future__ import annotations

import json
import re
import time

from stanchion.views import Resource
from tests.conformance import expecting as expect
from tests.conformance.contract import API, Contract, path_of
from tests.conformance.exchange import Answer
from tests.conformance.people import PASSWORD, Person
from tests.conformance.registry import rule
from tests.conformance.targets import resources
from tests.conformance.world import World

ORIGIN = "https://www.example.com"
_EXPOSED = {
    "etag",
    "link",
    "location",
    "retry-after",
    "ratelimit",
    "ratelimit-policy",
    "x-request-id",
    "idempotency-replayed",
}
_SECURITY = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
}
_VARY = {"origin", "authorization", "cookie", "x-api-key"}


def _listed(text: str | None) -> set[str]:
    return {part.strip().lower() for part in (text or "").split(",") if part.strip()}


def _answers(world: World) -> list[Answer]:
    paths = ["/healthz", "/", "/nothing", f"{API}/nothing", "/docs", f"{API}/openapi.json"]
    paths += [path_of(resource) for resource in world.contract.offering("list")]
    return [world.anonymous.get(path) for path in paths]


@rule("headers.security")
def security(world: World, _: str) -> None:
    """Every answer, errors too, carries the security headers."""
    for answer in _answers(world):
        for name, value in _SECURITY.items():
            expect.equal(answer.headers.get(name), value, f"{name} of {answer.path}")
        policy = answer.headers.get("content-security-policy", "")
        expect.holds("default-src 'none'" in policy, f"the policy of {answer.path} is {policy!r}")
        expect.holds("frame-ancestors 'none'" in policy, "frames are not forbidden")
        for name in ("server", "x-powered-by"):
            expect.equal(answer.headers.get(name), None, name)


@rule("headers.encryption")
def encryption(world: World, _: str) -> None:
    """Browsers are told to insist on encryption, but on nobody's own machine."""
    for environment, wanted in (("development", None), ("test", "max-age=31536000")):
        answer = world.driven().serve(APP_ENV=environment).request("GET", "/healthz")
        found = answer.headers.get("strict-transport-security")
        expect.equal(found, wanted, f"Strict-Transport-Security in {environment}")


@rule("headers.caching", resources("list", "create", "get"))
def caching(world: World, resource: Resource) -> None:
    """Answers are private and asked for anew; they vary by what tells who asks."""
    row = world.make(resource)
    for answer in (
        world.maker.get(row.path),
        world.maker.get(path_of(resource)),
        world.maker.get(row.path + "x"),
    ):
        expect.equal(answer.headers.get("cache-control"), "private, no-cache", "Cache-Control")
        expect.equal(_listed(answer.headers.get("vary")), _VARY, "Vary")


@rule("cors.allowed", resources("list"))
def allowed(world: World, resource: Resource) -> None:
    """An origin of the list is let in, and sees the headers that it needs."""
    answer = world.maker.request("GET", path_of(resource), headers={"Origin": ORIGIN})
    expect.equal(answer.headers.get("access-control-allow-origin"), ORIGIN, "the origin")
    expect.equal(answer.headers.get("access-control-allow-credentials"), "true", "credentials")
    exposed = _listed(answer.headers.get("access-control-expose-headers"))
    expect.equal(exposed, _EXPOSED, "Access-Control-Expose-Headers")
    refused = world.maker.request(
        "GET", path_of(resource) + "?nonsense=1", headers={"Origin": ORIGIN}
    )
    expect.equal(refused.headers.get("access-control-allow-origin"), ORIGIN, "of an error")


@rule("cors.preflight", resources("list"))
def preflight(world: World, resource: Resource) -> None:
    """A preflight of such an origin is 204 and lets its methods and headers in."""
    wanted = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "authorization,content-type,if-match",
    }
    answer = expect.status(
        world.anonymous.request("OPTIONS", path_of(resource), headers=wanted), 204
    )
    expect.equal(answer.headers.get("access-control-allow-origin"), ORIGIN, "the origin")
    expect.equal(answer.headers.get("access-control-max-age"), "600", "for how long")
    methods = _listed(answer.headers.get("access-control-allow-methods"))
    expect.equal(methods, _listed(answer.headers.get("allow")), "the methods")
    names = _listed(answer.headers.get("access-control-allow-headers"))
    needed = {
        "authorization",
        "content-type",
        "if-match",
        "if-none-match",
        "idempotency-key",
        "x-request-id",
    }
    expect.holds(needed <= names, f"the headers are {names}")


@rule("cors.foreign", resources("list"))
def foreign(world: World, resource: Resource) -> None:
    """A foreign origin is answered without any header of CORS; its preflight is 204."""
    for origin in (
        "https://evil.example",
        "null",
        ORIGIN + ".evil.example",
        "http://www.example.com",
        ORIGIN + ":8443",
        ORIGIN.upper() + "x",
    ):
        headers = {"Origin": origin, "Access-Control-Request-Method": "GET"}
        answers = [
            world.maker.request("GET", path_of(resource), headers={"Origin": origin}),
            expect.status(
                world.anonymous.request("OPTIONS", path_of(resource), headers=headers), 204
            ),
        ]
        expect.status(answers[1], 204)
        for answer in answers:
            found = [name for name in answer.headers if name.lower().startswith("access-control")]
            expect.equal(found, [], "the headers of CORS")


def _limited(contract: Contract) -> list[Resource]:
    return [r for r in contract.offering("list") if any(x.is_public for x in r.access.list)][:1]


@rule("limits.callers", lambda c: iter(["service"] if c.auth else []))
def callers(world: World, _: str) -> None:
    """Requests are limited per caller, with what is left in RateLimit; 429 tells when to come."""
    service = world.driven().serve(RATE_LIMIT="5/minute", CASE="callers")
    path = f"{API}/auth/me"
    one, two = (world.people.new(service=None) for _ in range(2))
    one, two = (Person(service, p.email, p.id, p.roles, p.headers) for p in (one, two))
    answers = [one.get(path) for _ in range(6)]
    for number, answer in enumerate(answers[:5]):
        expect.status(answer, 200)
        expect.holds(answer.headers.get("ratelimit-policy"), "RateLimit-Policy is missing")
        left = re.search(r"r=(\d+)", answer.headers.get("ratelimit", ""))
        expect.equal(left and left[1], str(4 - number), "what is left")
    refused = expect.error(answers[5], "RATE_LIMITED")
    expect.holds("r=0" in refused.headers.get("ratelimit", ""), "something is left after all")
    after = int(refused.headers.get("retry-after", "0"))
    expect.holds(1 <= after <= 60, f"Retry-After is {after}")
    expect.status(two.get(path), 200)
    expect.error(one.get(path, nonsense=1), "RATE_LIMITED")
    expect.error(one.request("PUT", path), "METHOD_NOT_ALLOWED")


@rule("limits.addresses")
def addresses(world: World, _: str) -> None:
    """Nobody in particular is limited by address; a header alone makes nobody another."""
    targets = _limited(world.contract)
    if not targets:
        return
    service = world.driven().serve(RATE_LIMIT="3/minute", CASE="addresses")
    nobody = Person(service)
    for _number in range(3):
        expect.status(nobody.get(path_of(targets[0])), 200)
    for headers in (
        {},
        {"X-Forwarded-For": "203.0.113.9"},
        {"Forwarded": "for=203.0.113.9"},
        {"X-Real-IP": "203.0.113.9"},
    ):
        answer = nobody.request("GET", path_of(targets[0]), headers=headers)
        expect.error(answer, "RATE_LIMITED")
    answer = nobody.request("GET", path_of(targets[0]), headers={"Authorization": "Bearer x"})
    expect.error(answer, "RATE_LIMITED")
    expect.status(nobody.get("/healthz"), 200)


@rule("limits.proxies")
def proxies(world: World, _: str) -> None:
    """Behind a trusted proxy the rightmost address that is not trusted counts; IPv6 by /64."""
    targets = _limited(world.contract)
    if not targets:
        return
    service = world.driven().serve(
        RATE_LIMIT="2/minute", TRUSTED_PROXIES="127.0.0.0/8,10.0.0.0/8", CASE="proxies"
    )

    def ask(forwarded: str) -> int:
        headers = {"X-Forwarded-For": forwarded}
        return Person(service).request("GET", path_of(targets[0]), headers=headers).status

    expect.equal([ask("203.0.113.1") for _ in range(3)], [200, 200, 429], "one client")
    expect.equal(ask("203.0.113.2, 10.1.2.3"), 200, "another client")
    expect.equal(ask("203.0.113.3, 203.0.113.1, 10.0.0.1"), 429, "a client who adds an address")
    v6 = [ask(f"2001:db8:1:2::{n}") for n in range(3)]
    expect.equal(v6, [200, 200, 429], "one network of IPv6")
    expect.equal(ask("2001:db8:1:3::1"), 200, "another network of IPv6")


@rule("limits.log_ins", lambda c: iter(["service"] if c.auth else []))
def log_ins(world: World, _: str) -> None:
    """Log-ins are limited by address, apart from everything else."""
    service = world.driven().serve(AUTH_RATE_LIMIT="3/minute", CASE="log-ins")
    person = world.people.stranger()
    body = {"email": person.email, "password": PASSWORD}
    statuses = [service.request("POST", f"{API}/auth/tokens", body=body).status for _ in range(4)]
    expect.equal(statuses, [200, 200, 200, 429], "the statuses")
    me = f"{API}/auth/me"
    expect.status(service.request("GET", me, headers=person.headers), 200)
    expect.error(service.request("DELETE", me, headers=person.headers), "RATE_LIMITED")


def _records(text: str) -> list[dict[str, object]]:
    found = []
    for line in text.splitlines():
        if line.startswith("{"):
            found.append(json.loads(line))
    return found


@rule("logs.one_line", resources("list"))
def one_line(world: World, resource: Resource) -> None:
    """Each request leaves one line of JSON: method, route, status, time, caller, request id."""
    marker = f"logged.{resource.name}.{time.time_ns()}"
    headers = {"X-Request-ID": marker}
    expect.status(world.maker.request("GET", path_of(resource), headers=headers), 200)
    lines = _wait_for(world, marker)
    expect.equal(len(lines), 1, "the count of lines")
    [line] = lines
    expect.equal(line.get("method"), "GET", "method")
    expect.equal(line.get("status"), 200, "status")
    expect.equal(line.get("route"), path_of(resource), "route")
    expect.equal(line.get("caller"), world.maker.id or None, "caller")
    expect.equal(line.get("request_id"), marker, "request_id")
    expect.holds(isinstance(line.get("ms"), int | float), "ms is missing")


@rule("logs.route", resources("get"))
def route(world: World, resource: Resource) -> None:
    """The line of a request names the template of its path, which holds no id."""
    marker = f"routed.{resource.name}.{time.time_ns()}"
    path = f"{path_of(resource)}/0190b8c8-7f3a-7c4e-8d21-3f0a5b6c7d8e"
    world.maker.request("GET", path, headers={"X-Request-ID": marker})
    [line] = _wait_for(world, marker)
    template = re.escape(path_of(resource)) + r"/\{\w+\}"
    told = str(line.get("route"))
    expect.holds(re.fullmatch(template, told), f"route is {told}")


def _wait_for(world: World, marker: str) -> list[dict[str, object]]:
    end = time.monotonic() + 5
    while time.monotonic() < end:
        text = "\n".join(line for line in world.driven().printed().splitlines() if marker in line)
        if text:
            return _records(text)
        time.sleep(0.05)
    return []


@rule("logs.no_secrets", lambda c: iter(["service"] if c.auth else []), exclusive=True)
def no_secrets(world: World, _: str) -> None:
    """No password, token or secret of this whole run stands in what services printed."""
    person = world.people.new()
    token = person.headers["Authorization"].removeprefix("Bearer ")
    world.anonymous.get(f"/nothing?access_token={token}&password={PASSWORD}")
    time.sleep(0.5)
    printed = world.driven().printed()
    expect.holds(printed, "nothing was printed")
    for secret in (PASSWORD, PASSWORD.replace(" ", "%20"), token, token.split(".")[2]):
        expect.holds(secret not in printed, "a secret was printed")
