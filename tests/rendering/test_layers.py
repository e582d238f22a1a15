"""The template's folders, read as they lie there: every path has one source."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path, PurePosixPath

import pytest
import yaml

from stanchion.specification import SpecificationError, load_specification
from tests.layers import Source, flag_of, flag_sets, sources, unlisted_flags

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sources()
FLAG_SETS = list(flag_sets())


def test_no_path_has_two_sources_under_any_flags() -> None:
    for on in FLAG_SETS:
        written = Counter(s.written.casefold() for s in SOURCES if on.issuperset(s.flags))
        twice = [path for path, count in written.items() if count > 1]
        assert not twice, f"{twice} with {sorted(on)}"


def test_no_file_is_where_another_source_needs_a_folder() -> None:
    for on in FLAG_SETS:
        written = {s.written for s in SOURCES if on.issuperset(s.flags)}
        folders = {str(parent) for path in written for parent in PurePosixPath(path).parents}
        assert not written & folders


def test_every_file_is_written_under_some_flags() -> None:
    for source in SOURCES:
        assert any(on.issuperset(source.flags) for on in FLAG_SETS), source.shown


def test_every_folder_with_braces_is_a_flag_of_the_table() -> None:
    assert unlisted_flags() == set()
    for source in SOURCES:
        assert not re.search(r"[{}%]", source.written), source.shown


def test_a_flag_is_a_bare_word_and_never_a_question() -> None:
    questions = {
        name
        for file in (ROOT / "questions").glob("*.yml")
        for name in yaml.safe_load(file.read_text(encoding="utf-8"))
    }
    flags = {flag for source in SOURCES for flag in source.flags}
    assert flags
    assert all(re.fullmatch(r"[a-z][a-z_]*", flag) for flag in flags)
    assert not flags & questions


def test_flags_are_at_most_two_deep_and_come_first() -> None:
    for source in SOURCES:
        assert len(source.flags) <= 2, source.shown
        leading = source.path.relative_to(ROOT / "template").parts[: len(source.flags)]
        assert all(flag_of(segment) for segment in leading), source.shown


def _neighbours_of_resources() -> list[tuple[str, str]]:
    """List the names of fixed modules in folders that have one for each resource."""
    patterns = {s.written for s in SOURCES if "<" in s.written}
    found = set()
    for pattern in patterns:
        before, part, after = re.fullmatch(r"(.*)<(\w+)>(.*)", pattern).groups()  # type: ignore[union-attr]
        found |= {(part, name) for s in SOURCES if (name := _between(s, before, after))}
    return sorted(found)


def _between(source: Source, before: str, after: str) -> str:
    path = source.written
    if "<" in path or not (path.startswith(before) and path.endswith(after)):
        return ""
    name = path[len(before) : len(path) - len(after)]
    return name.replace("-", "_") if re.fullmatch(r"[a-z][a-z0-9_-]*", name) else ""


@pytest.mark.parametrize(("part", "name"), _neighbours_of_resources())
def test_no_resource_may_be_named_like_a_module_beside_its_own(part: str, name: str) -> None:
    fields = {"title": {"type": "text"}}
    resources = {
        "singular": {name: {"plural": f"{name}_rows", "fields": fields}},
        "plural": {"thing": {"plural": name, "fields": fields}},
    }
    of = {"path": "plural", "singular_path": "singular"}.get(part, part)
    with pytest.raises(SpecificationError):
        load_specification(resources[of], auth=["jwt"], json_case="snake")
