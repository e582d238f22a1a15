"""The README's commands exist, and it says whose the generated code is."""

from __future__ import annotations

import re

from tests.docs.pages import ROOT, blocks

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_its_commands_exist() -> None:
    commands = "\n".join(blocks(README, "sh"))
    assert "bash tests/run" in commands
    assert (ROOT / "tests" / "run").is_file()
    makefile = (ROOT / "template" / "{{python}}" / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\bmake (\w+)", commands):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_first_one_installs_the_tools_and_trusts_an_absolute_source() -> None:
    first = blocks(README, "sh")[0]
    assert "pip install --quiet ." in first
    assert 'copier copy --trust --defaults --vcs-ref HEAD "$PWD" ' in first
    assert "copier==" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_it_leaves_generated_code_to_its_user() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    assert "without conditions" in README
