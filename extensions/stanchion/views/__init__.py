"""What templates and emitters see: the specification, worked out, in no particular language."""

from __future__ import annotations

from .access import METHODS, Access, Rule
from .fields import Column, Field, Member
from .names import Names
from .relations import Link, Reference, Relation
from .resource import Resource
from .service import Specification
from .storage import Check, Condition, Index, Unique
from .types import FIELD_TYPES

__all__ = [
    "FIELD_TYPES",
    "METHODS",
    "Access",
    "Check",
    "Column",
    "Condition",
    "Field",
    "Index",
    "Link",
    "Member",
    "Names",
    "Reference",
    "Relation",
    "Resource",
    "Rule",
    "Specification",
    "Unique",
]
