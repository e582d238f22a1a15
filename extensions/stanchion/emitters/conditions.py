"""What check constraints say, as SQL, whoever prints it: tables in code, or migrations."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from ..views import Check, Field, Resource

Condition = Callable[["Print"], str]


class Print:
    """How one printer writes the parts of a condition for one database."""

    def __init__(self, database: str, column: Callable[[str], str]) -> None:
        self.database = database
        self.column = column

    def value(self, value: object) -> str:
        """Return a value as SQL writes it."""
        if isinstance(value, bool):
            return str(int(value)) if self.database == "sqlite" else str(value).lower()
        if not isinstance(value, str):
            return str(value)
        if self.database == "mysql":
            value = value.replace("\\", "\\\\")
        return "'" + value.replace("'", "''") + "'"


def checks_of(resource: Resource) -> list[tuple[str, Condition]]:
    """Return the name and the condition of each check constraint of a table."""
    checks = [
        (field.check_name, _of_field(field))
        for field in resource.fields
        if field.is_enum or field.minimum is not None or field.maximum is not None
    ]
    return checks + [(check.name, _between(check)) for check in resource.checks]


def _of_field(field: Field) -> Condition:
    """Return the condition that holds an enum's values or a number's bounds."""

    def say(print_: Print) -> str:
        column = print_.column(field.column)
        if field.is_enum:
            return f"{column} in ({', '.join(map(print_.value, field.values))})"
        bounds = [
            f"{column} {sign} {_bound(field, bound, print_)}"
            for sign, bound in ((">=", field.minimum), ("<=", field.maximum))
            if bound is not None
        ]
        return " and ".join(bounds)

    return say


def _bound(field: Field, bound: object, print_: Print) -> str:
    if not field.is_decimal:
        return print_.value(bound)
    exact = Decimal(str(bound))
    if print_.database == "sqlite":  # which stores a decimal as its smallest units
        return str(int(exact.scaleb(field.scale or 0)))
    return str(exact)


def _between(check: Check) -> Condition:
    """Return the condition that a field is given while others have certain values."""

    def say(print_: Print) -> str:
        parts = [f"{print_.column(check.column)} is not null"]
        parts += [
            f"{print_.column(when.column)} <> {print_.value(when.value)}"
            for when in check.not_null_when
        ]
        return " or ".join(parts)

    return say
