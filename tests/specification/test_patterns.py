"""Patterns: what every engine reads alike, and nothing else."""

from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanchion.specification.patterns import PatternError, portable


@pytest.mark.parametrize(
    ("pattern", "spelt"),
    [
        ("[a-z0-9]+(-[a-z0-9]+)*", "[a-z0-9]+(?:-[a-z0-9]+)*"),
        (r"\d{2,3}", "[0-9]{2,3}"),
        (r"\W\D", "[^0-9A-Za-z_][^0-9]"),
        (r"a|b|", "a|b|"),
        (r"(?:ab){1,3}?", "(?:ab){1,3}?"),
        (r"[^\]\\-]", r"[^\]\\\-]"),
        (r"[a^b]", r"[a\^b]"),
        (r"\$\.\*\/", r"\$\.\*\/"),
        ("é", "é"),
    ],
)
def test_what_is_shared_is_spelt_plainly(pattern: str, spelt: str) -> None:
    assert portable(pattern) == spelt
    re.compile(spelt)


@pytest.mark.parametrize(
    "pattern",
    [
        *("(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "(?>a)", "(?P<n>a)", "(?<n>a)", "(?i)a", "(?#c)"),
        *(r"(a)\1", r"\k<n>", r"\bword", r"\s", r"\S", r"\pL", r"\p{L}", "\\u0041", r"\A", r"\Z"),
        *("a++", "a*+", "a?+", "a**", "a{2}{3}", "a??+", "*a", "+", "?", "|*", "(*)"),
        *("^a", "a$", "{", "}", "]", "a{,3}", "a{3,2}", "a{x}", "a{99999}", "(a{100}){11}"),
        *("(a", "a)", "[a", "[]", "[^]", "[[:alpha:]]", "[z-a]", r"[a-\d]", r"[\d-z]", "[a&&b]"),
        *("a\\", r"\é", r"\-", "[a--b]", "(" * 30 + ")" * 30),
    ],
)
def test_what_is_not_shared_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError) as caught:
        portable(pattern)
    assert caught.value.message
    assert caught.value.mend


@given(st.text(alphabet=r"ab01-^$.|?*+(){}[]\dwsDW,é", max_size=12))
def test_whatever_is_accepted_compiles(pattern: str) -> None:
    try:
        spelt = portable(pattern)
    except PatternError:
        return
    re.compile(spelt)
    assert portable(spelt) == spelt


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(pattern: str) -> None:
    with contextlib.suppress(PatternError):
        re.compile(portable(pattern))
