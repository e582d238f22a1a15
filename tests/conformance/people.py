"""Accounts that a run makes, and what they call with."""

from __future__ import annotations

import itertools
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.conformance.contract import API
from tests.conformance.exchange import Answer, Failure, NotRun, Service

PASSWORD = "correct horse battery staple"


@dataclass
class Person:
    """An account, or nobody at all: what is asked is asked in its name."""

    service: Service
    email: str = ""
    id: str = ""
    roles: frozenset[str] = frozenset()
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def is_anonymous(self) -> bool:
        """Whether this is nobody."""
        return not self.id

    def request(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        body: object = None,
        query: Mapping[str, object] | None = None,
    ) -> Answer:
        """Ask in this person's name."""
        sent = {**self.headers, **(headers or {})}
        return self.service.request(
            method, path, headers=sent, content=content, body=body, query=query
        )

    def get(self, path: str, **query: object) -> Answer:
        """Ask for what ``path`` has."""
        return self.request("GET", path, query=query)

    def post(self, path: str, body: object) -> Answer:
        """Send ``body`` to ``path``."""
        return self.request("POST", path, body=body)

    def patch(self, path: str, body: object, **headers: str) -> Answer:
        """Patch what ``path`` has; ``if_match="…"`` sends that header."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request("PATCH", path, body=body, headers=named)

    def delete(self, path: str, **headers: str) -> Answer:
        """Delete what ``path`` has; headers as in ``patch``."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request("DELETE", path, headers=named)


Grant = Callable[[str, str], None]
"""Gives the account with an address a role."""


class People:
    """Everybody who takes part in a run."""

    def __init__(self, service: Service, roles: tuple[str, ...], grant: Grant | None) -> None:
        self._service = service
        self._roles = roles
        self._grant = grant
        self._number = itertools.count(1)
        self._run = secrets.token_hex(4)
        self._lock = threading.Lock()
        self._known: dict[tuple[str, frozenset[str]], Person] = {}

    def anonymous(self, service: Service | None = None) -> Person:
        """Return nobody."""
        return Person(service or self._service)

    def address(self) -> str:
        """Return an address that no account has."""
        return f"person{next(self._number)}.{self._run}@example.com"

    def new(self, *roles: str, service: Service | None = None) -> Person:
        """Return an account that nobody used before, with ``roles``.

        Raises ``NotRun`` where roles cannot be granted.
        """
        asked = service or self._service
        email = self.address()
        if roles and self._grant is None:
            raise NotRun("granting roles takes a driver")
        made = asked.request(
            "POST", f"{API}/auth/register", body={"email": email, "password": PASSWORD}
        )
        if made.status != 201:
            raise Failure("an account cannot be made")
        bearer = {"Authorization": f"Bearer {log_in(asked, email)}"}
        person = Person(asked, email, made.json["id"], frozenset(roles), bearer)
        for role in roles:
            if self._grant is not None:
                self._grant(person.email, role)
        return person

    def known(self, label: str, *roles: str) -> Person:
        """Return the account of that label and these roles, the same one each time."""
        key = (label, frozenset(roles))
        with self._lock:
            if key not in self._known:
                self._known[key] = self.new(*roles)
            return self._known[key]

    def stranger(self) -> Person:
        """Return an account without roles, which owns nothing."""
        return self.known("stranger")

    def master(self) -> Person:
        """Return an account with every role: with its own rows it passes any rule but nobody."""
        needed = self._roles if self._grant is not None else ()
        return self.known("master", *needed)


def log_in(service: Service, email: str, password: str = PASSWORD) -> str:
    """Return a new access token.

    Raises ``Failure`` where the log-in is refused.
    """
    answer = service.request(
        "POST", f"{API}/auth/tokens", body={"email": email, "password": password}
    )
    if answer.status != 200:
        raise Failure("an account cannot log in")
    tokens = answer.json
    token: str = tokens.get("access_token") or tokens.get("accessToken")
    return token
