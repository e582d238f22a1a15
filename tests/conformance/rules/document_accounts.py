"""The OpenAPI document: the endpoints of accounts and their strategies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.conformance import expecting as expect
from tests.conformance.contract import API, Contract
from tests.conformance.document import Json, Operation
from tests.conformance.registry import rule
from tests.conformance.rules.document import document_of
from tests.conformance.world import World


@dataclass(frozen=True)
class Endpoint:
    """What the contract says of an endpoint; a member that may be left out ends in ``?``."""

    method: str
    path: str
    successes: set[int]
    members: tuple[str, ...] = ()
    is_signed_in: bool = False

    @property
    def name(self) -> str:
        """The endpoint as reports show it."""
        return f"{self.method} {self.path}"


_ACCOUNTS = [
    Endpoint("post", "/auth/register", {201, 202}, ("email", "password", "name?")),
    Endpoint("get", "/auth/me", {200}, is_signed_in=True),
    Endpoint("patch", "/auth/me", {200}, ("name?",), is_signed_in=True),
    Endpoint("delete", "/auth/me", {204}, ("password",), is_signed_in=True),
    Endpoint("post", "/auth/password", {204}, ("current_password", "new_password"), True),
    Endpoint("post", "/auth/password/forgot", {202}, ("email",)),
    Endpoint("post", "/auth/password/reset", {204}, ("token", "password")),
    Endpoint("post", "/auth/email", {202}, ("email", "password"), is_signed_in=True),
    Endpoint("post", "/auth/email/verify", {204}, ("token",)),
    Endpoint("post", "/auth/email/verify/resend", {202}, ("email",)),
    Endpoint("put", "/users/{id}/roles/{role}", {204}, is_signed_in=True),
    Endpoint("delete", "/users/{id}/roles/{role}", {204}, is_signed_in=True),
]
_TOKENS = [
    Endpoint("post", "/auth/tokens", {200}, ("email", "password")),
    Endpoint("post", "/auth/tokens/refresh", {200}, ("refresh_token",)),
    Endpoint("post", "/auth/tokens/revoke", {204}, ("refresh_token",)),
]
_ME = ("id", "email", "name", "roles", "email_verified", "created_at", "updated_at", "version")


def _endpoints(contract: Contract) -> Iterator[Endpoint]:
    if "jwt" in contract.auth:
        yield from [*_ACCOUNTS, *_TOKENS]


@rule("document.accounts", _endpoints)
def accounts(world: World, endpoint: Endpoint) -> None:
    """The endpoints of accounts take and answer what the contract says."""
    operations = document_of(world).at(f"{API}{endpoint.path}")
    expect.holds(endpoint.method in operations, "it is not documented")
    operation = operations[endpoint.method]
    found = {status for status in operation.statuses if status < 400}
    expect.equal(found, endpoint.successes, "how it succeeds")
    expect.equal(operation.names("query"), [], "the query parameters")
    needed = {400, 429, 500, 503}
    needed |= {413, 415, 422} if endpoint.members else set()
    needed |= {401} if endpoint.is_signed_in else set()
    expect.equal(needed - operation.statuses, set(), "the statuses that are missing")
    expect.equal(
        bool(operation.content["security"]), endpoint.is_signed_in, "whether it takes a caller"
    )
    _takes(world, operation, endpoint)


def _takes(world: World, operation: Operation, endpoint: Endpoint) -> None:
    if not endpoint.members:
        expect.holds("requestBody" not in operation.content, "a body is documented")
        return
    schema = _body_of(operation)
    names = {world.contract.json_name(name.rstrip("?")) for name in endpoint.members}
    expect.equal(set(schema["properties"]), names, "the members")
    required = {
        world.contract.json_name(name) for name in endpoint.members if not name.endswith("?")
    }
    expect.equal(set(schema.get("required", [])), required, "the members that are needed")


def _body_of(operation: Operation) -> Json:
    content = operation.content["requestBody"]["content"]
    return operation.document.resolved(content["application/json"]["schema"])


@rule("document.me", lambda contract: iter(["service"] if "jwt" in contract.auth else []))
def me(world: World, _: str) -> None:
    """An account has exactly its members."""
    operation = document_of(world).at(f"{API}/auth/me")["get"]
    schema = operation.document.resolved(operation.schema(200))
    names = {world.contract.json_name(name) for name in _ME}
    expect.equal(set(schema["properties"]), names, "the members")
    expect.equal(set(schema["required"]), names, "the members that are always there")
