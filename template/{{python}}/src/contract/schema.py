"""What the schemas of all resources have in common."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from src.contract.casing import json_name
from src.contract.fields import FieldType
from src.errors import ApiError, Code, Detail, detail

UNCHANGED: Any = Field(default_factory=lambda: None)  # typed Any, as pydantic types Field itself
"""The default of each member of a patch: a member that is left out stays as it is."""

_KNOWN_FAULTS = {"missing": "required", "extra_forbidden": "unknown"}


class Schema(BaseModel):
    """A set of members with their types, under the clients' names."""

    model_config = ConfigDict(alias_generator=json_name, extra="forbid", frozen=True)

    @classmethod
    @lru_cache(maxsize=1024)
    def member_type(cls, attribute: str) -> FieldType:
        """Return the type of the member ``attribute``; ``KeyError`` where there is none."""
        info = cls.model_fields[attribute]
        found = [entry for entry in info.metadata if isinstance(entry, FieldType)]
        return found[0] if found else _inner_type(info.annotation)


class NotNullWhen(NamedTuple):
    """``field`` may not be null while every other member named has the value given."""

    field: str
    others: Mapping[str, object]

    def broken_by(self, values: Mapping[str, object]) -> bool:
        """Return whether a row with ``values`` breaks the rule."""
        return values.get(self.field) is None and all(
            values.get(name) == value for name, value in self.others.items()
        )


class Input(Schema):
    """The body of a request."""

    conditions: ClassVar[tuple[NotNullWhen, ...]] = ()

    @classmethod
    def parse(cls, body: object) -> Self:
        """Return the members of ``body``; raise the 422 that names each faulty one once."""
        try:
            return cls.model_validate(body)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_input=False)
            details = {found.field: found for found in map(_detail, reversed(faults))}
            ordered = tuple(reversed(details.values()))
            raise ApiError(Code.VALIDATION_ERROR, details=ordered) from None

    def given(self) -> dict[str, Any]:  # values are of any type that a column has
        """Return the members that the body named."""
        return {name: getattr(self, name) for name in self.model_fields_set}

    def values(self) -> dict[str, Any]:  # values are of any type that a column has
        """Return every member, defaults included."""
        return {name: getattr(self, name) for name in type(self).model_fields}

    @classmethod
    def check_conditions(cls, values: Mapping[str, object]) -> None:
        """Raise a 422 where the row that ``values`` would make breaks a rule between members."""
        broken = [rule.field for rule in cls.conditions if rule.broken_by(values)]
        if broken:
            details = [detail(json_name(field), "not_null_when") for field in broken]
            raise ApiError(Code.VALIDATION_ERROR, details=details)


class Representation(Schema):
    """A resource as it is answered; its members are listed by name, here and nowhere else."""

    filterable: ClassVar[tuple[str, ...]] = ()
    sortable: ClassVar[tuple[str, ...]] = ()
    searchable: ClassVar[tuple[str, ...]] = ()


def _inner_type(annotation: object) -> FieldType:
    """Return the type inside ``Annotated[...] | None``."""
    for option in getattr(annotation, "__args__", ()):
        for entry in getattr(option, "__metadata__", ()):
            if isinstance(entry, FieldType):
                return entry
    raise TypeError(f"{annotation} has no field type")


def _detail(fault: ErrorDetails) -> Detail:
    field = str(fault["loc"][0]) if fault["loc"] else ""
    if fault["type"] == "contract":
        return Detail(field, fault["msg"])
    return detail(field, _KNOWN_FAULTS.get(fault["type"], "object"))
