"""TypeScript: the factory of a resource, the one file of its tests that names fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..naming import camel
from ..views import Field, Relation, Resource, Specification
from . import drizzle, factories
from .factories import ENOUGH, capacity, known_fields
from .python import filterable, searchable, sortable
from .samples import Refused
from .script_imports import Imports
from .script_samples import HELPERS, sent, value_of
from .typescript import attribute, literal


def values(resource: Resource) -> list[tuple[str, str]]:
    """Return a valid value for each field that clients know."""
    return [(attribute(field.name), value_of(field)) for field in known_fields(resource)]


def parameter(resource: Resource) -> str:
    """Return the parameter of a factory's values: there is none where none depends on it."""
    return "number" if any("number" in value for _, value in values(resource)) else ""


def facts(resource: Resource) -> list[tuple[str, str]]:
    """Return what tests know of a resource besides its values; what is empty is left out."""
    defaults = {field.name: _default(field) for field in factories.defaulted(resource)}
    found = [
        ("members", _names(member.name for member in resource.read_members)),
        ("required", _names(factories.required(resource))),
        ("serverMade", _names(factories.server_made(resource))),
        ("filters", _names(filterable(resource))),
        ("comparable", _names(factories.comparable(resource))),
        ("decimals", _names(field.name for field in resource.fields if field.is_decimal)),
        ("sorts", _names(sortable(resource))),
        ("searched", _names(searchable(resource))),
        ("uniques", _list(map(_names, factories.uniques(resource)))),
        ("orderedTexts", _names(factories.ordered_texts(resource))),
        ("nothing", _members(_literals(factories.nothing(resource)))),
        ("defaults", _members(defaults)),
        ("relations", _members({r.attribute: _relation(r) for r in resource.relations})),
        ("links", f"{resource.names.singular.upper()}_LINKS" if resource.links else ""),
        ("linked", _members({link.attribute: literal(link.target) for link in resource.links})),
        ("accepted", _list(_accepted(resource))),
        ("refused", _list(_refused(name, case) for name, case in factories.refused(resource))),
        ("brokenRules", _list(_broken_rules(resource))),
        ("capacity", str(capacity(resource)) if capacity(resource) != ENOUGH else ""),
    ]
    return [(name, text) for name, text in found if text not in ("", "[]", "{  }")]


def _default(field: Field) -> str:
    return literal(None) if field.default is None else drizzle.default_value(field)


def _names(names: Iterable[str]) -> str:
    return literal([attribute(name) for name in names])


def _list(entries: Iterable[str]) -> str:
    return f"[{', '.join(entries)}]"


def _members(entries: dict[str, str]) -> str:
    return f"{{ {', '.join(f'{attribute(name)}: {value}' for name, value in entries.items())} }}"


def _literals(values: dict[str, object]) -> dict[str, str]:
    return {name: literal(value) for name, value in values.items()}


def _relation(view: Relation) -> str:
    return literal({"target": view.target, "isRequired": view.required, "onDelete": view.on_delete})


def _accepted(resource: Resource) -> list[str]:
    """Return attribute, value and answer of what is taken; 1.0 is written as 1 is."""
    return [
        _list([literal(attribute(name)), sent(case.given), sent(case.answered)])
        for name, case in factories.accepted(resource)
        if not (isinstance(case.given, float) and isinstance(case.answered, int))
    ]


def _refused(name: str, case: Refused) -> str:
    parts = [literal(attribute(name)), sent(case.given), literal(case.message)]
    if case.parameters:
        parts.append(literal({key: str(value) for key, value in case.parameters}))
    return _list(parts)


def _broken_rules(resource: Resource) -> list[str]:
    return [
        _list([_members(_literals(dict(rule))), literal(attribute(name))])
        for rule, name in factories.broken_rules(resource)
    ]


def imports(resource: Resource) -> str:
    """Return the imports of a factory."""
    shown = " ".join(value for _, value in values(resource))
    table = f"../../src/tables/{resource.names.singular_path}.ts"
    needed = Imports()
    needed.add(table, camel(resource.table))
    if resource.links:
        needed.add(table, f"{resource.names.singular.upper()}_LINKS")
    needed.add("../support/factory.ts", "factory")
    for name in HELPERS:
        if f"{name}(" in shown:
            needed.add("../support/values.ts", name)
    return needed.render()


def registry_imports(service: Specification) -> str:
    """Return the imports of the module that knows every factory."""
    needed = Imports()
    needed.add_types("../support/factory.ts", "Factory")
    for resource in service.resources:
        needed.add(f"./{resource.names.singular_path}.ts", resource.names.singular.upper())
    return needed.render()


FILTERS: dict[str, Callable[..., Any]] = {
    "script_factory_imports": imports,
    "script_factory_registry_imports": registry_imports,
    "script_factory_values": values,
    "script_factory_parameter": parameter,
    "script_factory_facts": facts,
}
