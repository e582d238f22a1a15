"""Python: how fields and resources become columns, schemas and policies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from ..views import Field, Member, Resource, Rule, Specification
from .imports import Imports

# type -> (Python type, what is imported for it)
PYTHON_TYPES: dict[str, tuple[str, tuple[str, ...]]] = {
    "string": ("str", ()),
    "text": ("str", ()),
    "integer": ("int", ()),
    "bigint": ("int", ()),
    "number": ("float", ()),
    "decimal": ("Decimal", ("decimal", "Decimal")),
    "boolean": ("bool", ()),
    "date": ("dt.date", ("datetime as dt",)),
    "datetime": ("dt.datetime", ("datetime as dt",)),
    "uuid": ("UUID", ("uuid", "UUID")),
    "enum": ("str", ()),
    "email": ("str", ()),
    "url": ("str", ()),
    "json": ("object", ()),
    "uuid_list": ("list[UUID]", ("uuid", "UUID")),
}

EMAIL_LENGTH = 254
URL_LENGTH = 2048
INT53 = 2**53 - 1


def literal(value: object) -> str:
    """Return ``value`` as Python writes it."""
    if isinstance(value, Decimal):
        return f'Decimal("{value}")'
    if isinstance(value, str):
        return repr(value)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{literal(k)}: {literal(v)}' for k, v in value.items())}}}"
    if isinstance(value, list | tuple):
        parts = ", ".join(literal(part) for part in value)
        return f"[{parts}]" if isinstance(value, list) else f"({parts}{',' * (len(value) == 1)})"
    return repr(value)


def _call(name: str, arguments: Iterable[str]) -> str:
    return f"{name}({', '.join(arguments)})"


def _keywords(**values: object) -> list[str]:
    return [f"{name}={literal(value)}" for name, value in values.items() if value is not None]


def field_type(view: Member | Field) -> str:
    """Return the field type of a member, such as ``fields.Text(max_length=200)``."""
    return f"fields.{_field_type(view)}"


def _field_type(view: Member | Field) -> str:
    field = view.field if isinstance(view, Member) else view
    if view.type == "uuid_list":
        return "Identifiers()"
    if view.type in _SIMPLE_TYPES or field is None:
        return _SIMPLE_TYPES.get(view.type, "Integer(minimum=1)")
    return _BOUNDED_TYPES[view.type](field)


_SIMPLE_TYPES = {
    "boolean": "Boolean()",
    "date": "Day()",
    "datetime": "Moment()",
    "uuid": "Identifier()",
    "json": "Json()",
}


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


_BOUNDED_TYPES: dict[str, Callable[[Field], str]] = {
    "string": lambda f: _call("Text", _text_bounds(f)),
    "text": lambda f: _call("Text", _text_bounds(f)),
    "email": lambda f: _call("Email", _keywords(max_length=f.max_length)),
    "url": lambda f: _call("Url", _keywords(max_length=f.max_length)),
    "enum": lambda f: _call("Choice", [literal(value) for value in f.values]),
    "integer": lambda f: _call("Integer", _number_bounds(f)),
    "bigint": lambda f: _call(
        "Integer",
        _keywords(
            minimum=-INT53 if f.minimum is None else f.minimum,
            maximum=INT53 if f.maximum is None else f.maximum,
            multiple_of=f.multiple_of,
        ),
    ),
    "number": lambda f: _call("Number", _number_bounds(f)),
    "decimal": lambda f: _call(
        "Decimals",
        _keywords(
            precision=f.precision,
            scale=f.scale,
            minimum=_decimal(f.minimum),
            maximum=_decimal(f.maximum),
            multiple_of=_decimal(f.multiple_of),
        ),
    ),
}


def _text_bounds(field: Field) -> list[str]:
    return _keywords(
        min_length=field.min_length, max_length=field.max_length, pattern=field.pattern
    )


def _number_bounds(field: Field) -> list[str]:
    return _keywords(minimum=field.minimum, maximum=field.maximum, multiple_of=field.multiple_of)


def annotation(member: Member) -> str:
    """Return the annotation of a schema's member."""
    inner = [PYTHON_TYPES[member.type][0], field_type(member)]
    if member.field is not None and member.field.description:
        inner.append(f"Doc({literal(member.field.description)})")
    annotated = f"Annotated[{', '.join(inner)}]"
    return f"{annotated} | None" if member.nullable else annotated


def default_value(field: Field) -> str:
    """Return a field's default as a value of its column's type."""
    value = field.default
    if value is not None and field.is_decimal:
        return f'Decimal("{Decimal(str(value)):.{field.scale or 0}f}")'
    if value is None or field.type not in _DEFAULTS:
        return literal(value)
    return _DEFAULTS[field.type](str(value))


def _moment(text: str) -> str:
    moment = dt.datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(dt.UTC)
    millisecond = moment.microsecond // 1000 * 1000
    parts = [moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second]
    return _call("dt.datetime", [*map(str, [*parts, millisecond]), "tzinfo=dt.UTC"])


_DEFAULTS: dict[str, Callable[[str], str]] = {
    "number": lambda text: repr(float(text)),
    "date": lambda text: _call("dt.date", map(str, dt.date.fromisoformat(text).timetuple()[:3])),
    "datetime": _moment,
    "uuid": lambda text: f'UUID("{text.lower()}")',
}


def create_default(member: Member) -> str:
    """Return the default of a create's member, with its equals sign; empty where required."""
    if member.required:
        return ""
    if member.is_link:
        return " = Field(default_factory=list)"
    field = member.field
    if field is None or not field.has_default:
        return " = None"
    if isinstance(field.default, dict | list):
        return f" = Field(default_factory=lambda: {literal(field.default)})"
    return f" = {default_value(field)}"


def schema_imports(resource: Resource) -> str:
    """Return the imports of a resource's schemas."""
    imports = Imports()
    imports.add("typing", "Annotated")
    imports.add("src.contract", "fields", "schema")
    for member in printed_members(resource):
        _need(imports, member)
    return imports.render()


def printed_members(resource: Resource) -> list[Member]:
    """Return every member that some schema of a resource lists."""
    create = resource.create_members if resource.access.allows("create") else ()
    update = resource.update_members if resource.access.allows("update") else ()
    return [*resource.read_members, *create, *update]


def _need(imports: Imports, member: Member) -> None:
    needed = PYTHON_TYPES[member.type][1]
    if needed:
        imports.add(needed[0], *needed[1:])
    field = member.field
    if field is not None and field.description:
        imports.add("typing_extensions", "Doc")
    if field is not None and "Decimal(" in field_type(member):
        imports.add("decimal", "Decimal")
    if " Field(" in create_default(member) and not member.required:
        imports.add("pydantic", "Field")


def rule(view: Rule, resource: Resource) -> str:
    """Return a rule as policies write it."""
    if view.is_role:
        return f"role({literal(view.role)})"
    if view.relation is not None:
        return f"parent({literal(resource.relation(view.relation).attribute)})"
    return view.kind


def rules(resource: Resource, method: str) -> str:
    """Return the rules of a method, in a row."""
    return ", ".join(rule(entry, resource) for entry in resource.access.rules(method))


def policy_imports(resource: Resource) -> str:
    """Return the imports of a resource's policy."""
    imports = Imports()
    rules = [entry for method in resource.access.methods for entry in resource.access.rules(method)]
    imports.add("src.contract.access", "Policy", *(entry.kind for entry in rules))
    imports.add("src.models", f"{resource.names.singular} as model")
    return imports.render()


def summary(resource: Resource) -> str:
    """Return the first line of a docstring: what a resource is, as told, or its name."""
    text = resource.description.strip() or f"{with_article(resource.names.words).capitalize()}."
    return text if text.endswith((".", "!", "?")) else f"{text}."


def with_article(words: str) -> str:
    """Return ``words`` with the indefinite article that their first letter asks for."""
    return f"{'an' if words[0] in 'aeio' else 'a'} {words}"


def filterable(resource: Resource) -> tuple[str, ...]:
    """Return the attributes that lists may be filtered by; relations always are."""
    relations = tuple(relation.attribute for relation in resource.relations)
    return (*relations, *(field.name for field in resource.filters))


def sortable(resource: Resource) -> tuple[str, ...]:
    """Return the attributes that lists may be sorted by; both times always are."""
    return (*(field.name for field in resource.sorts), "created_at", "updated_at")


def searchable(resource: Resource) -> tuple[str, ...]:
    """Return the attributes that lists look for words in."""
    return tuple(field.name for field in resource.searched)


def conditions(resource: Resource) -> str:
    """Return the rules between members, as schemas list them."""
    rules = [
        _call(
            "schema.NotNullWhen",
            [
                literal(check.field),
                literal({when.field: when.value for when in check.not_null_when}),
            ],
        )
        for check in resource.checks
    ]
    return f"({', '.join(rules)},)"


def service_imports(resource: Resource) -> str:
    """Return the imports of a resource's service."""
    allows = resource.access.allows
    singular = resource.names.singular
    imports = Imports()
    imports.add("src.contract.repository", "Repository")
    imports.add("src.models", f"{singular} as model")
    imports.add("src.policies", singular)
    imports.add("src.schemas", f"{singular} as schema")
    imports.add("src.auth.caller", "Caller")
    imports.add("src.db", "Session")
    if allows("list"):
        imports.add("src.contract.listing", "ListQuery")
        imports.add("src.contract.pages", "Page")
    if allows("get"):
        imports.add("collections.abc", "Sequence")
    if allows("get") or allows("create") or allows("update"):
        imports.add("src.contract.pages", "Row")
    if allows("get") or allows("update") or allows("delete"):
        imports.add("uuid", "UUID")
    if allows("update") or allows("delete"):
        imports.add("src.contract.etags", "Precondition")
    return imports.render().replace(
        f"from src.policies import {singular}", f"from src.policies.{singular} import POLICY"
    )


# action -> what its handler takes from src.http.dependencies, and what it answers with
_HANDLER_NAMES: dict[str, tuple[tuple[str, ...], str]] = {
    "list": (("list_query",), "page_response"),
    "get": (("row_fields", "RowId"), "row_response"),
    "create": (("NoQuery", "JsonBody"), "created_response"),
    "update": (("NoQuery", "PatchBody", "RowId", "IfMatch"), "row_response"),
    "delete": (("NoQuery", "RowId", "IfMatch"), "no_content"),
}


def router_imports(resource: Resource, flags: Collection[str]) -> str:
    """Return the imports of a FastAPI router of one resource."""
    imports = Imports()
    imports.add("typing", "Annotated")
    imports.add("fastapi", "APIRouter", "Depends", "Response")
    imports.add("src.auth.caller", "Caller")
    imports.add("src.contract", "describe")
    imports.add("src.http.dependencies", "DbSession", "require")
    imports.add("src.http.unit_of_work", "UnitOfWorkRoute")
    imports.add(f"src.policies.{resource.names.singular}", "POLICY")
    imports.add("src.services", resource.names.plural)
    for action in resource.access.methods:
        dependencies, answer = _HANDLER_NAMES[action]
        imports.add("src.http.dependencies", *dependencies)
        imports.add("src.http.responses", answer)
        if action != "delete":
            imports.add("fastapi", "Request")
    if resource.access.allows("list"):
        imports.add("src.contract.listing", "ListQuery")
    if "with_idempotency" in flags and resource.access.allows("create"):
        imports.add("src.http.idempotency", "idempotent")
    if resource.access.allows("create") or resource.access.allows("update"):
        imports.add("src.schemas", f"{resource.names.singular} as schema")
    return imports.render()


def model_modules(service: Specification, system: Iterable[str]) -> str:
    """Return the imports that make every table known, those of the service itself too."""
    names = sorted([*system, *(resource.names.singular for resource in service.resources)])
    return "\n".join(f"from src.models import {name} as {name}" for name in names)


def link_filters(resource: Resource) -> str:
    """Return the filters by many-to-many relations: the clients' name, and the attribute."""
    return literal({link.filter_name: link.attribute for link in resource.links})


def plurals(service: Specification, system: Iterable[str]) -> list[str]:
    """Return the modules of routers, those of the service itself too, sorted."""
    return sorted([*system, *(resource.names.plural for resource in service.resources)])


def sensitive(service: Specification) -> str:
    """Return the names of all sensitive fields, as code and as clients spell them."""
    fields = [field for resource in service.resources for field in resource.fields]
    names = {name for field in fields if field.sensitive for name in (field.name, field.json_name)}
    return literal(tuple(sorted(names)))


FILTERS: dict[str, Callable[..., Any]] = {
    "python_literal": literal,
    "python_annotation": annotation,
    "python_create_default": create_default,
    "python_schema_imports": schema_imports,
    "python_policy_imports": policy_imports,
    "python_service_imports": service_imports,
    "python_rules": rules,
    "python_summary": summary,
    "python_filterable": filterable,
    "python_sortable": sortable,
    "python_searchable": searchable,
    "python_conditions": conditions,
    "python_model_modules": model_modules,
    "python_plurals": plurals,
    "python_link_filters": link_filters,
    "python_sensitive": sensitive,
    "fastapi_router_imports": router_imports,
    "with_article": with_article,
}
