"""Generated services to measure: rendered, installed, and run on servers of their own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SECRET = "a key that only benchmarks use, of enough bytes"


def run(command: list[str], cwd: Path, **variables: str) -> str:
    """Run a command to its end and return what it printed."""
    env = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", **variables}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def render(folder: Path, *arguments: str) -> Path:
    """Render a service from the last commit of this checkout into ``folder``."""
    command = [str(BIN / "copier"), "copy", "--trust", "--quiet", "--defaults", "--skip-tasks"]
    run([*command, "--vcs-ref", "HEAD", *arguments, str(ROOT), str(folder)], ROOT)
    return folder


def node() -> str:
    """Return the program that is Node: what the PATH has may only start it."""
    return run(["node", "--print", "process.execPath"], ROOT).strip()


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def process(command: list[str], cwd: Path, **variables: str) -> Iterator[int]:
    """Yield the id of a process that is ended afterwards."""
    with subprocess.Popen(command, cwd=cwd, env={**os.environ, **variables}) as started:
        try:
            yield started.pid
        finally:
            started.terminate()
            started.wait(20)
