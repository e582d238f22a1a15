"""How the packages of a Python project are installed, and what is installed by now."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

from step_commands import PYTHON

RUNTIME = PYTHON
"""What is there once packages are installed."""
INSTALLER = "uv"
NOT_INSTALLED = "There is no .venv yet"
NO_INSTALLER = "uv is missing: get it with `pip install uv`, then run `make verify`"
NO_INSTALLER_BUT_INSTALLED = (
    "uv is missing, so the .venv is used as it is: `pip install uv` brings it"
)
SCRATCH_DATABASE = (PYTHON, "tools/scratch_database.py")
# What a command says, and what to do about it.
HINTS = (
    (
        r"error sending request|dns error|client error \(Connect\)|connectivity is disabled",
        "the package index could not be reached: see to the network, then run `make verify`",
    ),
    (
        r"invalid peer certificate|UnknownIssuer",
        "the package index has a certificate that is not trusted: set SSL_CERT_FILE",
    ),
)
# Settings of the caller's own environment that would lead the project's commands astray.
FOREIGN_VARIABLES = ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "UV_PROJECT_ENVIRONMENT")


def find_installer(project: Path) -> str | None:
    """Return uv from the PATH, from beside the running Python, or from the project's .venv."""
    beside = (str(Path(sys.executable).parent), str(project / PYTHON).rpartition("/")[0])
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), *beside))
    return shutil.which("uv", path=path)


def install_environment(project: Path) -> dict[str, str]:
    """Return what the installer is told besides its command."""
    # Where there is no .venv yet, the Python that runs this is as good as another.
    return {} if (project / PYTHON).exists() else {"UV_PYTHON": sys.executable}


def database_kind(project: Path) -> str:
    """Return which database the project is made for, as its pyproject.toml says."""
    settings = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    return str(settings["tool"]["verify"]["database"])


def installed_runtime(project: Path) -> str:
    """Return the version of the Python in the project's .venv, or nothing."""
    settings = project / ".venv" / "pyvenv.cfg"
    text = settings.read_text(encoding="utf-8") if settings.exists() else ""
    found = re.search(r"^version(?:_info)?\s*=\s*(\S+)", text, flags=re.MULTILINE)
    return f"Python {found.group(1)}" if found else ""


def installed_packages(project: Path) -> dict[str, str]:
    """Return the packages in the project's .venv with their versions."""
    folders = (project / ".venv").glob("lib/python*/site-packages/*.dist-info")
    return dict(sorted(_names_and_versions(folder.name for folder in folders)))


def _names_and_versions(folders: Iterable[str]) -> Iterable[tuple[str, str]]:
    for folder in folders:
        name, _, version = folder.removesuffix(".dist-info").rpartition("-")
        yield name.lower().replace("_", "-"), version
