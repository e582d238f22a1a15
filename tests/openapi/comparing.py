"""Whether two frameworks describe one service alike, up to what says the same in other words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

Json = Any  # any JSON


class Normalisation(NamedTuple):
    """One way in which documents may differ: what it is, and what takes it from an object."""

    name: str
    apply: Callable[[dict[str, Json]], dict[str, Json]]


def _sorted_lists(part: dict[str, Json]) -> dict[str, Json]:
    """Return an object whose lists without an order of their own are sorted."""
    return {
        key: sorted(value, key=_text) if key in _UNORDERED and isinstance(value, list) else value
        for key, value in part.items()
    }


def _without(*names: str) -> Callable[[dict[str, Json]], dict[str, Json]]:
    def apply(part: dict[str, Json]) -> dict[str, Json]:
        return {
            key: value
            for key, value in part.items()
            if key not in names or not isinstance(value, str)
        }

    return apply


def _without_null_default(part: dict[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in part.items() if key != "default" or value is not None}


def _nullable_as_any_of(part: dict[str, Json]) -> dict[str, Json]:
    """Return ``type: [x, null]`` as the choice between the two."""
    types = part.get("type")
    if not isinstance(types, list) or "null" not in types or len(types) != 2:
        return part
    [other] = [name for name in types if name != "null"]
    return {"anyOf": [{**part, "type": other}, {"type": "null"}]}


_UNORDERED = ("required", "enum", "type", "tags", "parameters", "anyOf", "security")

NORMALISATIONS = (
    Normalisation("lists without an order", _sorted_lists),
    Normalisation("titles", _without("title")),
    Normalisation("descriptions", _without("description", "summary")),
    Normalisation("a default of null", _without_null_default),
    Normalisation("null among types", _nullable_as_any_of),
)


def normalised(part: Json) -> Json:
    """Return a document, or a part of one, with every normalisation applied to each object."""
    if isinstance(part, list):
        return [normalised(entry) for entry in part]
    if not isinstance(part, dict):
        return part
    found = {key: normalised(value) for key, value in part.items()}
    for normalisation in NORMALISATIONS:
        found = normalisation.apply(found)
    return found


def differences(left: Json, right: Json) -> list[str]:
    """Return where two documents differ, each place with what either says."""
    return list(_differences(normalised(left), normalised(right), ""))


def _differences(left: Json, right: Json, place: str) -> Iterator[str]:
    if isinstance(left, dict) and isinstance(right, dict):
        for key in sorted({*left, *right}):
            here = f"{place}/{key}"
            if key not in right:
                yield f"{here}: only the first has {_text(left[key])}"
            elif key not in left:
                yield f"{here}: only the second has {_text(right[key])}"
            else:
                yield from _differences(left[key], right[key], here)
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for index, pair in enumerate(zip(left, right, strict=True)):
            yield from _differences(*pair, f"{place}/{index}")
    elif (type(left) is not type(right) and not _are_numbers(left, right)) or left != right:
        yield f"{place}: {_text(left)} and {_text(right)}"


def _are_numbers(left: Json, right: Json) -> bool:
    return all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in (left, right)
    )


def _text(value: Json) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)[:300]
