"""Requests as no client library sends them."""

from __future__ import annotations

import http.client
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import httpx2

from tests.conformance.exchange import Answer, remember

PATIENCE = 30


def send_raw(
    address: str, method: str, path: str, headers: Mapping[str, str], chunks: Sequence[bytes]
) -> Answer:
    """Send a body in chunks, without a length, and return the answer, which may come early."""
    connection = _connect(address)
    try:
        connection.putrequest(method, path)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.putheader("Transfer-Encoding", "chunked")
        connection.endheaders()
        try:
            for chunk in chunks:
                connection.send(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            connection.send(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            pass  # answered before all was sent
        return _answer(connection, method, path, headers, b"".join(chunks)[:200])
    finally:
        connection.close()


def send_lines(
    address: str, method: str, path: str, lines: Sequence[tuple[str, str]], content: bytes = b""
) -> Answer:
    """Send a request whose headers may come in several lines, and return its answer."""
    connection = _connect(address)
    try:
        connection.putrequest(method, path)
        for name, value in (*lines, ("Content-Length", str(len(content)))):
            connection.putheader(name, value)
        connection.endheaders(content)
        return _answer(connection, method, path, dict(lines), content)
    finally:
        connection.close()


def _connect(address: str) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)


def _answer(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    headers: Mapping[str, str],
    content: bytes,
) -> Answer:
    reply = connection.getresponse()
    found = httpx2.Headers(reply.getheaders())
    answer = Answer(method, path, headers, content, reply.status, found, reply.read())
    remember(answer)
    return answer
