"""Where the project's template is, and the Copier that brings it up to date."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
ANSWERS = ".copier-answers.yml"
SPECIFICATION = "resources.yml"
# Copier itself shows a traceback for a file that is not YAML.
READ_YAML = """
import sys, yaml
try:
    data = yaml.safe_load(open(sys.argv[1], "rb"))
except (yaml.YAMLError, ValueError) as error:
    sys.exit(" ".join(str(error).split()))
if not isinstance(data, dict):
    sys.exit("it has no resources")
"""


class UpdateError(Exception):
    """The update cannot begin; the message says why and what to do."""


def copier_command() -> list[str]:
    """Return the command that runs Copier: ``COPIER``, or the one on the PATH."""
    given = shlex.split(os.environ.get("COPIER", "")) or ["copier"]
    if shutil.which(given[0]) is None:
        raise UpdateError(
            f"{given[0]} is missing: `python3 -m pip install {shlex.quote(requirement())}` brings"
            " Copier with what the template needs, or set COPIER to the one that has it."
        )
    return given


def template_source() -> str:
    """Return where the project's template is, as its answers record it."""
    text = (PROJECT / ANSWERS).read_text(encoding="utf-8")
    match = re.search(r"^_src_path: *(.+?) *$", text, re.MULTILINE)
    if match is None:
        raise UpdateError(f"{ANSWERS} does not say where the template is: restore it from git.")
    return match[1].strip("'\"")


def requirement() -> str:
    """Return what pip installs to have the template's tools."""
    source = template_source()
    if Path(source).is_dir():
        return source
    address = re.sub(r"^git\+", "", source)
    address = re.sub(r"^gh:", "https://github.com/", address)
    return f"git+{address}"


def check_source() -> None:
    """Raise UpdateError where the template cannot be found again."""
    source = template_source()
    if ":" in source or source.startswith("~"):
        return
    if not Path(source).is_absolute():
        raise UpdateError(
            f"{ANSWERS} records the template as {source}, which means another folder from here:"
            " write its whole path or its address there, and commit that."
        )
    if not Path(source).exists():
        raise UpdateError(
            f"The template is not at {source} any more: write where it is into {ANSWERS}, and"
            " commit that."
        )


def check_yaml(copier: str) -> None:
    """Raise UpdateError where resources.yml is not YAML, if Copier's own Python can be found."""
    script = shutil.which(copier)
    first = Path(script).read_bytes().split(b"\n", 1)[0] if script else b""
    python = first.decode(errors="replace").removeprefix("#!").strip()
    if not first.startswith(b"#!") or "python" not in python or not Path(python).exists():
        return
    command = [python, "-c", READ_YAML, SPECIFICATION]
    read = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if read.returncode:
        raise UpdateError(f"{SPECIFICATION} cannot be read: {read.stderr.strip()}")
