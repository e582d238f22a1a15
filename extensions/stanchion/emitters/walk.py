"""The walk of the README: a few commands that show what a service does, for its own resources."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from ..naming import json_name
from ..views import Resource, Specification
from .outcomes import may_be_forbidden

_PASSWORD = "correct horse battery staple"  # an example, and no secret


class Step(NamedTuple):
    """One command, and what it shows."""

    about: str
    command: str


def walk(service: Specification, auth: Collection[str]) -> list[Step]:
    """Return the commands: at most ten, run one after the other by ``bash -e``."""
    listens = Step("Where the service listens", "API=${API:-http://127.0.0.1:8000}")
    simple = [resource for resource in service.resources if _is_simple(resource)]
    chosen = next(filter(_is_private, simple), next(iter(simple), None))
    if not auth:
        return [
            listens,
            *(_own_rows(chosen, ()) if chosen else [Step("Register", _register("ada"))]),
        ]
    steps = [
        listens,
        Step("Register", _register("ada")),
        Step("Log in, and keep the access token", _log_in("ADA", "ada", service)),
    ]
    if chosen is None:
        return [*steps, *_own_account()]
    return [*steps, *_own_rows(chosen, (_as("ADA"),)), *_other_account(chosen, service)]


def _is_simple(resource: Resource) -> bool:
    """Tell whether any account can create a row without other rows."""
    rules = resource.access.create
    return (
        any(rule.is_owner or rule.is_authenticated or rule.is_public for rule in rules)
        and resource.access.allows("list")
        and not any(relation.required for relation in resource.relations)
    )


def _is_private(resource: Resource) -> bool:
    """Tell whether other accounts cannot read a row."""
    rules = resource.access.get
    return bool(rules) and not any(rule.is_public or rule.is_authenticated for rule in rules)


def _curl(path: str, *more: str) -> str:
    return " ".join(["curl -sS", *more, f'"$API{path}"'])


def _as(variable: str) -> str:
    return f'-H "Authorization: Bearer ${variable}"'


def _credentials(person: str) -> str:
    return f"""--json '{{"email": "{person}@example.com", "password": "{_PASSWORD}"}}'"""


def _register(person: str) -> str:
    return _curl("/api/v1/auth/register", "-w '\\n'", _credentials(person))


def _log_in(variable: str, person: str, service: Specification) -> str:
    member = json_name("access_token", service.json_case)
    command = _curl("/api/v1/auth/tokens", _credentials(person))
    return f"""{variable}=$({command} | sed 's/.*"{member}":"\\([^"]*\\)".*/\\1/')"""


def _own_account() -> list[Step]:
    path = "/api/v1/auth/me"
    name = """--json '{"name": "Ada"}'"""
    return [
        Step("Read your account", _curl(path, "-w '\\n'", _as("ADA"))),
        Step("Change your name", _curl(path, "-w '\\n'", "-X PATCH", _as("ADA"), name)),
    ]


def _own_rows(resource: Resource, credentials: tuple[str, ...]) -> list[Step]:
    path = f"/api/v1/{resource.names.path}"
    body = f"""--json "$(sed '1,/^```json/d; /^```/,$d' docs/api/{resource.name}.md)\""""
    command = _curl(path, "-o /dev/null", "-D -", *credentials, body)
    location = "tr -d '\\r' | sed -n 's/^[Ll]ocation: //p'"
    return [
        Step(
            f"Create a row of {resource.names.words_plural} with the example from docs/api, "
            "and keep where it is",
            f"ROW=$({command} | {location})",
        ),
        Step("List what you may see", _curl(path, "-w '\\n'", *credentials)),
    ]


def _other_account(resource: Resource, service: Specification) -> list[Step]:
    """Let somebody else try the same row: first to read it, else to delete or to change it."""
    steps = [
        Step("Register somebody else", _register("bob")),
        Step("Log in as them", _log_in("BOB", "bob", service)),
    ]
    if _is_private(resource):
        return [*steps, Step("The row is not there for them: 404", _try("GET"))]
    for method, verb, words in (("delete", "DELETE", "delete"), ("update", "PATCH", "change")):
        if resource.access.allows(method) and may_be_forbidden(resource, method, service):
            about = f"They may see the row, but not {words} it: 403"
            return [*steps, Step(about, _try(verb))]
    return []


def _try(verb: str) -> str:
    body = " --json '{}'" if verb == "PATCH" else ""
    return f"""curl -sS -w '\\n%{{http_code}}\\n' -X {verb} {_as("BOB")}{body} "$API$ROW\""""
