"""Requests and answers, remembered: a failed case shows what was sent and what came back."""

from __future__ import annotations

import itertools
import json
import re
import threading
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import httpx2

SHOWN = 2_000
_SECRETS = ("authorization", "cookie", "x-api-key")


@dataclass(frozen=True)
class Answer:
    """What a service answered, and to what."""

    method: str
    path: str
    sent: Mapping[str, str]
    content: bytes | None
    status: int
    headers: httpx2.Headers
    body: bytes

    @property
    def json(self) -> Any:  # any JSON
        """The body, parsed.

        Raises ``Failure`` where it is not JSON.
        """
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise Failure(f"the body is not JSON: {error}") from None

    def shown(self) -> str:
        """Return request and answer as text, secrets left out."""
        sent = "".join(
            f"    {name}: {'…' if name.lower() in _SECRETS else value}\n"
            for name, value in self.sent.items()
        )
        got = "".join(f"    {name}: {value}\n" for name, value in self.headers.items())
        return (
            f"  > {self.method} {self.path}\n{sent}{_excerpt(self.content)}"
            f"  < {self.status}\n{got}{_excerpt(self.body)}"
        )


def _excerpt(content: bytes | None) -> str:
    if not content:
        return ""
    text = content.decode("utf-8", "backslashreplace")
    more = "" if len(text) <= SHOWN else f"… ({len(text)} characters)"
    return f"    {text[:SHOWN]}{more}\n"


class Failure(AssertionError):  # noqa: N818 - a verdict on the service
    """A service did not keep a rule."""


class NotRun(Exception):  # noqa: N818 - nothing went wrong
    """A case needs what this run does not have; its text says what."""


_exchanges: ContextVar[list[Answer] | None] = ContextVar("exchanges", default=None)


class Sample:
    """Some of all answers that a run was given: of each kind of request and status, a few."""

    MOST = 40

    def __init__(self) -> None:
        self._kinds: dict[tuple[str, str, int], list[Answer]] = {}
        self._lock = threading.Lock()

    def add(self, answer: Answer) -> None:
        """Keep an answer unless there are enough of its kind."""
        path = _ID.sub("", answer.path.partition("?")[0])
        with self._lock:
            kept = self._kinds.setdefault((answer.method, path, answer.status), [])
            if len(kept) < self.MOST:
                kept.append(answer)

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._kinds.clear()

    def answers(self) -> list[Answer]:
        """Return what was kept."""
        with self._lock:
            return [answer for kept in self._kinds.values() for answer in kept]


_ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
SAMPLE = Sample()
"""The sample of the present run."""


def remember(answer: Answer, *, sampled: bool = True) -> None:
    """Keep an answer for the report of the case that runs, and perhaps for the sample."""
    if sampled:
        SAMPLE.add(answer)
    seen = _exchanges.get()
    if seen is not None:
        seen.append(answer)


def start_remembering() -> list[Answer]:
    """Return the list that the next answers are kept in."""
    seen: list[Answer] = []
    _exchanges.set(seen)
    return seen


class Service:
    """One service, asked by as many threads as there are; its replicas answer in turn."""

    def __init__(self, addresses: Sequence[str], *, sampled: bool = True) -> None:
        self.addresses = tuple(addresses)
        self._sampled = sampled
        limits = httpx2.Limits(max_connections=128, max_keepalive_connections=16)
        self._client = httpx2.Client(timeout=60, limits=limits)
        self._turns = itertools.cycle(self.addresses)

    @property
    def address(self) -> str:
        """The address of the next replica."""
        return next(self._turns)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

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
        """Send a request and return its answer; ``body`` is sent as JSON."""
        sent = dict(headers or {})
        if body is not None and content is None:
            content = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        if query:
            path += "?" + str(httpx2.QueryParams({name: str(v) for name, v in query.items()}))
        reply = self._client.request(method, self.address + path, headers=sent, content=content)
        answer = Answer(
            method, path, sent, content, reply.status_code, reply.headers, reply.content
        )
        remember(answer, sampled=self._sampled)
        return answer
