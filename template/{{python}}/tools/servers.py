"""Private database servers: made in a moment, on this machine only, gone without a trace.

``start("postgresql")`` runs a server from local binaries on a free port of 127.0.0.1, with
its data in memory where there is room. Root hands it to an unprivileged user. The server's
keeper, this file run as a program, stops it and deletes its data when it is released.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pwd
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypedDict

from engines import FINDERS, Command, Engine
from holding import Held, HoldError, announce, keep_signals_from_killing, wait_until_released

CACHE_VARIABLE = "PRIVATE_SERVERS_CACHE"
# Below the range from which systems take the ports of outgoing connections.
PORTS = range(20000, 32768)
MEMORY = Path("/dev/shm")  # noqa: S108 - folders in it are made by mkdtemp
MEMORY_NEEDED = 2**30
START_ATTEMPTS = 4
START_SECONDS = 60.0
STOP_SECONDS = 15.0


class ServerError(Exception):
    """A server could not be made or started; the message says why."""


class Account(TypedDict, total=False):
    """The unprivileged user that a server runs as, in the words of subprocess."""

    user: int
    group: int
    extra_groups: list[int]


class Server(NamedTuple):
    """A private server that runs: its URL, its version, and what holds it."""

    url: str
    version: str
    held: Held

    def stop(self) -> None:
        """Stop the server and delete its data."""
        self.held.release()


def available(kind: str) -> bool:
    """Tell whether this machine has the binaries of ``postgresql``, ``mysql`` or ``redis``."""
    return FINDERS[kind]() is not None


def keeper(kind: str) -> Held:
    """Begin to start a server; its keeper announces ``url`` and ``version``."""
    return Held([sys.executable, str(Path(__file__).resolve()), kind])


def start(kind: str) -> Server:
    """Start a private server and wait until it answers.

    Takes ``postgresql``, ``mysql`` or ``redis``. Raises HoldError when it cannot be started.
    """
    held = keeper(kind)
    try:
        said = held.announcement()
    except HoldError:
        held.release()
        raise
    return Server(said["url"], said["version"], held)


@contextlib.contextmanager
def running(engine: Engine) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run a server in a folder of its own; give its URL and its process.

    Raises ServerError when it does not start.
    """
    account = unprivileged_account(engine.user)
    home = _make_home(account)
    try:
        _make_data(engine, home, account)
        port, process = _serve(engine, home, account)
        try:
            yield engine.url.format(port=port), process
        finally:
            _stop(engine, process)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def unprivileged_account(name: str) -> Account:
    """Return whom root hands a server to: the named user, else nobody. Empty for all others.

    Raises ServerError when root finds neither.
    """
    if os.getuid():
        return {}
    for candidate in (name, "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(candidate)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise ServerError(f"root may not run the server, and there is no user {name} or nobody")


def _make_home(account: Account) -> Path:
    in_memory = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    roomy = in_memory and shutil.disk_usage(MEMORY).free >= MEMORY_NEEDED
    home = Path(tempfile.mkdtemp(prefix="private-server-", dir=MEMORY if roomy else None))
    if account:
        os.chown(home, account["user"], account["group"])
    return home


def _make_data(engine: Engine, home: Path, account: Account) -> None:
    """Put fresh data in place: a copy of what was made for an earlier server, or new."""
    data = home / "data"
    template = _cache_folder() / _cache_key(engine, account)
    if template.is_dir() and _copy(template, data):
        return
    shutil.rmtree(data, ignore_errors=True)
    _initialise(engine, home, account)
    _keep_for_later(data, template)


def _cache_folder() -> Path:
    fallback = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "private-servers"
    return Path(os.environ.get(CACHE_VARIABLE) or fallback)


def _cache_key(engine: Engine, account: Account) -> str:
    facts = repr((engine.version, engine.initialise, account.get("user", os.getuid())))
    name = engine.version.lower().replace(" ", "-")
    return f"{name}-{hashlib.sha256(facts.encode()).hexdigest()[:12]}"


def _copy(source: Path, target: Path) -> bool:
    """Copy a folder with owners and rights; tell whether that worked."""
    command = ["cp", "-pR", str(source), str(target)]
    return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0


def _keep_for_later(data: Path, template: Path) -> None:
    """Copy fresh data to the cache. Of several who do so at once, the first wins."""
    with contextlib.suppress(OSError):
        template.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=template.parent, prefix=".new-") as folder:
            if _copy(data, Path(folder) / "data"):
                (Path(folder) / "data").rename(template)


def _initialise(engine: Engine, home: Path, account: Account) -> None:
    for command in engine.initialise:
        shutil.rmtree(home / "data", ignore_errors=True)
        finished = subprocess.run(
            _filled(command, home),
            cwd=home,
            env=_environment(home),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **account,
        )
        if finished.returncode == 0:
            return
    raise ServerError(f"{command[0]} failed: {finished.stdout.strip()[-500:]}")


def _serve(engine: Engine, home: Path, account: Account) -> tuple[int, subprocess.Popen[bytes]]:
    for _ in range(START_ATTEMPTS):
        port = free_port()
        with (home / "log").open("wb") as log:
            process = subprocess.Popen(
                _filled(engine.serve, home, port),
                cwd=home,
                env=_environment(home),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **account,
            )
        try:
            if _becomes_ready(engine, home, port, process):
                return port, process
        except BaseException:
            _stop(engine, process)
            raise
    log_text = (home / "log").read_text(errors="replace")
    raise ServerError(f"{engine.version} did not start: {log_text.strip()[-500:]}")


def _becomes_ready(engine: Engine, home: Path, port: int, process: subprocess.Popen[bytes]) -> bool:
    """Wait until the server answers; tell whether it does, or ended instead."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None:
        if engine.ready(home / "data", port):
            return True
        if time.monotonic() > deadline:
            raise ServerError(f"{engine.version} did not answer within {START_SECONDS:.0f} s")
        time.sleep(0.01)
    return False


def free_port() -> int:
    """Return a port of 127.0.0.1 that nothing listens on."""
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as candidate, contextlib.suppress(OSError):
            candidate.bind(("127.0.0.1", port))
            return port
    raise ServerError("no port of 127.0.0.1 is free")


def _filled(command: Command, home: Path, port: int = 0) -> list[str]:
    return [part.format(home=home, data=home / "data", port=port) for part in command]


def _environment(home: Path) -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "HOME": str(home)}


def _stop(engine: Engine, process: subprocess.Popen[bytes]) -> None:
    process.send_signal(engine.stop_signal)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main(kind: str) -> None:
    """Keep one server until it is released."""
    keep_signals_from_killing()
    engine = FINDERS[kind]()
    if engine is None:
        announce(error=f"no {kind} server is installed")
        return
    try:
        with running(engine) as (url, process):
            announce(url=url, version=engine.version)
            wait_until_released(lambda: process.poll() is None)
    except (ServerError, OSError) as error:
        announce(error=str(error))


if __name__ == "__main__":
    main(sys.argv[1])
