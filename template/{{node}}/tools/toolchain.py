"""How the packages of a Node project are installed, and what is installed by now."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

RUNTIME = "node_modules/.package-lock.json"
"""What is there once packages are installed."""
INSTALLER = "npm"
OLDEST = 24
NOT_INSTALLED = "There is no node_modules yet"
NO_INSTALLER = (
    f"Node.js {OLDEST} or newer is missing: get it from https://nodejs.org, then run `make verify`"
)
NO_INSTALLER_BUT_INSTALLED = NO_INSTALLER
SCRATCH_DATABASE = ("node", "tools/scratch-database.ts")
# What a command says, and what to do about it.
HINTS = (
    (
        r"ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ENETUNREACH",
        "the package registry could not be reached: see to the network, then run `make verify`",
    ),
    (
        r"UNABLE_TO_VERIFY|SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER",
        "the registry has a certificate that is not trusted: set NODE_EXTRA_CA_CERTS",
    ),
)
# Settings of the caller's own environment that would lead the project's commands astray.
FOREIGN_VARIABLES = ("NODE_OPTIONS", "NODE_ENV")


def find_installer(project: Path) -> str | None:
    """Return npm from the PATH or from beside the running Python, if its Node is new enough."""
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), str(Path(sys.executable).parent)))
    os.environ["PATH"] = path  # each step's commands find node as they find npm
    is_new = _major_version() >= OLDEST
    return shutil.which("npm", path=path) if is_new else None


def install_environment(project: Path) -> dict[str, str]:
    """Return what the installer is told besides its command: nothing."""
    return {}


def database_kind(project: Path) -> str:
    """Return which database the project is made for, as its package.json says."""
    settings = json.loads((project / "package.json").read_text(encoding="utf-8"))
    return str(settings["verify"]["database"])


def installed_runtime(project: Path) -> str:
    """Return the version of Node, or nothing."""
    major = _version()
    return f"Node.js {major}" if major else ""


def installed_packages(project: Path) -> dict[str, str]:
    """Return the packages in the project's node_modules with their versions."""
    lock = project / RUNTIME
    if not lock.exists():
        return {}
    packages = json.loads(lock.read_text(encoding="utf-8")).get("packages", {})
    return {
        path.removeprefix("node_modules/"): str(entry.get("version", ""))
        for path, entry in sorted(packages.items())
        if path.count("node_modules/") == 1
    }


def _version() -> str:
    node = shutil.which("node")
    if node is None:
        return ""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return said.strip().removeprefix("v")


def _major_version() -> int:
    found = re.match("[0-9]+", _version())
    return int(found[0]) if found else 0
