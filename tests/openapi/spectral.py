"""Spectral, which Node runs: PyPI brings Node, npm brings Spectral, once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from filelock import FileLock

from tests.conformance.exchange import NotRun

VERSION = "6.16.3"
_PACKAGE = "@stoplight/spectral-cli"
_RULES = "extends: spectral:oas\n"
_SEVERITIES = ("error", "warning", "information", "hint")


def faults(document: dict[str, Any], folder: Path) -> Iterator[str]:  # OpenAPI is any JSON
    """Yield what Spectral finds in ``document``, of every severity; ``folder`` is for its files.

    Raises ``NotRun`` where Spectral can be neither found nor installed.
    """
    rules, file = folder / "spectral.yml", folder / "openapi.json"
    rules.write_text(_RULES, encoding="utf-8")
    file.write_text(json.dumps(document, indent=2), encoding="utf-8")
    command = [_node("node"), str(_program()), "lint", "--ruleset", str(rules), "--format", "json"]
    done = subprocess.run([*command, "--quiet", str(file)], capture_output=True, text=True)
    try:
        found = json.loads(done.stdout)
    except ValueError:
        raise RuntimeError(f"Spectral fails:\n{done.stdout}{done.stderr}") from None
    for entry in found:
        place = "/".join(map(str, entry["path"]))
        yield f"{place}: {_SEVERITIES[entry['severity']]} {entry['code']}: {entry['message']}"


def _node(name: str) -> str:
    """Return the program of that name beside this Python."""
    return str(Path(sys.executable).with_name(name))


def _program() -> Path:
    """Return Spectral's script, installed by whoever needs it first."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "stanchion" / f"spectral-{VERSION}"
    program = folder / "node_modules" / _PACKAGE / "dist" / "index.js"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "installing.lock"):
        if not (folder / "installed").exists():
            _install(folder)
            (folder / "installed").touch()
    return program


def _install(folder: Path) -> None:
    command = [_node("npm"), "install", "--prefix", str(folder), "--no-audit", "--no-fund"]
    command += ["--no-package-lock", "--no-save", "--ignore-scripts", f"{_PACKAGE}@{VERSION}"]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    done = subprocess.run(command, env={**os.environ, "PATH": path}, capture_output=True, text=True)
    if done.returncode:
        raise NotRun(f"npm cannot install Spectral: {done.stderr.strip().splitlines()[-1:]}")
