"""What a table holds besides columns: unique sets, checks and indexes, all named."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unique:
    """Columns that no two rows share; rows with a null among them never collide.

    Attributes:
        name: The constraint's name.
        columns: The columns, in order.
        attributes: The same as they are called in code.
        members: The clients' names for the details of a 409; the owner is not one of them.
        fields: The names of fields and relations as specified, `owner` too.
    """

    name: str
    columns: tuple[str, ...]
    attributes: tuple[str, ...]
    members: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """One field having one value."""

    field: str
    column: str
    json_name: str
    value: str | int | bool


@dataclass(frozen=True, slots=True)
class Check:
    """A field that may not be null while conditions hold.

    Attributes:
        name: The constraint's name.
        label: As specified, such as `budget_when_active`.
        field: The field that must be given.
        column: Its column.
        json_name: The clients' name of it, for the details of a 422.
        not_null_when: Conditions that must all hold for the check to bite.
    """

    name: str
    label: str
    field: str
    column: str
    json_name: str
    not_null_when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """An index that serves lists.

    Attributes:
        name: Its name.
        columns: The columns, in order; ascending.
        attributes: The same as they are called in code.
        nulls_first: Those among the columns that may be null; null is smaller than every value.
    """

    name: str
    columns: tuple[str, ...]
    attributes: tuple[str, ...]
    nulls_first: tuple[str, ...] = ()
