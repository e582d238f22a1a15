"""The query of a list: paging, order, filters, search and sparse fields, parsed once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from pydantic_core import PydanticCustomError

from src.contract.casing import json_name
from src.contract.fields import Day, Decimals, FieldType, Identifier, Integer, Moment, Number
from src.contract.schema import Representation
from src.contract.search import words_of
from src.errors import ApiError, Code, Detail, detail, invalid_parameter

DEFAULT_LIMIT: Final = 20
MAX_LIMIT: Final = 100
MAX_SORTS: Final = 3
MAX_VALUES: Final = 100
_LIMIT: Final = Integer(minimum=1, maximum=MAX_LIMIT)
_COMPARED: Final = (Integer, Number, Decimals, Day, Moment)
_UNBOUND: Final = ("limit", "cursor", "count", "fields")
_COMPARISONS: Final = ("gt", "gte", "lt", "lte")


class Sort(NamedTuple):
    """One key of the order."""

    attribute: str
    descending: bool


class Filter(NamedTuple):
    """One condition; ``operator`` is eq, ne, in, null, not_null, gt, gte, lt or lte."""

    attribute: str
    operator: str
    value: Any  # of the type of the member


@dataclass(frozen=True)
class ListQuery:
    """What one request for a list asks for."""

    limit: int = DEFAULT_LIMIT
    cursor: str | None = None
    sorts: tuple[Sort, ...] = ()
    filters: tuple[Filter, ...] = ()
    words: tuple[str, ...] = ()
    count: bool = False
    fields: tuple[str, ...] = ()
    canonical: tuple[tuple[str, str], ...] = ()
    """The parameters that a cursor is bound to, in order."""

    @property
    def sorted_by(self) -> list[str]:
        """The attributes of the order, ties apart."""
        return [sort.attribute for sort in self.sorts]


@dataclass(frozen=True)
class Listing:
    """What lists of one resource may be asked for."""

    representation: type[Representation]
    links: Mapping[str, str] = field(default_factory=dict)
    """The name that a many-to-many relation has as a filter, to its attribute."""

    def parse(self, pairs: Sequence[tuple[str, str]]) -> ListQuery:
        """Return the query that ``pairs`` of names and values ask for.

        Raises the 400 that names each faulty parameter once.
        """
        faults: dict[str, Detail] = {}
        found: dict[str, Any] = {"filters": []}  # the fields of ListQuery
        seen: set[str] = set()
        for name, text in pairs:
            try:
                if name in seen:
                    raise invalid_parameter(name, "repeated")
                seen.add(name)
                self._read(name, text, found)
            except PydanticCustomError as error:
                faults.setdefault(name, Detail(name, error.message()))
            except ApiError as error:
                faults.setdefault(name, error.details[0])
        if faults:
            raise ApiError(Code.INVALID_PARAMETER, details=list(faults.values()))
        found["filters"] = tuple(found["filters"])
        bound = sorted(pair for pair in pairs if pair[0] not in _UNBOUND)
        return ListQuery(**found, canonical=tuple(bound))

    def parse_fields(self, pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        """Return the members that a request for a single row asks for; none means all."""
        for name, _ in pairs:
            if name != "fields":
                raise invalid_parameter(name, "unknown")
        return self.parse(pairs).fields

    def _read(self, name: str, text: str, found: dict[str, Any]) -> None:  # as above
        if "\0" in text:
            raise invalid_parameter(name, "null_character")
        if name == "limit":
            found["limit"] = _LIMIT.accept_text(text)
        elif name == "cursor":
            found["cursor"] = text
        elif name == "count":
            found["count"] = _true_or_false(name, text)
        elif name == "sort":
            found["sorts"] = self._sorts(text)
        elif name == "fields":
            found["fields"] = self._fields(text)
        elif name == "q" and self.representation.searchable:
            found["words"] = words_of(text)
        else:
            found["filters"].append(self._filter(name, text))

    def _sorts(self, text: str) -> tuple[Sort, ...]:
        known = {json_name(attribute): attribute for attribute in self.representation.sortable}
        names = [(part.removeprefix("-"), part.startswith("-")) for part in text.split(",")]
        for name, _ in names:
            if name not in known:
                raise invalid_parameter("sort", "choice", values=", ".join(known))
        sorts = tuple(Sort(known[name], descending) for name, descending in names)
        if len(sorts) > MAX_SORTS:
            raise invalid_parameter("sort", "max_items", limit=MAX_SORTS)
        if len({sort.attribute for sort in sorts}) < len(sorts):
            raise invalid_parameter("sort", "duplicates")
        return sorts

    def _fields(self, text: str) -> tuple[str, ...]:
        known = {json_name(attribute): attribute for attribute in self.representation.model_fields}
        names = text.split(",")
        for name in names:
            if name not in known:
                raise invalid_parameter("fields", "choice", values=", ".join(known))
        if len(set(names)) < len(names):
            raise invalid_parameter("fields", "duplicates")
        return tuple(known[name] for name in names)

    def _filter(self, name: str, text: str) -> Filter:
        member, bracket, rest = name.partition("[")
        operator = rest.removesuffix("]") if bracket and rest.endswith("]") else ""
        if bracket and not operator:
            raise invalid_parameter(name, "unknown")
        if member in self.links and operator in ("", "in"):
            return _filter(self.links[member], Identifier(), operator, text, name)
        known = {json_name(attribute): attribute for attribute in self.representation.filterable}
        if member not in known:
            raise invalid_parameter(name, "unknown")
        kind = self.representation.member_type(known[member])
        return _filter(known[member], kind, operator, text, name)


def _filter(attribute: str, kind: FieldType, operator: str, text: str, name: str) -> Filter:
    if operator in ("", "ne"):
        return Filter(attribute, operator or "eq", kind.accept_text(text))
    if operator == "in":
        return Filter(attribute, operator, _several(kind, text, name))
    if operator == "null":
        return Filter(attribute, "null" if _true_or_false(name, text) else "not_null", None)
    if operator in _COMPARISONS and isinstance(kind, _COMPARED):
        return Filter(attribute, operator, kind.accept_text(text))
    raise ApiError(Code.INVALID_PARAMETER, details=[detail(name, "unknown")])


def _true_or_false(name: str, text: str) -> bool:
    if text not in ("true", "false"):
        raise invalid_parameter(name, "boolean")
    return text == "true"


def _several(kind: FieldType, text: str, name: str) -> tuple[Any, ...]:  # of the type of the member
    parts = text.split(",")
    if len(parts) > MAX_VALUES:
        raise invalid_parameter(name, "max_items", limit=MAX_VALUES)
    return tuple(kind.accept_text(part) for part in parts)
