"""The repository's own pages, as tests read them."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])

_FENCE = re.compile(r"^ *```([a-z]*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
_WORD = re.compile(r"`([^`\n]+)`")
_ROW_START = re.compile(r"^\| ([^|]*) \|", re.MULTILINE)


def text_of(name: str) -> str:
    """Return the text of a page of ``docs/``."""
    return (DOCS / name).read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    """Return the fenced blocks of one language, as they are written."""
    return [code for name, code in _FENCE.findall(text) if name == language]


def prose(text: str) -> str:
    """Return a page without its fenced blocks."""
    return _FENCE.sub("", text)


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in _HEADING.findall(prose(text))
    }


def section(text: str, heading: str) -> str:
    """Return what stands under a heading, up to the next one of the same depth or above."""
    start = re.search(rf"^(#+) {re.escape(heading)}$", text, re.MULTILINE)
    assert start is not None, f"there is no heading {heading}"
    rest = text[start.end() :]
    end = re.search(rf"^#{{1,{len(start[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def words(text: str) -> set[str]:
    """Return what stands in single backquotes."""
    return set(_WORD.findall(prose(text)))


def row_words(text: str) -> set[str]:
    """Return what stands in backquotes in the first cell of a table's rows."""
    return {word for cell in _ROW_START.findall(text) for word in _WORD.findall(cell)}
