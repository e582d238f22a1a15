"""The JSON Schema of `resources.yml`, made from the models that parse it."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from .language import ResourcesFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Plain(GenerateJsonSchema):
    """Leaves out titles, which only repeat the keys."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # Pydantic's own type
        return False


def resources_schema() -> dict[str, object]:
    """Describe `resources.yml` for editors.

    Returns:
        A JSON Schema: keys, types and names; what depends on other parts is checked elsewhere.
    """
    schema = ResourcesFile.model_json_schema(schema_generator=_Plain)
    definitions = schema.pop("$defs")
    for definition in (schema, *definitions.values()):
        _tidy(definition)
    _close(schema)
    _close(definitions)
    return {"$schema": DIALECT, **schema, "title": "resources.yml", "$defs": definitions}


def _tidy(definition: dict[str, Any]) -> None:
    """Say that a key may be left out, not that it may be null; only a default may."""
    definition.pop("title", None)
    for name, part in definition.get("properties", {}).items():
        if part.get("default", ...) is None:
            del part["default"]
        alternatives = part.get("anyOf", [])
        if name == "default" or {"type": "null"} not in alternatives:
            continue
        kept = [alternative for alternative in alternatives if alternative != {"type": "null"}]
        if len(kept) == 1:
            del part["anyOf"]
            part.update(kept[0])
        else:
            part["anyOf"] = kept


def _close(part: object) -> None:
    """Refuse keys that are no names, wherever names are keys."""
    if isinstance(part, dict):
        if "patternProperties" in part:
            part["additionalProperties"] = False
        for value in part.values():
            _close(value)
    elif isinstance(part, list):
        for value in part:
            _close(value)
