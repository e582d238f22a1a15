"""JSON Schemas of what clients send and get."""

import json
from functools import lru_cache
from typing import Any, Final, Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import CoreSchema
from typing_extensions import Doc

from src.contract.casing import json_name
from src.contract.describe.components import Component, JsonSchema
from src.contract.encoding import to_json
from src.contract.listing import MAX_LIMIT
from src.contract.schema import Representation
from src.errors import Code

_DETAIL: Final[JsonSchema] = {
    "type": "object",
    "properties": {
        "field": {
            "type": "string",
            "description": "The member or parameter at fault; empty for the body as a whole.",
        },
        "message": {"type": "string", "description": "What is wrong with it, for people."},
    },
    "required": ["field", "message"],
    "additionalProperties": False,
}

ERROR: Final = Component(
    "schemas",
    "Error",
    {
        "type": "object",
        "description": "What every answer with a status of 400 or above holds.",
        "properties": {
            "error": {
                "type": "object",
                "properties": {
                    "code": {
                        "type": "string",
                        "enum": [code.value for code in Code],
                        "description": "What programs may branch on.",
                    },
                    "message": {"type": "string", "description": "The same for people."},
                    "details": {"type": "array", "items": _DETAIL},
                },
                "required": ["code", "message", "details"],
                "additionalProperties": False,
            }
        },
        "required": ["error"],
        "additionalProperties": False,
    },
)


class _Generator(GenerateJsonSchema):
    """Pydantic's schemas without titles, which only repeat the members' names."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # narrower than Pydantic's own type
        return False

    def encode_default(self, dft: Any) -> Any:  # any value, and any JSON
        """Return a default as answers write it."""
        return json.loads(to_json(dft))

    def generate(self, schema: CoreSchema, mode: Any = "validation") -> JsonSchema:  # as Pydantic
        """Return the schema of one model."""
        return {key: part for key, part in super().generate(schema, mode).items() if key != "title"}


@lru_cache(maxsize=512)
def schema_of(model: type[BaseModel]) -> Component:
    """Return the schema of ``model``: what is answered, or what is taken."""
    mode: Literal["serialization", "validation"] = (
        "serialization" if issubclass(model, Representation) else "validation"
    )
    content = model.model_json_schema(
        schema_generator=_Generator, mode=mode, ref_template="#/components/schemas/{model}"
    )
    for attribute, info in model.model_fields.items():
        if text := _documentation(info):
            part = content["properties"][info.alias or attribute]
            part["description"] = f"{text} {part.get('description', '')}".rstrip()
    return Component("schemas", model.__name__, content)


def _documentation(info: FieldInfo) -> str | None:
    """Return what ``Doc`` says of a member, also inside ``Annotated[...] | None``."""
    options = getattr(info.annotation, "__args__", ())
    inner = [entry for option in options for entry in getattr(option, "__metadata__", ())]
    texts = [entry.documentation for entry in (*info.metadata, *inner) if isinstance(entry, Doc)]
    return texts[0] if texts else None


@lru_cache(maxsize=256)
def readable(model: type[Representation]) -> JsonSchema:
    """Return the schema of one row that was asked for: whole, or what ``fields`` named of it."""
    whole = schema_of(model)
    members = {key: part for key, part in whole.content.items() if key != "required"}
    about = f"The members of {model.__name__} that `fields` named, and no others."
    sparse = {**members, "description": about, "minProperties": 1}
    return {"anyOf": [whole, Component("schemas", f"{model.__name__}Sparse", sparse)]}


@lru_cache(maxsize=256)
def page_of(model: type[Representation]) -> Component:
    """Return the schema of one page of rows."""
    info = {
        json_name("limit"): {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT},
        json_name("has_more"): {"type": "boolean"},
        json_name("next_cursor"): {
            "anyOf": [{"type": "string"}, {"type": "null"}],
            "description": "The `cursor` of the next page; null on the last one.",
        },
    }
    total = {"type": "integer", "minimum": 0, "description": "Rows of all pages, with `count`."}
    page = _closed(info)
    page["properties"][json_name("total")] = total
    members = {
        "data": {"type": "array", "items": readable(model), "maxItems": MAX_LIMIT},
        "page": page,
    }
    return Component("schemas", f"{model.__name__}Page", _closed(members))


def _closed(properties: JsonSchema) -> JsonSchema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
