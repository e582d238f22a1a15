"""Python as it is written: functions and their lengths, files and theirs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Measured(NamedTuple):
    """A function: where it stands, and how many lines it has without its docstring."""

    place: str
    lines: int


def modules(folder: Path) -> list[Path]:
    """Return the Python files below a folder."""
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def functions(folder: Path) -> list[Measured]:
    """Measure the functions and methods below a folder, from ``def`` to their end."""
    return [
        Measured(f"{path.relative_to(folder)}:{node.name}", _lines(node))
        for path in modules(folder)
        for node in _functions(path)
    ]


def _functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def _lines(node: Function) -> int:
    end = node.end_lineno or node.lineno
    return end - node.lineno + 1 - _docstring_lines(node)


def _docstring_lines(node: Function) -> int:
    if ast.get_docstring(node) is None:
        return 0
    return (node.body[0].end_lineno or 0) - node.body[0].lineno + 1


def count_lines(path: Path) -> int:
    """Count the lines of a text file."""
    return len(path.read_bytes().splitlines())
