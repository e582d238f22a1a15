"""A bounded load over kept connections, and what it costs the process that answers."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """Return the CPU time that a process has used so far (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


async def fetch(url: str, headers: Mapping[str, str]) -> bytes:
    """Return the body of one answer, which must be a 200."""
    client = await Connection.open(url, headers)
    try:
        return await client.fetch()
    finally:
        client.close()


class Connection:
    """One connection that asks for the same thing again and again."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._request = request

    @classmethod
    async def open(cls, url: str, headers: Mapping[str, str]) -> Connection:
        """Connect to the server of ``url``."""
        parts = urlsplit(url)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        lines = [f"GET {target} HTTP/1.1", f"Host: {parts.netloc}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return cls(reader, writer, "\r\n".join([*lines, "", ""]).encode())

    async def fetch(self) -> bytes:
        """Send the request once and return the body of the answer."""
        self._writer.write(self._request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode())
        length = next(
            int(line.partition(b":")[2])
            for line in head.lower().splitlines()
            if line.startswith(b"content-length:")
        )
        return await self._reader.readexactly(length)

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


async def cpu_per_request(
    pid: int, url: str, headers: Mapping[str, str], *, requests: int, connections: int = 8
) -> float:
    """Return the CPU seconds of the process ``pid`` for each of ``requests`` to ``url``."""
    clients = [await Connection.open(url, headers) for _ in range(connections)]
    left = iter(range(requests))

    async def work(client: Connection) -> None:
        for _ in left:
            await client.fetch()

    before = cpu_seconds(pid)
    await asyncio.gather(*(work(client) for client in clients))
    spent = cpu_seconds(pid) - before
    for client in clients:
        client.close()
    return spent / requests


async def wait_for(port: int, seconds: float = 20) -> None:
    """Wait until something listens on ``port``."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise TimeoutError(f"nothing listens on port {port}")
