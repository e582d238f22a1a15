"""TypeScript: the factory of a resource, the one file of its tests that names fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..naming import camel
from ..views import Relation, Resource, Specification
from .factories import ENOUGH, capacity, known_fields
from .script_imports import Imports
from .script_samples import HELPERS, value_of
from .typescript import attribute, literal


def values(resource: Resource) -> list[tuple[str, str]]:
    """Return a valid value for each field that clients know."""
    return [(attribute(field.name), value_of(field)) for field in known_fields(resource)]


def parameter(resource: Resource) -> str:
    """Return the parameter of a factory's values: there is none where none depends on it."""
    return "number" if any("number" in value for _, value in values(resource)) else ""


def _relation(view: Relation) -> str:
    return f"{{ target: {literal(view.target)}, isRequired: {literal(view.required)} }}"


def facts(resource: Resource) -> list[tuple[str, str]]:
    """Return what tests know of a resource besides its values; what is empty is left out."""
    found = []
    if resource.relations:
        entries = [f"{attribute(r.attribute)}: {_relation(r)}" for r in resource.relations]
        found.append(("relations", f"{{ {', '.join(entries)} }}"))
    if capacity(resource) != ENOUGH:
        found.append(("capacity", str(capacity(resource))))
    return found


def imports(resource: Resource) -> str:
    """Return the imports of a factory."""
    shown = " ".join(value for _, value in values(resource))
    needed = Imports()
    needed.add(f"../../src/tables/{resource.names.singular_path}.ts", camel(resource.table))
    needed.add_types("../support/factory.ts", "Factory")
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
