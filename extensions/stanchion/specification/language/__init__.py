"""The specification language as Pydantic models: what may be written, and of which shape."""

from __future__ import annotations

from .fields import FIELD_MODELS, FieldDefinition
from .resources import (
    AccessDefinition,
    CheckDefinition,
    LinkDefinition,
    RelationDefinition,
    ResourceDefinition,
    ResourcesFile,
)

__all__ = [
    "FIELD_MODELS",
    "AccessDefinition",
    "CheckDefinition",
    "FieldDefinition",
    "LinkDefinition",
    "RelationDefinition",
    "ResourceDefinition",
    "ResourcesFile",
]
