"""Whatever comes in, a specification or a `SpecificationError` comes out."""

from __future__ import annotations

import datetime
from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stanchion.specification import (
    Specification,
    SpecificationError,
    load_specification,
    read_resources_file,
)

from .samples import thirty

VOCABULARY = """
    task project title name fields type string text integer decimal enum values default unique
    owner access read write parent public role:x nobody belongs_to many_to_many checks field
    not_null_when on_delete cascade set_null nullable max_length minimum filter sort user
"""
WORDS = st.sampled_from(VOCABULARY.split())
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | WORDS
    | st.binary(max_size=4)
    | st.dates()
    | st.sampled_from([10**30, datetime.datetime(2030, 1, 1), {1, 2}, object(), 1j])
)
KEYS = WORDS | st.text(max_size=6) | st.integers() | st.booleans() | st.none() | st.dates()
NONSENSE = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=25,
)
RELAXED = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def outcome(resources: object, auth: list[str]) -> object:
    try:
        return load_specification(resources, auth=auth, json_case="camel")
    except SpecificationError as error:
        require_readable(error)
        return error


def require_readable(error: SpecificationError) -> None:
    assert error.faults
    assert len(str(error).splitlines()) == len(error.faults) + 1
    assert str(error).encode()


@RELAXED
@given(NONSENSE, st.sampled_from([["jwt"], []]))
def test_nonsense_is_refused_or_understood(resources: object, auth: list[str]) -> None:
    assert isinstance(outcome(resources, auth), Specification | SpecificationError)


@RELAXED
@given(st.dictionaries(WORDS, st.dictionaries(WORDS, NONSENSE, max_size=4), max_size=3))
def test_nonsense_in_resources_is_refused_or_understood(resources: object) -> None:
    assert isinstance(outcome(resources, ["jwt"]), Specification | SpecificationError)


def _places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    entries = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [path, *(place for key, item in entries for place in _places(item, (*path, key)))]


SOUND = thirty()
PLACES = [place for place in _places(SOUND) if place]


@RELAXED
@given(st.sampled_from(PLACES), NONSENSE)
def test_one_part_of_a_sound_file_replaced_is_refused_or_understood(
    place: tuple[Any, ...], part: object
) -> None:
    resources: Any = deepcopy(SOUND)
    here = resources
    for key in place[:-1]:
        here = here[key]
    here[place[-1]] = part
    assert isinstance(outcome(resources, ["jwt"]), Specification | SpecificationError)


@RELAXED
@given(st.text(max_size=40) | st.text(alphabet="ab:{}[]&*!|>-?, \n\t\"'#%@`0:", max_size=40))
def test_any_text_of_a_file_is_read_or_refused(text: str) -> None:
    for content in (text, f"resources: {text}", f"resources:\n  {text}"):
        try:
            read_resources_file(content)
        except SpecificationError as error:
            require_readable(error)


def test_endless_and_huge_values_are_refused() -> None:
    endless: dict[str, object] = {}
    endless["task"] = endless
    deep: object = "x"
    for _ in range(3000):
        deep = {"a": deep}
    wide: dict[str, object] = {f"r{number}": {"fields": {}} for number in range(3000)}
    many = {"task": {"fields": {"a": {"type": "json", "default": [[0] * 1000] * 300}}}}
    huge = {"task": {"fields": {10**5000: {"type": "bigint", "maximum": 10**5000}}}}
    for nonsense in (endless, huge, {"task": deep}, wide, many):
        assert isinstance(outcome(nonsense, ["jwt"]), SpecificationError)
