"""Really generated projects: made, verified, served."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.copying import Outcome, copy_as_process
from tests.servers import private_servers

_FOREIGN = ("DATABASE_URL", "VIRTUAL_ENV", "SECRET_KEY", "APP_ENV", "PORT")
PATIENCE = 60


def environment(**more: str) -> dict[str, str]:
    """Return this process' environment without what would lead a project astray."""
    kept = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    kept = {name: value for name, value in kept.items() if not name.startswith("PYTEST_")}
    quick = {"PYTEST_XDIST_AUTO_NUM_WORKERS": "2", "npm_config_prefer_offline": "true"}
    return kept | quick | more


def generate(template: Path, project: Path, *options: str, **more: str) -> Outcome:
    """Generate a project as a user does, tasks included."""
    command = ["--trust", "--defaults", *options]
    return copy_as_process(template, project, *command, env=environment(**more))


def make(project: Path, *targets: str, **more: str) -> Outcome:
    """Run targets of the project's Makefile."""
    done = subprocess.run(
        ["make", *targets],
        cwd=project,
        env=environment(**more),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def report_of(project: Path) -> dict[str, Any]:
    """Return what verification left for machines."""
    text = (project / ".verification.json").read_text(encoding="utf-8")
    report: dict[str, Any] = json.loads(text)
    return report


def outcomes_of(project: Path) -> dict[str, str]:
    """Return how each step of verification ended, and the whole."""
    report = report_of(project)
    steps = {step["name"]: step["outcome"] for step in report["steps"]}
    return steps | {"all": report["outcome"]}


def changes_of(project: Path) -> str:
    """Return what differs from the project's commit."""
    command = ["git", "status", "--porcelain"]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=True).stdout


@contextlib.contextmanager
def serving(project: Path, **more: str) -> Iterator[str]:
    """Run ``make dev`` until the block ends; yield the service's address once it is ready."""
    port = _free_port()
    log = project.with_name(f"{project.name}-dev.log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["make", "dev"],
            cwd=project,
            env=environment(PORT=str(port), **more),
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(address, process, log)
        yield address
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if status_of(f"{address}/readyz") == 200:
            return
        time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8", errors="replace"))


def status_of(url: str) -> int:
    """Return the status that a GET is answered with; 0 where nothing answers."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@contextlib.contextmanager
def database_for(kind: str) -> Iterator[Mapping[str, str]]:
    """Yield the variables that lead a project to a database of its own."""
    if kind == "sqlite":
        yield {}
        return
    server = private_servers().start(kind)
    try:
        yield {"DATABASE_URL": server.url}
    finally:
        server.stop()
