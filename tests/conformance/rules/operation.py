"""What a service does when it is told to stop, kept waiting, or left without its database."""

from __future__ import annotations

import contextlib
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx2

from stanchion.views import Resource
from tests.conformance import expecting as expect
from tests.conformance.contract import API, Contract, path_of
from tests.conformance.exchange import Answer, Service
from tests.conformance.people import Person
from tests.conformance.registry import rule
from tests.conformance.world import World

RECOVERY_SECONDS = 5
_SILENCE_SECONDS = 15


def _created(contract: Contract) -> Iterator[Resource]:
    for resource in contract.offering("create", "get"):
        if not resource.relations:
            yield resource
            return


def _slow_post(
    service: Service,
    path: str,
    headers: dict[str, str],
    seconds: float,
    body: bytes,
    *,
    is_sent: bool = True,
    is_kept: bool = False,
) -> bytes:
    """Send half a body, wait, send the rest unless it never is; return what is answered.

    That ends when the service hangs up, which is asked of it unless the connection ``is_kept``.
    """
    parts = urlsplit(service.address)
    named = headers if is_kept else {**headers, "Connection": "close"}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    with socket.create_connection(
        (parts.hostname or "", parts.port or 0), timeout=_SILENCE_SECONDS
    ) as connection:
        connection.sendall(
            f"POST {path} HTTP/1.1\r\nHost: a\r\n{head}Content-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
        )
        connection.sendall(body[:1])
        time.sleep(seconds)
        answer = b""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError, TimeoutError):
            if is_sent:
                connection.sendall(body[1:])
            while part := connection.recv(65536):
                answer += part
        return answer


@rule("deadline.slow_body", _created)
def slow_body(world: World, resource: Resource) -> None:
    """A body that takes longer than the deadline, or never ends, is 503; nothing of it is kept."""
    service = world.driven().serve(REQUEST_TIMEOUT_SECONDS="1")
    headers = world.maker.headers
    path, body = path_of(resource), b'{"nonsense": 1}'
    for is_sent in (True, False):
        answer = _slow_post(service, path, headers, 2.5, body, is_sent=is_sent)
        expect.holds(b" 503 " in answer.split(b"\r\n")[0], f"the answer is {answer[:200]!r}")
        expect.holds(b"SERVICE_UNAVAILABLE" in answer, "the code is not SERVICE_UNAVAILABLE")
        expect.holds(b"\nretry-after:" in answer.lower(), "Retry-After is missing")
    expect.status(Person(service, headers=headers).get(f"{API}/openapi.json"), 200)


@rule("deadline.hangs_up", _created)
def hangs_up(world: World, resource: Resource) -> None:
    """Nobody waits any longer for a body that was answered 503: the connection ends with it."""
    service = world.driven().serve(REQUEST_TIMEOUT_SECONDS="1")
    path, body, headers = path_of(resource), b'{"nonsense": 1}', world.maker.headers
    began = time.monotonic()
    answer = _slow_post(service, path, headers, 0, body, is_sent=False, is_kept=True)
    expect.holds(b" 503 " in answer.split(b"\r\n")[0], f"the answer is {answer[:200]!r}")
    expect.holds(b"\nconnection: close\r\n" in answer.lower(), "Connection is not close")
    expect.holds(time.monotonic() - began < _SILENCE_SECONDS / 2, "the connection stays open")


@rule("stop.drains", _created)
def drains(world: World, resource: Resource) -> None:
    """Told to stop, a service answers what is open, is not ready meanwhile, and ends."""
    process = world.driven().process()
    body = b'{"nonsense": 1}'
    with ThreadPoolExecutor(1) as pool:
        headers = world.maker.headers
        slow = pool.submit(_slow_post, process.service, path_of(resource), headers, 1.5, body)
        time.sleep(0.5)
        process.signal(signal.SIGTERM)
        time.sleep(0.4)
        try:
            ready = process.service.request("GET", "/readyz").status
        except httpx2.HTTPError:
            ready = 503  # it may also not listen any more
        expect.equal(ready, 503, "the status of /readyz")
        answer = slow.result()
    expect.holds(b" 422 " in answer.split(b"\r\n")[0], f"the answer is {answer[:200]!r}")
    expect.holds(process.wait(10) is not None, "it does not end")


def _with_server(contract: Contract) -> Iterator[Resource]:
    if contract.database != "sqlite":
        yield from _created(contract)


@rule("database.lost", _with_server, exclusive=True)
def lost(world: World, resource: Resource) -> None:
    """Without its database a service answers 503 in the one format; it serves again by itself,
    and every write that it acknowledged is there."""
    database = world.driven().database
    world.make(resource)  # whoever writes is known before
    acknowledged: list[str] = []
    statuses: set[int] = set()
    with ThreadPoolExecutor(8) as pool:
        ends = time.monotonic() + 6
        writers = [
            pool.submit(_write_until, world, resource, ends, acknowledged, statuses)
            for _ in range(8)
        ]
        time.sleep(1.5)
        database.stop()
        time.sleep(1.5)
        answer = world.maker.get(path_of(resource))
        expect.error(answer, "SERVICE_UNAVAILABLE")
        expect.holds(answer.headers.get("retry-after"), "Retry-After is missing")
        expect.error(world.anonymous.get("/readyz"), "SERVICE_UNAVAILABLE")
        expect.status(world.anonymous.get("/healthz"), 200)
        database.start()
        began = time.monotonic()
        while world.maker.get(path_of(resource)).status != 200:
            waited = time.monotonic() - began
            expect.holds(waited < RECOVERY_SECONDS, "it does not serve again")
            time.sleep(0.1)
        for writer in writers:
            writer.result()
    expect.holds(statuses <= {201, 503}, f"the statuses are {sorted(statuses)}")
    expect.holds(acknowledged, "nothing was written")
    for path in acknowledged:
        expect.status(world.maker.get(path), 200)


def _write_until(
    world: World, resource: Resource, ends: float, acknowledged: list[str], statuses: set[int]
) -> None:
    while time.monotonic() < ends:
        body, _ = world.rows.body(resource, world.maker)
        answer = world.maker.post(path_of(resource), body)
        if answer.status == 409:
            continue  # a value of another row
        statuses.add(answer.status)
        if answer.status == 201:
            acknowledged.append(f"{path_of(resource)}/{answer.json['id']}")
        else:
            time.sleep(0.05)


@rule("pool.crowd", _created)
def crowd(world: World, resource: Resource) -> None:
    """A hundred clients at once on a small pool are slow, never stuck, and none sees a 500."""
    service = world.driven().serve(DATABASE_POOL_SIZE="5")
    person = Person(service, headers=world.maker.headers)

    def ask(number: int) -> Answer:
        if number % 4:
            return person.get(path_of(resource))
        body, _ = world.rows.body(resource, world.maker)
        return person.post(path_of(resource), body)

    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(ask, range(300)))
    statuses = {answer.status for answer in answers}
    expect.holds(statuses <= {200, 201, 409}, f"the statuses are {sorted(statuses)}")
