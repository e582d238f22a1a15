"""The audit log: each event is one record in what services print."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from typing import Any

from stanchion.views import Resource
from tests.conformance import expecting as expect
from tests.conformance.contract import API, path_of
from tests.conformance.exchange import Answer
from tests.conformance.people import PASSWORD, Person
from tests.conformance.registry import rule
from tests.conformance.rows import Row
from tests.conformance.rules.etags import a_change
from tests.conformance.rules.mail import token_of
from tests.conformance.targets import resources, with_tokens
from tests.conformance.world import World

AUTH = f"{API}/auth"
PATIENCE = 5
_MEMBERS = {"event", "user_id", "table", "row_id", "occurred_at", "request_id", "client", "details"}
_NEW = "a wholly new password"


def audited(
    world: World, caller: Person, method: str, path: str, body: Mapping[str, object] | None = None
) -> tuple[Answer, list[dict[str, Any]]]:  # any JSON
    """Ask, and return the answer and the records that name the request, as soon as one does."""
    marker = f"audited.{secrets.token_hex(8)}"
    answer = caller.request(method, path, headers={"X-Request-ID": marker}, body=body)
    end = time.monotonic() + PATIENCE
    while not (found := _records(world, marker)) and time.monotonic() < end:
        time.sleep(0.05)
    return answer, found


def _records(world: World, marker: str) -> list[dict[str, Any]]:  # as above
    lines = (line for line in world.driven().printed().splitlines() if marker in line)
    parsed = [json.loads(line) for line in lines if line.startswith("{")]
    return [line for line in parsed if line.get("logger") == "audit"]


def _recorded(
    done: tuple[Answer, list[dict[str, Any]]],  # as above
    event: str,
    user_id: str | None,
    row_id: str | None,
) -> dict[str, Any]:
    """Return the one record of a request; ``Failure`` unless it says these things."""
    answer, found = done
    expect.equal([record["event"] for record in found], [event], f"of {answer.path}, the events")
    [record] = found
    expect.holds(set(record) >= _MEMBERS, f"a record has only {sorted(record)}")
    expect.equal((record["user_id"], record["row_id"]), (user_id, row_id), "who and which row")
    expect.equal(record["client"], "127.0.0.1", "the client")
    expect.equal(record["request_id"], answer.headers["x-request-id"], "the request")
    _holds_no_secret(answer, record)
    return record


def _holds_no_secret(answer: Answer, record: Mapping[str, object]) -> None:
    text = json.dumps(record)
    sent = json.loads(answer.content) if answer.content else {}
    answered = answer.json if answer.status == 200 else {}
    for name, value in [*sent.items(), *answered.items()]:
        if any(word in name.lower() for word in ("password", "token")) and name != "token_type":
            expect.holds(str(value) not in text, f"a record holds {name}")


def _log_in(world: World, email: str, password: str = PASSWORD) -> tuple[Answer, list[Any]]:
    body = {"email": email, "password": password}
    return audited(world, world.anonymous, "POST", f"{AUTH}/tokens", body)


def _token(world: World, path: str, token: str) -> tuple[Answer, list[Any]]:
    body = {world.contract.json_name("refresh_token"): token}
    return audited(world, world.anonymous, "POST", f"{AUTH}/tokens/{path}", body)


@rule("audit.log_in", with_tokens)
def log_in(world: World, _: str) -> None:
    """Registering, a log-in, and a failed one at a known or an unknown address are recorded."""
    body = {"email": world.people.address(), "password": PASSWORD}
    made = audited(world, world.anonymous, "POST", f"{AUTH}/register", body)
    user_id = made[0].json["id"]
    _recorded(made, "registered", user_id, user_id)
    _recorded(_log_in(world, body["email"]), "logged_in", user_id, user_id)
    _recorded(_log_in(world, body["email"], "wrong" * 4), "log_in_failed", None, user_id)
    _recorded(_log_in(world, world.people.address()), "log_in_failed", None, None)


@rule("audit.tokens", with_tokens)
def tokens(world: World, _: str) -> None:
    """A refresh, a reuse and a log-out are recorded, with the log-in that they are of."""
    person, name = world.people.new(), world.contract.json_name("refresh_token")
    first = _log_in(world, person.email)[0].json[name]
    done = _token(world, "refresh", first)
    family = _recorded(done, "refreshed", person.id, done[1][0]["row_id"] if done[1] else "")
    _recorded(_token(world, "refresh", first), "token_reused", person.id, family["row_id"])
    other = _log_in(world, person.email)[0].json[name]
    done = _token(world, "revoke", other)
    out = _recorded(done, "logged_out", person.id, done[1][0]["row_id"] if done[1] else "")
    expect.holds(out["row_id"] != family["row_id"], "two log-ins are the same row")


@rule("audit.accounts", with_tokens)
def accounts(world: World, _: str) -> None:
    """A changed name or password, and a deleted account, are recorded; a wrong password too."""
    person = world.people.new()
    done = audited(world, person, "PATCH", f"{AUTH}/me", {"name": "Grace"})
    _recorded(done, "updated", person.id, person.id)
    done = audited(world, person, "DELETE", f"{AUTH}/me", {"password": "wrong" * 4})
    _recorded(done, "log_in_failed", person.id, person.id)
    names = [world.contract.json_name(name) for name in ("current_password", "new_password")]
    body = dict(zip(names, (PASSWORD, _NEW), strict=True))
    done = audited(world, person, "POST", f"{AUTH}/password", body)
    _recorded(done, "password_changed", person.id, person.id)
    person = world.people.new()
    done = audited(world, person, "DELETE", f"{AUTH}/me", {"password": PASSWORD})
    _recorded(done, "deleted", person.id, person.id)


@rule("audit.addresses", with_tokens)
def addresses(world: World, _: str) -> None:
    """A change of address is recorded when it is asked for, and when it is in force."""
    person, body = world.people.new(), {"email": world.people.address(), "password": PASSWORD}
    done = audited(world, person, "POST", f"{AUTH}/email", body)
    _recorded(done, "email_change_requested", person.id, person.id)
    [mail] = world.driven().mailbox.to(body["email"])
    body = {"token": token_of(mail, "verify-email")}
    done = audited(world, world.anonymous, "POST", f"{AUTH}/email/verify", body)
    _recorded(done, "email_changed", person.id, person.id)


@rule("audit.roles", with_tokens)
def roles(world: World, _: str) -> None:
    """A role that is granted or taken is recorded with who did it; a refusal too."""
    admin, person = world.people.known("admin", "admin"), world.people.new()
    path = f"{API}/users/{person.id}/roles/admin"
    for method, event in (("PUT", "role_granted"), ("DELETE", "role_revoked")):
        record = _recorded(audited(world, admin, method, path), event, admin.id, person.id)
        expect.holds("admin" in json.dumps(record["details"]), "the role is missing")
    _recorded(audited(world, person, "PUT", path), "refused", person.id, None)


@rule("audit.rows", resources("create", "get", "update", "delete"))
def rows(world: World, resource: Resource) -> None:
    """Each create, update and delete of a row is recorded: who, what and which row."""
    maker = world.maker
    user_id = maker.id or None
    body, _parents = world.rows.body(resource, maker)
    done = audited(world, maker, "POST", path_of(resource), body)
    row = Row(resource, maker, expect.status(done[0], 201), body)
    table = _recorded(done, "created", user_id, row.id)["table"]
    change = a_change(world, row)
    if change:
        done = audited(world, maker, "PATCH", row.path, change)
        record = _recorded(done, "updated", user_id, row.id)
        expect.equal(record["table"], table, "the table")
        expect.holds(record["details"], "what was changed is missing")
    done = audited(world, maker, "DELETE", row.path)
    expect.equal(_recorded(done, "deleted", user_id, row.id)["table"], table, "the table")
