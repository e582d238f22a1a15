"""From Pydantic's errors to faults that name the place and the mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeGuard

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from ... import naming
from ...views import FIELD_TYPES
from ..faults import Fault
from ..language import (
    FIELD_MODELS,
    AccessDefinition,
    CheckDefinition,
    LinkDefinition,
    RelationDefinition,
    ResourceDefinition,
    ResourcesFile,
)
from ..words import Path, any_of, nearest, place, quoted_words, shown, write_one_of
from .expected import NAME_RULE, SYNONYMS, TYPE_SYNONYMS, expected_at

_NAME_KEYS = {"plural", "resource", "field", "renamed_from", "many_to_many"}
_ENTRIES: Mapping[str, type[BaseModel]] = {
    "belongs_to": RelationDefinition,
    "many_to_many": LinkDefinition,
    "checks": CheckDefinition,
}


class ShapeError(NamedTuple):
    """One of Pydantic's errors, with its place in what was written."""

    path: Path
    kind: str
    value: object
    is_key: bool = False


def locate(error: ErrorDetails, data: object) -> ShapeError:
    """Find where in the data an error stands; Pydantic's places hold names of types too.

    Args:
        error: One of Pydantic's errors.
        data: What was validated.

    Returns:
        The error with its own place.
    """
    path: Path = ()
    here, parts = data, list(error["loc"])
    missing = parts.pop() if error["type"] in ("missing", "extra_forbidden") else None
    for number, part in enumerate(parts):
        is_type = len(path) == 4 and path[2] == "fields" and number == 4
        if not is_type and _holds(here, part):
            path, here = (*path, part), here[part]
    if missing is not None:
        path = (*path, missing)
        here = here.get(missing) if isinstance(here, dict) else None
    return ShapeError(path, error["type"], here, is_key="[key]" in parts)


def _holds(here: object, part: str | int) -> TypeGuard[dict[str | int, object]]:
    if isinstance(here, dict):
        return part in here
    return isinstance(here, list) and isinstance(part, int) and part < len(here)


def translate(error: ShapeError, data: object) -> Fault:
    """Say what is wrong, and what would do.

    Args:
        error: An error with its place.
        data: What was validated.

    Returns:
        The fault.
    """
    message, mend = _explain(error, data)
    return Fault(place(error.path), message, mend)


def _explain(error: ShapeError, data: object) -> tuple[str, str]:
    if error.kind == "extra_forbidden":
        return _unknown_key(error.path, data)
    if error.kind == "missing":
        key = str(error.path[-1])
        return f"{key} is missing", f"write {expected_at(error.path).example}"
    if error.kind in ("union_tag_not_found", "union_tag_invalid"):
        return _bad_type(error.value)
    if error.is_key:
        return _bad_name(error.path[-1])
    return _bad_value(error)


def _unknown_key(path: Path, data: object) -> tuple[str, str]:
    key, known = str(path[-1]), _known_keys(path, data)
    types = [name for name, model in FIELD_MODELS.items() if key in model.model_fields]
    if types and len(path) == 5 and path[2] == "fields":
        own = _type_of(path, data)
        return f"means nothing for the type {own}", f"take it away: it is for {any_of(types)}"
    if key in SYNONYMS and key not in known:
        return "is not a key of the language", SYNONYMS[key]
    close = nearest(key, known)
    mend = f"write {close}" if close else f"known here: {', '.join(known)}"
    return "is not a key of the language", mend


def _known_keys(path: Path, data: object) -> Sequence[str]:
    if len(path) == 1:
        return list(ResourcesFile.model_fields)
    if len(path) == 3:
        return list(ResourceDefinition.model_fields)
    section = str(path[2])
    if section == "access":
        return list(AccessDefinition.model_fields)
    model = _ENTRIES.get(section) or FIELD_MODELS[_type_of(path, data)]
    return list(model.model_fields)


def _type_of(path: Path, data: object) -> str:
    here = data
    for part in path[:4]:
        here = here[part] if _holds(here, part) else None
    kind = here.get("type") if isinstance(here, dict) else None
    return kind if isinstance(kind, str) and kind in FIELD_MODELS else "string"


def _bad_type(value: object) -> tuple[str, str]:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind is None:
        return "has no type", f"write type: and one of {', '.join(FIELD_TYPES)}"
    if isinstance(kind, str) and kind.lower() in TYPE_SYNONYMS:
        return f"{shown(kind)} is not a type", f"write type: {TYPE_SYNONYMS[kind.lower()]}"
    return f"{shown(kind)} is not a type", write_one_of(kind, FIELD_TYPES)


def _bad_name(key: object) -> tuple[str, str]:
    message = f"{shown(key)} is not a name ({NAME_RULE})"
    suggestion = naming.suggest_name(str(key))[:40].rstrip("_")
    return message, f"write {suggestion}" if suggestion else "write another name"


def _bad_value(error: ShapeError) -> tuple[str, str]:
    path, value = error.path, error.value
    expected = expected_at(path)
    if value is None:
        return "has no value", f"write {expected.example}"
    words = quoted_words(value) if _wants_text(path) else None
    if words:
        return f"YAML reads this as {shown(value)}, not as a word", f"write {words}"
    if isinstance(value, str) and _wants_name(path):
        return _bad_name(value)
    if len(path) > 3 and path[2] == "access" and isinstance(value, str):
        return f"{shown(value)} is not a rule", _rule_mend(value)
    return f"{shown(value)} is not {expected.what}", f"write {expected.example}"


def _rule_mend(value: str) -> str:
    kinds = ("public", "authenticated", "owner", "parent", "nobody")
    close = nearest(value, kinds)
    name = naming.suggest_name(value.removeprefix("role:"))
    if value.startswith("role:") and naming.is_name(name):
        return f'write "role:{name}"'
    return f"write {close}" if close else f'write {any_of(kinds)}, or "role:{name or "editor"}"'


def _last_key(path: Path) -> str:
    return next((part for part in reversed(path) if isinstance(part, str)), "")


def _wants_name(path: Path) -> bool:
    in_tuple = len(path) == 5 and path[2] == "unique"
    return in_tuple or _last_key(path) in _NAME_KEYS


def _wants_text(path: Path) -> bool:
    if len(path) == 5 and path[2] == "unique":
        return True
    if path[2:3] == ("access",):
        return len(path) > 3
    return _wants_name(path) or (
        _last_key(path) in ("values", "table", "column", "description", "pattern", "default")
        and path[-1] != "values"
    )
