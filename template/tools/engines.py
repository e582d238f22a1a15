"""The database engines that can be run privately: where they are and how they are called.

In the commands ``{home}`` is the server's own folder, ``{data}`` its data, ``{port}`` its port.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

EXTRA_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/usr/libexec")
POSTGRESQL_FOLDERS = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "opt/homebrew/opt/postgresql@*/bin",
    "usr/local/opt/postgresql@*/bin",
)
SMALL_LOG = "--innodb-log-file-size=16M"
Command = tuple[str, ...]


class Engine(NamedTuple):
    """One engine as it is installed here.

    ``initialise`` holds commands that make the data, of which the first that works is
    taken; ``ready`` takes the data's folder and the port; ``user`` is the system user
    that the engine's packages make.
    """

    version: str
    user: str
    initialise: tuple[Command, ...]
    serve: Command
    url: str
    ready: Callable[[Path, int], bool]
    stop_signal: signal.Signals


def find_postgresql() -> Engine | None:
    """Return the PostgreSQL on this machine, or None where there is none."""
    server = _program("postgres") or _newest("postgres", POSTGRESQL_FOLDERS)
    if server is None or not (folder := server.resolve().parent).joinpath("initdb").exists():
        return None
    initdb: Command = (
        *(str(folder / "initdb"), "-D", "{data}", "-U", "app", "-A", "trust"),
        *("-E", "UTF8", "--wal-segsize=1", "--no-sync", "--no-instructions"),
    )
    return Engine(
        version=f"PostgreSQL {_version(server)}",
        user="postgres",
        # A linguistic order, where there is one, shows what relies on the server's default.
        initialise=(
            (*initdb, "--locale=C", "--locale-provider=icu", "--icu-locale=und"),
            (*initdb, "--locale=C"),
        ),
        serve=(
            *(str(server), "-D", "{data}", "-h", "127.0.0.1", "-p", "{port}", "-k", "", "-F"),
            *("-c", "synchronous_commit=off", "-c", "full_page_writes=off"),
            *("-c", "wal_level=minimal", "-c", "max_wal_senders=0", "-c", "max_connections=300"),
        ),
        url="postgresql://app@127.0.0.1:{port}/postgres",
        ready=_postgresql_is_ready,
        stop_signal=signal.SIGINT,
    )


def find_mysql() -> Engine | None:
    """Return the MariaDB or MySQL on this machine, or None where there is none."""
    server = _program("mariadbd") or _program("mysqld")
    if server is None:
        return None
    version = _version(server)
    is_mariadb = "MariaDB" in version
    installer = _program("mariadb-install-db") or _program("mysql_install_db")
    if is_mariadb and installer is None:
        return None
    return Engine(
        version=f"MariaDB {version.partition('-')[0]}" if is_mariadb else f"MySQL {version}",
        user="mysql",
        initialise=(_install_mariadb(installer) if installer else _install_mysql(server),),
        serve=(
            *(str(server), "--no-defaults", "--datadir={data}", "--port={port}"),
            *("--bind-address=127.0.0.1", "--socket={home}/s", "--pid-file={home}/pid"),
            *("--skip-log-bin", "--skip-name-resolve", "--performance-schema=OFF"),
            *("--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=64M"),
            *("--character-set-server=utf8mb4", "--collation-server=utf8mb4_unicode_ci"),
            *("--default-time-zone=+00:00", "--max-connections=300"),
            *((SMALL_LOG,) if is_mariadb else ()),
        ),
        url="mysql://root@127.0.0.1:{port}/mysql",
        ready=_accepts_connections,
        stop_signal=signal.SIGTERM,
    )


def find_redis() -> Engine | None:
    """Return the Redis on this machine, or None where there is none."""
    server = _program("redis-server") or _program("valkey-server")
    if server is None:
        return None
    return Engine(
        version=f"Redis {_version(server)}",
        user="redis",
        initialise=(("mkdir", "{data}"),),
        serve=(
            *(str(server), "--port", "{port}", "--bind", "127.0.0.1", "--dir", "{data}"),
            *("--save", "", "--appendonly", "no"),
        ),
        url="redis://127.0.0.1:{port}/0",
        ready=_accepts_connections,
        stop_signal=signal.SIGTERM,
    )


FINDERS: dict[str, Callable[[], Engine | None]] = {
    "postgresql": find_postgresql,
    "mysql": find_mysql,
    "redis": find_redis,
}


def _install_mariadb(installer: Path) -> Command:
    return (
        *(str(installer), "--no-defaults", "--datadir={data}", "--skip-test-db"),
        *("--auth-root-authentication-method=normal", "--skip-name-resolve", SMALL_LOG),
    )


def _install_mysql(server: Path) -> Command:
    # Names are not resolved when it serves, so root has to exist under the address as well.
    root = "root@127.0.0.1"
    statements = f"CREATE USER {root}; GRANT ALL ON *.* TO {root} WITH GRANT OPTION;"
    script = f"printf '%s' '{statements}' > '{{home}}/init.sql'"
    options = "--no-defaults --initialize-insecure --init-file='{home}/init.sql'"
    return ("sh", "-c", f"{script} && exec '{server}' {options} --datadir='{{data}}'")


def _program(name: str) -> Path | None:
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), *EXTRA_FOLDERS))
    found = shutil.which(name, path=path)
    return Path(found) if found else None


def _newest(name: str, patterns: tuple[str, ...]) -> Path | None:
    found = [path / name for pattern in patterns for path in Path("/").glob(pattern)]
    numbered = [(_major(path), path) for path in found if path.exists()]
    return max(numbered)[1] if numbered else None


def _major(path: Path) -> int:
    digits = re.search(r"\d+", str(path))
    return int(digits.group()) if digits else 0


def _version(server: Path) -> str:
    said = subprocess.run(
        [str(server), "--version"], capture_output=True, text=True, check=False
    ).stdout
    found = re.search(r"\d+(\.\d+)+(-MariaDB)?", said)
    return found.group() if found else "of an unknown version"


def _postgresql_is_ready(data: Path, _port: int) -> bool:
    try:
        return (data / "postmaster.pid").read_text().rstrip().endswith("ready")
    except OSError:
        return False


def _accepts_connections(_data: Path, port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.5).close()
    except OSError:
        return False
    return True
