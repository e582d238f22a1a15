"""Accounts with passwords."""

from __future__ import annotations

import unicodedata

from tests.conformance import expecting as expect
from tests.conformance.contract import API
from tests.conformance.exchange import Answer
from tests.conformance.people import PASSWORD, Person, log_in
from tests.conformance.registry import rule
from tests.conformance.rows import Json
from tests.conformance.targets import with_tokens
from tests.conformance.world import World

AUTH = f"{API}/auth"
ME = f"{AUTH}/me"
_MEMBERS = ("id", "email", "name", "roles", "email_verified", "created_at", "updated_at", "version")


def register(world: World, **body: Json) -> Answer:
    """Ask for an account."""
    return world.anonymous.post(f"{AUTH}/register", body)


@rule("accounts.register", with_tokens)
def registers(world: World, _: str) -> None:
    """register is 201 with the account, which holds no secret; its address is in lower case."""
    email = world.people.address()
    answer = expect.status(register(world, email=email.upper(), password=PASSWORD, name="Ada"), 201)
    account = answer.json
    expect.members(account, [world.contract.json_name(name) for name in _MEMBERS])
    wanted = {"email": email, "name": "Ada", "roles": [], "version": 1}
    for name, value in wanted.items():
        expect.equal(account[name], value, name)
    expect.equal(account[world.contract.json_name("email_verified")], False, "email_verified")
    expect.holds(PASSWORD not in answer.body.decode(), "the password is answered")


@rule("accounts.taken", with_tokens)
def taken(world: World, _: str) -> None:
    """A taken address is 409 on email, in any letter case."""
    person = world.people.stranger()
    for email in (person.email, person.email.upper()):
        answer = register(world, email=email, password=PASSWORD)
        expect.error(answer, "CONFLICT", [("email", expect.told("taken"))])


@rule("accounts.passwords", with_tokens)
def passwords(world: World, _: str) -> None:
    """Passwords have 12 to 128 characters, by code points."""
    for bad, message, limit in (("x" * 11, "min_length", 12), ("x" * 129, "max_length", 128)):
        answer = register(world, email=world.people.address(), password=bad)
        expect.field_error(answer, "password", message, limit=limit)
    for good in ("x" * 12, "😀" * 12, "😀" * 128, "correct  horse "):
        email = world.people.address()
        expect.status(register(world, email=email, password=good), 201)
        log_in(world.service, email, good)


@rule("accounts.nfc", with_tokens)
def nfc(world: World, _: str) -> None:
    """A password is the same however its accents were typed."""
    email, password = world.people.address(), "pässwörd für ümläute"
    typed = unicodedata.normalize("NFD", password)
    expect.status(register(world, email=email, password=typed), 201)
    log_in(world.service, email, unicodedata.normalize("NFC", password))


@rule("accounts.bodies", with_tokens)
def bodies(world: World, _: str) -> None:
    """Bodies of accounts are held to the same rules as those of resources."""
    good = {"email": world.people.address(), "password": PASSWORD}
    for name, value, message in (
        ("email", "nobody", "email"),
        ("email", 1, "string"),
        ("email", None, "not_null"),
        ("password", 1, "string"),
        ("password", None, "not_null"),
        ("roles", ["admin"], "unknown"),
        ("id", "1", "unknown"),
        ("email_verified", True, "unknown"),
        ("name", "", None),
    ):
        answer = register(world, **{**good, name: value})
        if message is None:
            expect.error(answer, "VALIDATION_ERROR", None)
        else:
            expect.field_error(answer, name, message)
    for name in good:
        rest = {other: value for other, value in good.items() if other != name}
        expect.field_error(register(world, **rest), name, "required")
    answer = world.anonymous.request("POST", f"{AUTH}/register", content=b"{")
    expect.error(answer, "UNSUPPORTED_MEDIA_TYPE")


@rule("accounts.me", with_tokens)
def me(world: World, _: str) -> None:
    """me is the caller's own account; anonymous it is 401, and queries are refused."""
    person = world.people.new()
    answer = expect.status(person.get(ME), 200)
    expect.equal((answer.json["id"], answer.json["email"]), (person.id, person.email), "who it is")
    expect.error(world.anonymous.get(ME), "UNAUTHENTICATED")
    expect.parameter_error(person.get(ME, fields="id"), "fields", "unknown")


@rule("accounts.me_roles", lambda c: (role for role in c.named_roles[:1] if c.auth))
def me_roles(world: World, role: str) -> None:
    """me tells the roles, which come from the database at each request; a grant is a change."""
    person = world.people.new()
    expect.equal(person.get(ME).json["roles"], [], "the roles")
    world.driven().grant(person.email, role)
    told = person.get(ME).json
    expect.equal((told["roles"], told["version"]), ([role], 2), "roles and version")


@rule("accounts.change_me", with_tokens)
def change_me(world: World, _: str) -> None:
    """PATCH me changes the name and nothing else; what changes nothing leaves the version."""
    person = world.people.new()
    answer = expect.status(person.patch(ME, {"name": "Grace"}), 200)
    expect.equal((answer.json["name"], answer.json["version"]), ("Grace", 2), "name and version")
    expect.equal(person.patch(ME, {"name": "Grace"}).json, answer.json, "the account")
    expect.equal(person.patch(ME, {"name": None}).json["name"], None, "the name")
    for name in ("email", "roles", "password", "id", world.contract.json_name("email_verified")):
        expect.field_error(person.patch(ME, {name: "x"}), name, "unknown")


@rule("accounts.change_password", with_tokens)
def change_password(world: World, _: str) -> None:
    """A new password takes the present one, and ends every log-in of the account."""
    person, new = world.people.new(), "a wholly new password"
    names = [world.contract.json_name(name) for name in ("current_password", "new_password")]
    other = Person(world.service, headers=_bearer(log_in(world.service, person.email)))
    answer = person.post(f"{AUTH}/password", dict(zip(names, ("wrong" * 4, new), strict=True)))
    expect.field_error(answer, names[0], "password_wrong")
    answer = person.post(f"{AUTH}/password", dict(zip(names, (PASSWORD, "short"), strict=True)))
    expect.field_error(answer, names[1], "min_length", limit=12)
    expect.status(person.get(ME), 200)
    answer = person.post(f"{AUTH}/password", dict(zip(names, (PASSWORD, new), strict=True)))
    expect.status(answer, 204)
    for old in (person, other):
        expect.error(old.get(ME), "UNAUTHENTICATED")
    again = Person(world.service, headers=_bearer(log_in(world.service, person.email, new)))
    expect.equal(again.get(ME).json["version"], 2, "the version")
    answer = world.anonymous.post(f"{AUTH}/tokens", {"email": person.email, "password": PASSWORD})
    expect.error(answer, "INVALID_CREDENTIALS")


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@rule("accounts.delete_me", with_tokens)
def delete_me(world: World, _: str) -> None:
    """DELETE me takes the password; the account, its log-ins and its address are gone then."""
    person = world.people.new()
    answer = person.request("DELETE", ME, body={"password": "wrong" * 4})
    expect.field_error(answer, "password", "password_wrong")
    expect.status(person.get(ME), 200)
    expect.status(person.request("DELETE", ME, body={"password": PASSWORD}), 204)
    expect.error(person.get(ME), "UNAUTHENTICATED")
    credentials = {"email": person.email, "password": PASSWORD}
    expect.error(world.anonymous.post(f"{AUTH}/tokens", credentials), "INVALID_CREDENTIALS")
    expect.status(register(world, **credentials), 201)


@rule("accounts.not_stored", with_tokens)
def not_stored(world: World, _: str) -> None:
    """Nothing under auth may be stored by anybody on the way."""
    person = world.people.stranger()
    answers = [
        person.get(ME),
        world.anonymous.get(ME),
        register(world, email="nobody", password=PASSWORD),
        world.anonymous.post(f"{AUTH}/tokens", {"email": person.email, "password": PASSWORD}),
    ]
    for answer in answers:
        expect.equal(answer.headers.get("cache-control"), "no-store", "Cache-Control")


@rule("roles.granting", with_tokens)
def granting(world: World, _: str) -> None:
    """Administrators grant and take roles over HTTP, at once; granting twice is no fault."""
    admin, person = world.people.known("admin", "admin"), world.people.new()
    path = f"{API}/users/{person.id}/roles/admin"
    has: list[str] = ["admin"]
    for method, roles, version in (*(("PUT", has, 2),) * 2, *(("DELETE", [], 3),) * 2):
        answer = admin.request(method, path)
        expect.holds(answer.status in (204, 404), f"the status is {answer.status}")
        expect.holds(answer.status == 204 or roles == [], "a grant is not 204")
        told = person.get(ME).json
        expect.equal((told["roles"], told["version"]), (roles, version), "roles and version")


@rule("roles.refused", with_tokens)
def refused(world: World, _: str) -> None:
    """Nobody else may; what has no account or no such role is 404."""
    admin, person = world.people.known("admin", "admin"), world.people.stranger()
    path = f"{API}/users/{person.id}/roles/admin"
    for method in ("PUT", "DELETE"):
        expect.error(world.anonymous.request(method, path), "UNAUTHENTICATED")
        expect.error(person.request(method, path), "FORBIDDEN")
        unknown = "0190b8c8-7f3a-7c4e-8d21-3f0a5b6c7d8e"
        for other in (
            f"{API}/users/{person.id}/roles/nonsense",
            f"{API}/users/1/roles/admin",
            f"{API}/users/{unknown}/roles/admin",
        ):
            expect.error(admin.request(method, other), "NOT_FOUND")
    expect.equal(person.get(ME).json["roles"], [], "the roles")
