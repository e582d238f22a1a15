"""Private database servers: made in a moment, on this machine only, gone without a trace.

``start("postgresql")`` runs a server from local binaries on a free port of 127.0.0.1, with
its data in memory where there is room. Root hands it to an unprivileged user. The server's
keeper, this file run as a program, stops it and deletes its data when it is released.
"""

from __future__ import annotations

import contextlib
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from engines import FINDERS, Engine
from holding import Held, HoldError, announce, keep_signals_from_killing, wait_until_released
from server_data import (
    Account,
    ServerError,
    environment,
    filled,
    make_data,
    make_home,
    unprivileged_account,
)

# Below the range from which systems take the ports of outgoing connections.
PORTS = range(20000, 32768)
START_ATTEMPTS = 4
START_SECONDS = 60.0
STOP_SECONDS = 15.0


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
    home = make_home(account)
    try:
        make_data(engine, home, account)
        port, process = _serve(engine, home, account)
        try:
            yield engine.url.format(port=port), process
        finally:
            _stop(engine, process)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _serve(engine: Engine, home: Path, account: Account) -> tuple[int, subprocess.Popen[bytes]]:
    for _ in range(START_ATTEMPTS):
        port = free_port()
        with (home / "log").open("wb") as log:
            process = subprocess.Popen(
                filled(engine.serve, home, port),
                cwd=home,
                env=environment(home),
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
