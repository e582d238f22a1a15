"""The types of fields: what each accepts, and how it is described.

A schema annotates a member with one of them: ``Annotated[str, Text(max_length=200)]``.
"""

from src.contract.fields.base import FieldType, JsonSchema, fault
from src.contract.fields.numbers import Decimals, Integer, Number
from src.contract.fields.plain import Boolean, Choice, Identifier, Identifiers, Json
from src.contract.fields.texts import Email, Text, Url
from src.contract.fields.times import Day, Moment, format_moment

__all__ = [
    "Boolean",
    "Choice",
    "Day",
    "Decimals",
    "Email",
    "FieldType",
    "Identifier",
    "Identifiers",
    "Integer",
    "Json",
    "JsonSchema",
    "Moment",
    "Number",
    "Text",
    "Url",
    "fault",
    "format_moment",
]
