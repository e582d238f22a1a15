"""Zod: the schemas of a Node service, as ``src/schemas/`` defines them.

Types of members come from ``src/lib/contract/fields/``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from inspect import cleandoc
from typing import Any

from ..views import Field, Member, Resource
from . import python
from .drizzle import default_value
from .script_imports import Imports
from .typescript import attribute, literal

_SIMPLE_TYPES = {
    "boolean": "boolean()",
    "date": "day()",
    "datetime": "moment()",
    "uuid": "identifier()",
    "json": "json()",
    "uuid_list": "identifiers()",
}
_COUNT = "integer({ minimum: 1 })"


def _call(name: str, **options: object) -> str:
    given = [f"{key}: {literal(value)}" for key, value in options.items() if value is not None]
    return f"{name}({{ {', '.join(given)} }})" if given else f"{name}()"


def _text(field: Field) -> str:
    return _call(
        "text", minLength=field.min_length, maxLength=field.max_length, pattern=field.pattern
    )


def _whole(field: Field) -> str:
    return _call(
        field.type, minimum=field.minimum, maximum=field.maximum, multipleOf=field.multiple_of
    )


def _decimal(field: Field) -> str:
    limits = {"minimum": field.minimum, "maximum": field.maximum, "multipleOf": field.multiple_of}
    exact = {name: None if limit is None else Decimal(str(limit)) for name, limit in limits.items()}
    return _call("decimal", precision=field.precision, scale=field.scale, **exact)


_BOUNDED_TYPES: dict[str, Callable[[Field], str]] = {
    "string": _text,
    "text": _text,
    "email": lambda f: _call("email", maxLength=f.max_length),
    "url": lambda f: _call("url", maxLength=f.max_length),
    "enum": lambda f: f"choice({', '.join(map(literal, f.values))})",
    "integer": _whole,
    "bigint": _whole,
    "number": lambda f: _call("number", minimum=f.minimum, maximum=f.maximum),
    "decimal": _decimal,
}


def _type(member: Member) -> str:
    if member.type in _SIMPLE_TYPES:
        return _SIMPLE_TYPES[member.type]
    return _BOUNDED_TYPES[member.type](member.field) if member.field else _COUNT


def member(view: Member) -> str:
    """Return a member of a representation, such as ``dueOn: fields.day().nullable()``."""
    parts = [f"fields.{_type(view)}"]
    if view.nullable:
        parts.append("nullable()")
    if view.field is not None and view.field.description:
        parts.append(f"describe({literal(view.field.description)})")
    return f"{attribute(view.name)}: {'.'.join(parts)}"


def create_member(view: Member) -> str:
    """Return a member of a create, with the default that it has unless it is required."""
    return member(view) if view.required else f"{member(view)}.default({_default(view)})"


def _default(view: Member) -> str:
    if view.is_link:
        return "[]"
    return default_value(view.field) if view.field and view.field.has_default else "null"


def update_member(view: Member) -> str:
    """Return a member of a patch, which may lack."""
    return f"{member(view)}.optional()"


def representation_options(resource: Resource) -> str:
    """Return what a representation is besides its members."""
    options = [f"description: {literal(cleandoc(python.summary(resource)))}"]
    for name, listed in (
        ("filterable", python.filterable(resource)),
        ("sortable", python.sortable(resource)),
        ("searchable", python.searchable(resource)),
    ):
        if listed:
            options.append(f"{name}: {literal(list(map(attribute, listed)))}")
    if resource.checks:
        options.append(f"conditions: [{', '.join(_conditions(resource))}]")
    return f"{{ {', '.join(options)} }}"


def _conditions(resource: Resource) -> Iterable[str]:
    """Return the rules between members."""
    for check in resource.checks:
        others: Mapping[str, object] = {
            attribute(when.field): when.value for when in check.not_null_when
        }
        yield f"{{ field: {literal(attribute(check.field))}, others: {literal(others)} }}"


def schema_imports(resource: Resource) -> str:
    """Return the import of what makes a resource's schemas."""
    imports = Imports()
    allows = resource.access.allows
    imports.add("../lib/contract/schema.ts", "representation")
    if allows("create") or allows("update"):
        imports.add("../lib/contract/schema.ts", "input")
    return imports.render()


FILTERS: dict[str, Callable[..., Any]] = {
    "zod_member": member,
    "zod_create_member": create_member,
    "zod_update_member": update_member,
    "zod_options": representation_options,
    "zod_imports": schema_imports,
}
