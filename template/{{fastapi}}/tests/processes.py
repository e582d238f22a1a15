"""The service as a process of its own, as users run it."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

PATIENCE = 20


class Process:
    """A running service: where it listens, and what it has logged when it has ended."""

    def __init__(self, port: int, process: asyncio.subprocess.Process) -> None:
        self.port = port
        self._process = process

    async def send(self, head: str, body: bytes = b"") -> "Exchange":
        """Open a connection and send the beginning of a request."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(f"{head}\r\nHost: test\r\n\r\n".encode() + body)
        await writer.drain()
        return Exchange(reader, writer)

    async def get(self, path: str) -> str:
        """Return what a GET is answered: head and body."""
        exchange = await self.send(f"GET {path} HTTP/1.1\r\nConnection: close")
        return await exchange.answer()

    def stop(self) -> None:
        """Ask it to stop, as an orchestrator does."""
        self._process.send_signal(signal.SIGTERM)

    async def ended(self) -> tuple[int, list[dict[str, Any]]]:  # lines hold any JSON
        """Wait for its end; return its status and the lines that it logged."""
        output, _ = await asyncio.wait_for(self._process.communicate(), PATIENCE)
        return self._process.returncode or 0, [json.loads(line) for line in output.splitlines()]

    def kill(self) -> None:
        """End it at once, where it has not ended."""
        if self._process.returncode is None:
            self._process.kill()


class Exchange:
    """One request on a connection of its own."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def answer(self, rest: bytes = b"") -> str:
        """Send the rest of the request and return all that comes back."""
        self._writer.write(rest)
        try:
            return (await asyncio.wait_for(self._reader.read(), PATIENCE)).decode()
        finally:
            self._writer.close()


@asynccontextmanager
async def running(**variables: str) -> AsyncIterator[Process]:
    """Run the service until the block ends, with ``variables`` in its environment."""
    port = _free_port()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "src"),
        env={**os.environ, "PORT": str(port), "LOG_LEVEL": "info", **variables},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    service = Process(port, process)
    try:
        await _becomes_ready(service)
        yield service
    finally:
        service.kill()
        await process.wait()


async def _becomes_ready(service: Process) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await service.get("/healthz")
            except OSError:
                await asyncio.sleep(0.05)
            else:
                return


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
