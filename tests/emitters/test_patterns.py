"""Texts that a pattern matches, and one that it does not."""

from __future__ import annotations

import re

import pytest

from stanchion.emitters.patterns import text_against, texts_matching
from stanchion.specification.patterns import portable

PATTERNS = [
    ("[a-z0-9]+(-[a-z0-9]+)*", 1, 100),
    ("[A-Z0-9-]+", 3, 32),
    (r"#[0-9a-f]{6}", 7, 7),
    (r"[A-Z]{2}\d{2,6}", 4, 8),
    (r"\+?[0-9 ]{6,19}", 0, 20),
    ("(a|bc){2,}x?.", 0, None),
    ("[^a]{40}", 0, None),
    ("[a-z]*", 30, 60),
    ("é+", 2, 5),
    ("", 0, 5),
]


@pytest.mark.parametrize(("written", "least", "most"), PATTERNS)
def test_texts_match_and_fit(written: str, least: int, most: int | None) -> None:
    pattern = portable(written)
    found = texts_matching(pattern, least, most, 4)
    assert found == texts_matching(pattern, least, most, 4)
    assert len(set(found)) == len(found) > 0
    for text in found:
        assert re.fullmatch(pattern, text, re.ASCII)
        assert least <= len(text) <= (most or len(text))


@pytest.mark.parametrize(("written", "least", "most"), PATTERNS)
def test_the_other_text_fits_and_does_not_match(written: str, least: int, most: int | None) -> None:
    text = text_against(portable(written), least, most)
    if text is not None:
        assert not re.fullmatch(portable(written), text, re.ASCII)
        assert least <= len(text) <= (most or len(text))


def test_nothing_stands_against_a_pattern_that_takes_all() -> None:
    assert text_against(portable("(.|\\n|\\r)*"), 1, 3) is None


def test_nothing_matches_where_lengths_forbid_it() -> None:
    assert texts_matching(portable("abc"), 4, 9, 1) == []
