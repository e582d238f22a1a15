"""Private servers: quick, closed to other machines, unprivileged, and gone with their holder."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.servers import TOOLS, Server, private_servers

KINDS = ("postgresql", "mysql", "redis")
HOLDER = "import servers, time; print(servers.start('{kind}').url, flush=True); time.sleep(60)"


@pytest.fixture(params=KINDS)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """Return a private server of each kind that is installed."""
    server = start(request.param)
    yield server
    server.stop()


def start(kind: str) -> Server:
    """Start a server, or skip the test where it is not installed."""
    if not private_servers().available(kind):
        pytest.skip(f"no {kind} server is installed")
    return private_servers().start(kind)


def port_of(url: str) -> int:
    """Return the port in a URL."""
    port = urlsplit(url).port
    assert port is not None
    return port


def answers(port: int) -> bool:
    """Tell whether something listens on a port of this machine."""
    with socket.socket() as client:
        client.settimeout(1)
        return client.connect_ex(("127.0.0.1", port)) == 0


def process_on(port: int) -> int:
    """Return the process whose command line has the port."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and str(port).encode() in (entry / "cmdline").read_bytes():
            return int(entry.name)
    raise AssertionError(f"nothing runs on {port}")


def private_folders() -> set[str]:
    """Return the folders of private servers on this machine."""
    return {path.name for path in Path("/dev/shm").glob("private-server-*")}


def test_server_answers_on_a_port_below_the_ephemeral_ones(server: Server) -> None:
    assert port_of(server.url) < 32768
    assert answers(port_of(server.url))
    assert server.version.split()[1][0].isdigit()


@pytest.mark.skipif(not Path("/proc").exists(), reason="reads /proc")
def test_server_is_not_run_by_root(server: Server) -> None:
    status = Path(f"/proc/{process_on(port_of(server.url))}/status").read_text()
    (uids,) = (line for line in status.splitlines() if line.startswith("Uid:"))
    assert "0" not in uids.split()[1:]


def test_stopped_server_leaves_nothing() -> None:
    before = private_folders()
    server = start("postgresql")
    server.stop()
    assert not answers(port_of(server.url))
    assert private_folders() <= before


@pytest.mark.parametrize("kind", KINDS)
def test_server_ends_when_its_holder_is_killed(kind: str) -> None:
    if not private_servers().available(kind):
        pytest.skip(f"no {kind} server is installed")
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER.format(kind=kind)],
        cwd=TOOLS,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        port = port_of(holder.stdout.readline().strip())
        assert answers(port)
        holder.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while answers(port) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not answers(port)


def test_servers_that_start_at_once_share_a_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRIVATE_SERVERS_CACHE", str(tmp_path / "cache"))
    with ThreadPoolExecutor(3) as pool:
        servers = list(pool.map(start, ["postgresql"] * 3))
    ports = {port_of(server.url) for server in servers}
    for server in servers:
        server.stop()
    assert len(ports) == 3
    assert len(list((tmp_path / "cache").iterdir())) == 1
