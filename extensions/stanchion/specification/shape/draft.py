"""The draft: every part of a specification that is well-formed, whatever its neighbours are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from ..faults import Fault
from ..language import ResourceDefinition, ResourcesFile
from ..words import Path
from .plain import DROPPED, PlainReader
from .translate import ShapeError, locate, translate

_ENTRY_DEPTH = 4
_MOST_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Draft:
    """What further checks look at.

    Attributes:
        definitions: The well-formed parts.
        written: Every name under `fields` and `belongs_to`, by resource, well-formed or not.
        faults: What was wrong with the rest.
        damaged: Fields, relations, rules and so on of which a part was left out.
    """

    definitions: Mapping[str, ResourceDefinition]
    written: Mapping[str, frozenset[str]]
    faults: Sequence[Fault]
    damaged: frozenset[Path]


def read_draft(resources: object) -> Draft:
    """Take what is well-formed and name what is not.

    Args:
        resources: The answer `resources`, whatever it is.

    Returns:
        The draft; complete where it has no faults.
    """
    reader = PlainReader()
    plain = reader.read(resources, ("resources",))
    if plain is DROPPED:
        return Draft({}, {}, [fault for _, fault in reader.faults], frozenset())
    data: dict[str, object] = {"resources": plain}
    written = _written(resources)
    found = [*reader.faults]
    damaged = {path[:_ENTRY_DEPTH] for path, _ in reader.faults}
    file, errors = _validate(data)
    found += [(error.path, translate(error, data)) for error in errors]
    for _ in range(_MOST_ROUNDS):
        if file is not None:
            break
        damaged |= {error.path[:_ENTRY_DEPTH] for error in errors}
        _prune(data, errors)
        file, errors = _validate(data)
    well_formed = file.resources if file else {}
    return Draft(well_formed, written, [fault for _, fault in found], frozenset(damaged))


def _validate(data: dict[str, object]) -> tuple[ResourcesFile | None, list[ShapeError]]:
    """Validate once; of the errors of a union, keep those that reach deepest."""
    try:
        return ResourcesFile.model_validate(data), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False, include_input=False)
    errors = [locate(detail, data) for detail in details]
    first = {(e.path, e.is_key): e for e in reversed(errors)}
    reached = {e.path for e in errors}
    deepest = [
        e for e in first.values() if e.is_key or not any(_within(p, e.path) for p in reached)
    ]
    return None, deepest[::-1]


def _within(inner: Path, outer: Path) -> bool:
    return len(inner) > len(outer) and inner[: len(outer)] == outer


def _prune(data: dict[str, object], errors: Sequence[ShapeError]) -> None:
    """Take out what an error names, or the entry that it makes useless."""
    paths = {_useless(error) for error in errors}
    for path in sorted(paths, key=lambda path: [str(part).zfill(9) for part in path], reverse=True):
        _remove(data, path)


def _useless(error: ShapeError) -> Path:
    if error.kind == "missing":
        return error.path[:-1]
    whole = error.path[2:3] in (("checks",), ("unique",))
    return error.path[: _ENTRY_DEPTH if whole else _ENTRY_DEPTH + 1]


def _remove(data: dict[str, object], path: Path) -> None:
    """Delete one entry; the whole of `resources` becomes empty instead."""
    if len(path) < 2:
        data.clear()
        data["resources"] = {}
        return
    here: object = data
    for part in path[:-1]:
        here = _child(here, part)
    last = path[-1]
    if isinstance(here, dict):
        here.pop(last, None)
    elif isinstance(here, list) and isinstance(last, int):
        del here[last : last + 1]


def _child(here: object, part: str | int) -> object:
    if isinstance(here, dict):
        return here.get(part)
    if isinstance(here, list) and isinstance(part, int) and part < len(here):
        return here[part]
    return None


def _written(resources: object) -> dict[str, frozenset[str]]:
    """List names from what was given, so that a damaged part is not taken for a missing one."""
    return {
        name: frozenset(
            key
            for section in ("fields", "belongs_to")
            for key in _items(_items(definition).get(section))
        )
        for name, definition in _items(resources).items()
    }


def _items(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        return {}
    return {key: item for key, item in value.items() if isinstance(key, str)}
