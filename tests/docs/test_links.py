"""Links and paths lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, anchors, prose

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_REPOSITORY_PATH = re.compile(
    r"`((?:extensions|questions|hooks|template|tests|tools|benchmarks|docs|\.ci)/[^`\s]*)`"
)
_PLANNED = {
    "template/{{node}}/",
    "template/{{express}}/{{session}}/",
    "template/{{name}}/",
}
"""Paths that the documentation names as places for what is to come."""


def _local_links(page: Path) -> list[str]:
    return [
        link for link in _LINK.findall(prose(page.read_text(encoding="utf-8"))) if ":" not in link
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_to_files_and_headings(page: Path) -> None:
    broken = []
    for link in _local_links(page):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        exists = target.exists()
        if exists and anchor:
            exists = anchor in anchors(target.read_text(encoding="utf-8"))
        if not exists:
            broken.append(link)
    assert broken == []


def test_the_index_leads_to_every_page() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    named = {link.partition("#")[0] for link in _LINK.findall(index)}
    assert {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"} <= named


@pytest.mark.parametrize("name", ["architecture.md", "adding.md"])
def test_the_map_names_paths_that_are_there(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    named = {path for path in _REPOSITORY_PATH.findall(text) if "<" not in path}
    missing = [
        path
        for path in sorted(named - _PLANNED)
        if "{{name}}" not in path and not (ROOT / path).exists() and not _in_the_project(path)
    ]
    assert missing == []


def _in_the_project(path: str) -> bool:
    """Tell whether a path is one of a generated project, which has docs and tests too."""
    return any((ROOT / "template" / "{{python}}").glob(path))
