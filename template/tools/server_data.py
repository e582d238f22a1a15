"""What a private server runs on: its folder, its data, and the user who owns them.

Fresh data takes seconds to make and a tenth of one to copy, so it is kept in a cache for the
next server: in ``PRIVATE_SERVERS_CACHE``, else below the user's own cache folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TypedDict

from engines import Command, Engine

CACHE_VARIABLE = "PRIVATE_SERVERS_CACHE"
MEMORY = Path("/dev/shm")  # noqa: S108 - folders in it are made by mkdtemp
MEMORY_NEEDED = 2**30


class ServerError(Exception):
    """A server could not be made or started; the message says why."""


class Account(TypedDict, total=False):
    """The unprivileged user that a server runs as, in the words of subprocess."""

    user: int
    group: int
    extra_groups: list[int]


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


def make_home(account: Account) -> Path:
    """Make a folder for a server, in memory where there is room, owned by the account."""
    in_memory = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    roomy = in_memory and shutil.disk_usage(MEMORY).free >= MEMORY_NEEDED
    home = Path(tempfile.mkdtemp(prefix="private-server-", dir=MEMORY if roomy else None))
    if account:
        os.chown(home, account["user"], account["group"])
    return home


def make_data(engine: Engine, home: Path, account: Account) -> None:
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
            filled(command, home),
            cwd=home,
            env=environment(home),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **account,
        )
        if finished.returncode == 0:
            return
    raise ServerError(f"{command[0]} failed: {finished.stdout.strip()[-500:]}")


def filled(command: Command, home: Path, port: int = 0) -> list[str]:
    """Return a command with the server's folders and port filled in."""
    return [part.format(home=home, data=home / "data", port=port) for part in command]


def environment(home: Path) -> dict[str, str]:
    """Return the environment that an engine's programs run in."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "HOME": str(home)}
