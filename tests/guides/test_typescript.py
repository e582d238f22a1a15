"""TypeScript of the template: its form where it has no variable part, and its reasons."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from stanchion.formatting import TYPESCRIPT_OPTIONS
from tests.guides.limits import LINES_OF_A_FILE, SCRIPT_EXCEEDED, Exceeded
from tests.layers import TEMPLATE

PLAIN = sorted(TEMPLATE.rglob("*.ts"))
SCRIPTS = sorted([*PLAIN, *TEMPLATE.rglob("*.ts.jinja")])
RC = TEMPLATE / "{{node}}" / ".oxfmtrc.json"

# What hides a cast from a reader of lines: comments, texts, and lists of names.
HIDING = re.compile(
    r"/\*.*?\*/|//[^\n]*|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`"
    r"|\b(?:im|ex)port (?:type )?(?:\{[^}]*\}|\*[^\n]*)",
    re.DOTALL,
)
CAST = re.compile(r"\bas (?!const\b)[\w{(\[]|[\w)\]]!(?!=)")
DIRECTIVE = re.compile(r"oxlint-disable|@ts-|v8 ignore")
REASON = re.compile(r"// (?!oxlint-disable)\w.{5}| -- .{5}")


def test_projects_format_as_they_were_rendered() -> None:
    options = json.loads(RC.read_text(encoding="utf-8"))
    del options["ignorePatterns"]
    assert options == TYPESCRIPT_OPTIONS


def test_plain_files_are_formatted(tmp_path: Path) -> None:
    options = tmp_path / "options.json"
    options.write_text(json.dumps(TYPESCRIPT_OPTIONS), encoding="utf-8")
    copies = {tmp_path / f"{index}.ts": path for index, path in enumerate(PLAIN)}
    for copy, path in copies.items():
        copy.write_bytes(path.read_bytes())
    command = ["oxfmt", f"--config={options}", *map(str, copies)]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    changed = [
        str(path.relative_to(TEMPLATE))
        for copy, path in copies.items()
        if copy.read_bytes() != path.read_bytes()
    ]
    assert changed == []


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: str(path.relative_to(TEMPLATE)))
def test_a_file_is_short(path: Path) -> None:
    exceeded = SCRIPT_EXCEEDED.get(path.name, Exceeded(LINES_OF_A_FILE, ""))
    assert len(path.read_text(encoding="utf-8").splitlines()) <= exceeded.most


def _unexplained(text: str) -> Iterator[int]:
    """Yield the number of each line with a cast or an ignore that does not say why."""
    bare = HIDING.sub(lambda hidden: re.sub(r"[^\n]", " ", hidden[0]), text).splitlines()
    lines = ["", *text.splitlines()]
    for number, code in enumerate(bare, start=1):
        directive = lines[number - 1] if DIRECTIVE.search(lines[number - 1]) else ""
        is_dynamic = CAST.search(code) or DIRECTIVE.search(lines[number])
        if is_dynamic and not REASON.search(directive + lines[number]):
            yield number


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(TEMPLATE)))
def test_a_cast_or_an_ignore_says_why(path: Path) -> None:
    assert list(_unexplained(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        "const row = found as Row;",
        "const row = found!;",
        "const row = found as unknown as Row; //",
        "// oxlint-disable-next-line typescript/no-unsafe-assignment",
        "// @ts-expect-error",
    ],
)
def test_one_that_does_not_is_found(line: str) -> None:
    assert list(_unexplained(f"const before = 1;\n{line}\n")) == [2]
