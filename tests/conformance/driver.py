"""What HTTP cannot cause or see: starting, stopping, granting, mail, logs, the database.

Everything goes through the handles that each generated project has, whatever its framework:
``make start``, ``make grant``, the variables of the environment, and what the service prints.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import httpx2

from tests.conformance.exchange import NotRun, Service
from tests.conformance.mailbox import Mailbox
from tests.conformance.ports import free_port

PATIENCE = 30
_ORIGIN = "https://www.example.com"
_DEFAULTS = {
    "APP_ENV": "development",
    "HOST": "127.0.0.1",
    "LOG_LEVEL": "info",
    "RATE_LIMIT": "off",
    "AUTH_RATE_LIMIT": "off",
    "REQUIRE_VERIFIED_EMAIL": "false",
    "CORS_ORIGINS": _ORIGIN,
    "PUBLIC_URL": _ORIGIN,
    "MAIL_FROM": "service@example.com",
}
_FOREIGN = ("DATABASE_URL", "VIRTUAL_ENV", "SECRET_KEY", "PORT", "PYTHONPATH")


class Database(Protocol):
    """The database's server, as the one who runs the suite holds it."""

    def stop(self) -> None:
        """Make it refuse and drop connections."""

    def start(self) -> None:
        """Make it answer again, with the same rows."""


class Driver(Protocol):
    """What a run may do besides asking over HTTP."""

    @property
    def mailbox(self) -> Mailbox:
        """Where the service's mail arrives."""

    def grant(self, email: str, role: str) -> None:
        """Give the account with that address a role."""

    def serve(self, **variables: str) -> Service:
        """Return a service on the same database; the same one for the same variables."""

    def process(self, **variables: str) -> Process:
        """Start a service that no other case uses."""

    def printed(self) -> str:
        """Return what all services printed so far."""

    @property
    def database(self) -> Database:
        """The database's server; raises ``NotRun`` where nobody holds it."""


class Process:
    """One service that runs, and what it printed."""

    def __init__(self, project: Path, folder: Path, variables: Mapping[str, str]) -> None:
        port = free_port()
        self.log = folder / f"service-{port}.log"
        environment = {k: v for k, v in os.environ.items() if k not in _FOREIGN}
        environment |= {**_DEFAULTS, **variables} | {"PORT": str(port)}
        with self.log.open("wb") as output:
            self._process = subprocess.Popen(
                ["make", "--silent", "start"],
                cwd=project,
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.service = Service((f"http://127.0.0.1:{port}",))
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self._process.poll() is None:
            with contextlib.suppress(httpx2.HTTPError):
                if self.service.request("GET", "/healthz").status == 200:
                    return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"the service does not start:\n{self.printed()}")

    def printed(self) -> str:
        """Return all lines that it printed so far; one that it still writes is not among them."""
        whole, end, _ = self.log.read_text(encoding="utf-8", errors="replace").rpartition("\n")
        return whole + end

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to it, as a supervisor does."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)

    def wait(self, seconds: float) -> int | None:
        """Return its exit status; None where it still runs after ``seconds``."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def stop(self) -> None:
        """End it, gently if it can."""
        self.service.close()
        self.signal(signal.SIGTERM)
        if self.wait(10) is None:
            self.signal(signal.SIGKILL)
            self._process.wait()


class ProjectDriver:
    """Drives a generated project by its own handles."""

    def __init__(
        self,
        project: Path,
        folder: Path,
        variables: Mapping[str, str],
        database: Database | None = None,
        replicas: int = 1,
    ) -> None:
        self._project = project
        self._folder = folder
        self._database = database
        self.mailbox = Mailbox()
        self._variables = {"SMTP_URL": self.mailbox.url, **variables}
        self._replicas = replicas
        self._services: dict[tuple[tuple[str, str], ...], Service] = {}
        self._processes: list[Process] = []
        self._lock = threading.Lock()

    def migrate(self) -> None:
        """Run ``make migrate``."""
        self._make("migrate")

    def grant(self, email: str, role: str) -> None:
        """Run ``make grant``."""
        self._make("grant", f"email={email}", f"role={role}")

    def _make(self, *arguments: str) -> None:
        environment = {k: v for k, v in os.environ.items() if k not in _FOREIGN}
        done = subprocess.run(
            ["make", "--silent", *arguments],
            cwd=self._project,
            env={**environment, **_DEFAULTS, **self._variables},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"make {arguments[0]} fails:\n{done.stdout}{done.stderr}")

    def serve(self, **variables: str) -> Service:
        """Start a service for these variables once."""
        key = tuple(sorted(variables.items()))
        with self._lock:
            if key not in self._services:
                started = [self.process(**variables) for _ in range(self._replicas)]
                addresses = [process.service.address for process in started]
                # Without mail a service offers less, and its document says so.
                sampled = variables.get("SMTP_URL") != "none"
                self._services[key] = Service(addresses, sampled=sampled)
            return self._services[key]

    def process(self, **variables: str) -> Process:
        """Start a service of one's own."""
        made = Process(self._project, self._folder, {**self._variables, **variables})
        self._processes.append(made)
        return made

    @property
    def database(self) -> Database:
        """The database's server."""
        if self._database is None:
            raise NotRun("nobody holds the database's server")
        return self._database

    def printed(self) -> str:
        """Return what all services printed."""
        return "\n".join(process.printed() for process in self._processes)

    def close(self) -> None:
        """End all that was started."""
        for service in self._services.values():
            service.close()
        for process in self._processes:
            process.stop()
        self.mailbox.close()
