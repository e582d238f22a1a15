"""What no file of the repository may hold: places of one machine, talk about how it was made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, repository_files

# Written in parts, so that this file does not find itself.
_FORBIDDEN = {
    "the path of a machine": r"/(?:tmp/la" + r"b|wor" + r"k/(?:main|shared)|ro" + r"ot/|home/\w+/)",
    "the host of a registry": r"(?:pypi\.o" + r"rg|registry\.npm" + r"js\.org|/opt/py" + r"pi)",
    "talk about issues": r"\b(?:is" + r"sue|PR) #?\d+\b",
    "talk about how it was made": (
        r"\b(?:the brie" + r"f|sub-?agen" + r"t|LL" + r"M|Clau" + r"de|Chat" + r"GPT)\b"
        r"|\b(?:this|another|previous|next) ses" + r"sion\b"
    ),
}
_OF_OTHERS = "assets/swagger-ui"


def _texts() -> list[tuple[Path, str]]:
    texts = []
    for path in repository_files():
        if _OF_OTHERS in path.as_posix():
            continue
        try:
            texts.append((path, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return texts


@pytest.mark.parametrize("what", _FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(_FORBIDDEN[what])
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path, text in _texts()
        for match in pattern.finditer(text)
    ]
    assert found == []


def test_the_licence_is_mit_and_leaves_generated_code_to_its_user() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert licence.startswith("MIT License")
    assert "without conditions" in readme
