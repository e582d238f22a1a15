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
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
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
        reply = connection.getresponse()
        answer = Answer(
            method,
            path,
            headers,
            b"".join(chunks)[:200],
            reply.status,
            httpx2.Headers(reply.getheaders()),
            reply.read(),
        )
    finally:
        connection.close()
    remember(answer)
    return answer
