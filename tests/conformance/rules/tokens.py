"""The strategy jwt: access tokens, and refresh tokens that are good once."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.conformance import expecting as expect
from tests.conformance.contract import API
from tests.conformance.exchange import Answer, Service
from tests.conformance.people import PASSWORD, Person
from tests.conformance.registry import rule
from tests.conformance.targets import with_tokens
from tests.conformance.world import World

TOKENS = f"{API}/auth/tokens"
ME = f"{API}/auth/me"


def tokens_of(world: World, email: str, service: Service | None = None) -> dict[str, Any]:
    """Log in and return the pair, its members in snake_case."""
    asked = service or world.service
    answer = asked.request("POST", TOKENS, body={"email": email, "password": PASSWORD})
    return pair(world, expect.status(answer, 200))


def pair(world: World, answer: Answer) -> dict[str, Any]:
    """Return a pair of tokens, its members in snake_case."""
    names = ("access_token", "token_type", "expires_in", "refresh_token")
    expect.members(answer.json, [world.contract.json_name(name) for name in names])
    return {name: answer.json[world.contract.json_name(name)] for name in names}


def refresh(world: World, token: str, service: Service | None = None) -> Answer:
    """Ask for the next pair."""
    body = {world.contract.json_name("refresh_token"): token}
    return (service or world.service).request("POST", f"{TOKENS}/refresh", body=body)


def revoke(world: World, token: str) -> Answer:
    """Log out."""
    body = {world.contract.json_name("refresh_token"): token}
    return world.service.request("POST", f"{TOKENS}/revoke", body=body)


def me(world: World, token: str, service: Service | None = None) -> Answer:
    """Ask who an access token is."""
    headers = {"Authorization": f"Bearer {token}"}
    return (service or world.service).request("GET", ME, headers=headers)


@rule("tokens.log_in", with_tokens)
def logs_in(world: World, _: str) -> None:
    """The right password gives a pair; the address is taken in any letter case."""
    person = world.people.stranger()
    made = tokens_of(world, person.email.upper())
    expect.equal((made["token_type"], made["expires_in"]), ("Bearer", 900), "type and life")
    expect.equal(expect.status(me(world, made["access_token"]), 200).json["id"], person.id, "id")


@rule("tokens.wrong_password", with_tokens)
def wrong_password(world: World, _: str) -> None:
    """A wrong password and an unknown address answer alike: 401 INVALID_CREDENTIALS."""
    email = world.people.stranger().email
    bodies = [
        {"email": email, "password": "wrong" * 4},
        {"email": email, "password": "x"},
        {"email": world.people.address(), "password": PASSWORD},
    ]
    answers = [
        expect.error(world.anonymous.post(TOKENS, body), "INVALID_CREDENTIALS") for body in bodies
    ]
    for answer in answers:
        expect.equal(answer.body, answers[0].body, "the body")
        expect.holds(answer.headers.get("www-authenticate"), "WWW-Authenticate is missing")


@rule("tokens.claims", with_tokens)
def claims(world: World, _: str) -> None:
    """An access token names issuer, audience, subject, both times, its own id and its key."""
    person = world.people.stranger()
    header, payload, _signature = tokens_of(world, person.email)["access_token"].split(".")
    head, body = _decoded(header), _decoded(payload)
    expect.equal(head["alg"], "HS256", "alg")
    expect.holds(head.get("kid"), "kid is missing")
    expect.equal(body["sub"], person.id, "sub")
    expect.equal(body["exp"] - body["iat"], 900, "the life")
    for name in ("iss", "aud", "jti"):
        expect.holds(body.get(name), f"{name} is missing")
    expect.holds("roles" not in body and "email" not in body, "the token tells too much")


def _decoded(part: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return found


def _encoded(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@rule("tokens.forged", with_tokens)
def forged(world: World, _: str) -> None:
    """What this service did not sign, as it signs, is 401."""
    good = tokens_of(world, world.people.stranger().email)["access_token"]
    header, payload, signature = good.split(".")
    head, body = _decoded(header), _decoded(payload)
    other = {**body, "sub": world.people.known("victim").id}
    unsigned = _encoded({**head, "alg": "none"})
    empty_key = hmac.new(b"", f"{header}.{payload}".encode(), hashlib.sha256).digest()
    wrong = [
        f"{header}.{_encoded(other)}.{signature}",
        f"{unsigned}.{payload}.",
        f"{unsigned}.{payload}.{signature}",
        f"{_encoded({**head, 'alg': 'HS512'})}.{payload}.{signature}",
        f"{_encoded({**head, 'kid': 'other'})}.{payload}.{signature}",
        f"{header}.{payload}.{base64.urlsafe_b64encode(empty_key).decode().rstrip('=')}",
        f"{header}.{payload}.{signature[:-4]}",
        f"{header}.{payload}",
        "a.b.c",
        "..",
        "nonsense",
    ]
    for token in wrong:
        answer = expect.error(me(world, token), "UNAUTHENTICATED")
        expect.holds(answer.headers.get("www-authenticate"), "WWW-Authenticate is missing")
    expect.status(me(world, good), 200)


@rule("tokens.header", with_tokens)
def header(world: World, _: str) -> None:
    """The scheme is Bearer in any letter case; anything else in Authorization is 401."""
    token = tokens_of(world, world.people.stranger().email)["access_token"]
    person = Person(world.service)
    for good in (f"Bearer {token}", f"bearer {token}", f"BEARER {token}"):
        expect.status(person.request("GET", ME, headers={"Authorization": good}), 200)
    for bad in (f"Basic {token}", token, "Bearer", f"Bearer {token} {token}", "x"):
        answer = person.request("GET", ME, headers={"Authorization": bad})
        expect.error(answer, "UNAUTHENTICATED")


@rule("tokens.rotation", with_tokens)
def rotation(world: World, _: str) -> None:
    """A refresh token is good once; used again it is TOKEN_REUSED and ends the whole log-in."""
    person = world.people.new()
    first = tokens_of(world, person.email)
    second = pair(world, expect.status(refresh(world, first["refresh_token"]), 200))
    expect.holds(second["refresh_token"] != first["refresh_token"], "the token did not change")
    expect.status(me(world, second["access_token"]), 200)
    expect.error(refresh(world, first["refresh_token"]), "TOKEN_REUSED")
    for token in (first["access_token"], second["access_token"]):
        expect.error(me(world, token), "UNAUTHENTICATED")
    expect.error(refresh(world, second["refresh_token"]), "INVALID_CREDENTIALS")
    expect.status(person.get(ME), 200)  # another log-in of the same account lives on


@rule("tokens.refresh_faults", with_tokens)
def refresh_faults(world: World, _: str) -> None:
    """An unknown refresh token is 401, an access token is none, a body without one 422."""
    access = tokens_of(world, world.people.stranger().email)["access_token"]
    for token in ("nonsense", "", access, "x" * 500):
        expect.error(refresh(world, token), "INVALID_CREDENTIALS")
    name = world.contract.json_name("refresh_token")
    answer = world.anonymous.post(f"{TOKENS}/refresh", {})
    expect.field_error(answer, name, "required")


@rule("tokens.revoke", with_tokens)
def revokes(world: World, _: str) -> None:
    """A log-out ends its own log-in at once, access token too, and is always 204."""
    person = world.people.new()
    ended, kept = tokens_of(world, person.email), tokens_of(world, person.email)
    for token in (ended["refresh_token"], ended["refresh_token"], "nonsense"):
        expect.status(revoke(world, token), 204)
    expect.error(me(world, ended["access_token"]), "UNAUTHENTICATED")
    expect.error(refresh(world, ended["refresh_token"]), "INVALID_CREDENTIALS")
    expect.status(me(world, kept["access_token"]), 200)
    expect.status(refresh(world, kept["refresh_token"]), 200)


@rule("tokens.race", with_tokens)
def race(world: World, _: str) -> None:
    """Of racing refreshes exactly one gets a pair; all others are TOKEN_REUSED, all is ended."""
    made = tokens_of(world, world.people.new().email)
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: refresh(world, made["refresh_token"]), range(20)))
    winners = [answer for answer in answers if answer.status == 200]
    expect.equal(len(winners), 1, "the count of winners")
    for answer in answers:
        if answer is not winners[0]:
            expect.error(answer, "TOKEN_REUSED")
    expect.error(me(world, pair(world, winners[0])["access_token"]), "UNAUTHENTICATED")


@rule("tokens.expiry", with_tokens)
def expiry(world: World, _: str) -> None:
    """An expired access or refresh token is 401 TOKEN_EXPIRED."""
    service = world.driven().serve(ACCESS_TOKEN_SECONDS="1", REFRESH_TOKEN_SECONDS="1")
    made = tokens_of(world, world.people.stranger().email, service)
    time.sleep(2.1)
    expect.error(me(world, made["access_token"], service), "TOKEN_EXPIRED")
    expect.error(refresh(world, made["refresh_token"], service), "TOKEN_EXPIRED")


@rule("tokens.grace", with_tokens)
def grace(world: World, _: str) -> None:
    """With grace, a token just used gives another pair, until its successor was used."""
    service = world.driven().serve(REFRESH_GRACE_SECONDS="30")
    first = tokens_of(world, world.people.new().email, service)
    second = pair(world, expect.status(refresh(world, first["refresh_token"], service), 200))
    again = pair(world, expect.status(refresh(world, first["refresh_token"], service), 200))
    expect.status(me(world, again["access_token"], service), 200)
    third = pair(world, expect.status(refresh(world, again["refresh_token"], service), 200))
    expect.error(refresh(world, first["refresh_token"], service), "TOKEN_REUSED")
    for token in (second["access_token"], third["access_token"]):
        expect.error(me(world, token, service), "UNAUTHENTICATED")


@rule("tokens.other_secret", with_tokens)
def other_secret(world: World, _: str) -> None:
    """A key that was changed ends its tokens, unless it is given as the one before."""
    old, new = "an old secret of more than 32 bytes", "a new secret of more than 32 bytes"
    signer = world.driven().serve(SECRET_KEY=old)
    token = tokens_of(world, world.people.stranger().email, signer)["access_token"]
    expect.status(me(world, token, signer), 200)
    rotated = world.driven().serve(SECRET_KEY=new, SECRET_KEY_PREVIOUS=old)
    expect.status(me(world, token, rotated), 200)
    fresh = tokens_of(world, world.people.stranger().email, rotated)["access_token"]
    expect.error(me(world, fresh, signer), "UNAUTHENTICATED")
    expect.error(me(world, token), "UNAUTHENTICATED")
