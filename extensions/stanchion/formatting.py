"""Code is formatted while it is rendered, so that an update compares formatted with formatted."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import tokenize_rt
from copier.errors import UserMessageError

_SYNCHRONOUS = {"async", "await"}


@cache
def _formatter() -> str:
    found = shutil.which("ruff", path=str(Path(sys.executable).parent))
    if found is None:
        raise UserMessageError("ruff is missing beside Copier: install the tools again.")
    return found


def format_python(source: str, template: str) -> str:
    """Return ``source`` as ruff formats it with this project's options.

    Raises ``UserMessageError`` naming ``template`` where the code does not parse.
    """
    command = [_formatter(), "format", "--isolated", "--target-version=py311"]
    result = subprocess.run(
        [*command, "--line-length=100", "--stdin-filename=rendered.py", "-"],
        input=source,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise UserMessageError(f"{template} rendered to code that does not parse:\n{result.stderr}")
    return result.stdout


def to_synchronous(source: str) -> str:
    """Return ``source`` without ``async`` and ``await``: the synchronous twin of a module."""
    kept: list[tokenize_rt.Token] = []
    skip_space = False
    for token in tokenize_rt.src_to_tokens(source):
        if token.src in _SYNCHRONOUS and token.name == "NAME":
            skip_space = True
        elif skip_space and token.name == "UNIMPORTANT_WS":
            skip_space = False
        else:
            skip_space = False
            kept.append(token)
    return str(tokenize_rt.tokens_to_src(kept))


def wrap_template(source: str, name: str) -> str:
    """Return a template's text wrapped in the one filter that formats what it renders."""
    return f"{{% filter code({name!r}) %}}{source}{{% endfilter %}}"
