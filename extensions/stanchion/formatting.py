"""Code is formatted while it is rendered, so that an update compares formatted with formatted."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import tokenize_rt
from copier.errors import UserMessageError

_SYNCHRONOUS = {"async", "await"}


TYPESCRIPT_OPTIONS = {"printWidth": 100, "singleQuote": True}
"""What a generated project's own ``.oxfmtrc.json`` says too."""


@cache
def _formatter(name: str) -> str:
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        raise UserMessageError(f"{name} is missing beside Copier: install the tools again.")
    return found


def format_python(source: str, template: str) -> str:
    """Return ``source`` as ruff formats it with this project's options.

    Raises ``UserMessageError`` naming ``template`` where the code does not parse.
    """
    command = [_formatter("ruff"), "format", "--isolated", "--target-version=py311"]
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


def format_typescript(source: str, template: str) -> str:
    """Return ``source`` as oxfmt formats it with this project's options.

    Raises ``UserMessageError`` naming ``template`` where the code does not parse.
    """
    with tempfile.TemporaryDirectory() as folder:
        options, file = Path(folder) / "options.json", Path(folder) / "rendered.ts"
        options.write_text(json.dumps(TYPESCRIPT_OPTIONS), encoding="utf-8")
        file.write_text(source, encoding="utf-8")
        command = [_formatter("oxfmt"), "--threads=1", f"--config={options}", str(file)]
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if result.returncode:
            problem = (result.stderr or result.stdout).replace(folder, "")
            raise UserMessageError(f"{template} rendered to code that does not parse:\n{problem}")
        return file.read_text(encoding="utf-8")


_FORMATTERS: dict[str, Callable[[str, str], str]] = {
    ".py.jinja": format_python,
    ".ts.jinja": format_typescript,
}
FORMATTED = tuple(_FORMATTERS)
"""How the names of templates end whose output is formatted."""


def format_code(source: str, template: str) -> str:
    """Return ``source`` as the formatter of its language does; ``template`` is a file's name."""
    ending = next(ending for ending in _FORMATTERS if template.endswith(ending))
    return _FORMATTERS[ending](source, template)


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
