"""Where verification gets its databases: never the ones that somebody works with.

SQLite gets files in a temporary folder. Other databases are made anew on the server that
``DATABASE_URL`` names, else on a private server, else on the one that compose.yml describes.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import servers
from holding import Held, HoldError
from processes import run_command
from steps import DATABASES
from toolchain import SCRATCH_DATABASE

COMPOSE = ("docker", "compose")
COMPOSED_URLS = {
    "postgresql": "postgresql://app:{password}@127.0.0.1:5432/app",
    "mysql": "mysql://root:{password}@127.0.0.1:3306/mysql",
}


class Databases(NamedTuple):
    """Empty databases: their URLs by purpose, and what they are on."""

    urls: dict[str, str]
    server: str
    note: str = ""


class NoDatabaseError(Exception):
    """There is no server to use; the message says what was tried."""


async def provide(kind: str, project: Path, stack: ExitStack) -> Databases:
    """Return empty databases of a kind: ``sqlite``, ``postgresql`` or ``mysql``.

    Whatever has to be taken away again is put on the stack. Raises NoDatabaseError.
    """
    if kind == "sqlite":
        return _sqlite(stack)
    tried: list[str] = []
    for find in (_given, _private, _composed):
        try:
            server = await find(kind, project, stack)
            note = tried[0] if tried and os.environ.get("DATABASE_URL") else ""
            return await _scratch(server, project, stack, note)
        except HoldError as problem:
            tried.append(str(problem))
    raise NoDatabaseError("; ".join(tried))


def _sqlite(stack: ExitStack) -> Databases:
    folder = tempfile.TemporaryDirectory(prefix="verify-", ignore_cleanup_errors=True)
    path = Path(stack.enter_context(folder))
    urls = {purpose: f"sqlite:///{path / purpose}.db" for purpose in DATABASES}
    return Databases(urls, "SQLite in a temporary file")


class _Server(NamedTuple):
    url: str
    where: str


async def _given(kind: str, _project: Path, _stack: ExitStack) -> _Server:
    """Take the server of the environment's DATABASE_URL."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith(f"{kind}://"):
        raise HoldError(f"DATABASE_URL is not set to a {kind}:// address")
    return _Server(url, "on the server of DATABASE_URL")


async def _private(kind: str, _project: Path, stack: ExitStack) -> _Server:
    """Start a private server from local binaries."""
    if not servers.available(kind):
        raise HoldError(f"no {kind} server is installed")
    held = stack.enter_context(servers.keeper(kind))
    said = await asyncio.to_thread(held.announcement)
    return _Server(said["url"], "on a private server")


async def _composed(kind: str, project: Path, stack: ExitStack) -> _Server:
    """Start the database of compose.yml, and stop it in the end if it was not running."""
    if shutil.which("docker") is None or not await _succeeds("docker", "info"):
        raise HoldError("no container engine answers")
    running = (*COMPOSE, "ps", "--quiet", "--status", "running", "database")
    was_running = (await run_command(running, cwd=project)).output.strip()
    if not was_running:
        stack.callback(_stop_composed, project)
    started = await run_command((*COMPOSE, "up", "--detach", "--wait", "database"), cwd=project)
    if started.status:
        raise HoldError("docker compose could not start the database")
    password = os.environ.get("DATABASE_PASSWORD", "app")
    return _Server(COMPOSED_URLS[kind].format(password=password), "in a container")


def _stop_composed(project: Path) -> None:
    subprocess.run([*COMPOSE, "stop", "database"], cwd=project, capture_output=True, check=False)


async def _succeeds(*command: str) -> bool:
    return not (await run_command(command)).status


async def _scratch(server: _Server, project: Path, stack: ExitStack, note: str) -> Databases:
    """Make the databases on a server, with the project's own driver."""
    program = [str(project / part) if "/" in part else part for part in SCRATCH_DATABASE]
    held = stack.enter_context(Held([*program, server.url, *DATABASES]))
    try:
        said = await asyncio.to_thread(held.announcement)
    except HoldError as problem:
        raise HoldError(f"{server.where} no database could be made: {problem}") from problem
    version = said.pop("version")
    return Databases(said, f"{version} {server.where}", note)
