"""Databases for a run: empty ones, and servers that may be stopped and started again."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.conformance.driver import Database
from tests.servers import load_tool, private_servers

PATIENCE = 15


class PrivateDatabase:
    """A private server, as the tools of generated projects start it."""

    def __init__(self, process: subprocess.Popen[bytes], engine: Any, account: Any) -> None:
        self._process = process
        self._engine = engine
        self._account = account
        self._restarted: subprocess.Popen[bytes] | None = None

    def stop(self) -> None:
        """Stop the server as its administrator does; open connections are cut."""
        running = self._restarted or self._process
        running.send_signal(self._engine.stop_signal)
        running.wait(PATIENCE)

    def start(self) -> None:
        """Start it on the same data and port."""
        self._restarted = subprocess.Popen(
            self._process.args,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **self._account,
        )

    def close(self) -> None:
        """End what was started anew; the tools end the rest."""
        if self._restarted is not None:
            self._restarted.kill()
            self._restarted.wait()


def is_available(kind: str) -> bool:
    """Tell whether an empty database of that kind can be made here."""
    return kind == "sqlite" or private_servers().available(kind)


@contextmanager
def fresh_database(kind: str) -> Iterator[tuple[str, Database | None]]:
    """Yield the URL of an empty database, and its server where it has one."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / 'conformance.db'}", None
        return
    servers: Any = load_tool("servers")  # loaded by its path, so mypy knows nothing of it
    engine = servers.FINDERS[kind]()
    account = servers.unprivileged_account(engine.user)
    with servers.running(engine) as (url, process):
        database = PrivateDatabase(process, engine, account)
        try:
            yield url, database
        finally:
            database.close()
