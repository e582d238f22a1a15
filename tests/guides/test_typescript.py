"""TypeScript of the template that has no variable part reads as the formatter writes it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from stanchion.formatting import TYPESCRIPT_OPTIONS
from tests.guides.limits import LINES_OF_A_FILE, SCRIPT_EXCEEDED, Exceeded
from tests.layers import TEMPLATE

PLAIN = sorted(TEMPLATE.rglob("*.ts"))
RC = TEMPLATE / "{{node}}" / ".oxfmtrc.json"


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
