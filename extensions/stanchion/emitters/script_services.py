"""TypeScript: who may do what with a resource, and the service that does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..naming import camel
from ..views import Resource, Rule, Specification
from .script_imports import Imports
from .typescript import attribute, literal

_LIBRARY = "../lib/contract"


def _rule(view: Rule, resource: Resource) -> str:
    if view.is_role:
        return f"role({literal(view.role)})"
    if view.relation is not None:
        return f"parent({literal(attribute(resource.relation(view.relation).attribute))})"
    return _NAMES.get(view.kind, view.kind)


_NAMES = {"public": "publicAccess"}


def rules(resource: Resource, method: str) -> str:
    """Return the rules of a method, in a row."""
    return ", ".join(_rule(entry, resource) for entry in resource.access.rules(method))


def policy_name(resource: Resource) -> str:
    """Return the constant that holds a resource's rules."""
    return f"{resource.names.singular.upper()}_POLICY"


def policy_imports(resource: Resource) -> str:
    """Return the imports of a resource's policy."""
    kinds = {
        entry.kind for method in resource.access.methods for entry in resource.access.rules(method)
    }
    imports = Imports()
    imports.add(f"{_LIBRARY}/access.ts", "Policy", *(_NAMES.get(kind, kind) for kind in kinds))
    imports.add(f"../tables/{resource.names.singular_path}.ts", camel(resource.table))
    return imports.render()


def policy_modules(service: Specification) -> list[str]:
    """Return the modules of all policies, sorted."""
    return sorted(resource.names.singular_path for resource in service.resources)


def service_imports(resource: Resource) -> str:
    """Return the imports of a resource's service."""
    access, names = resource.access, resource.names
    imports = Imports()
    imports.add_types("../lib/auth/caller.ts", "Caller")
    imports.add_types("../lib/db.ts", "Session")
    imports.add(f"{_LIBRARY}/repository.ts", "Repository")
    imports.add("../policies/index.ts", policy_name(resource))
    imports.add(f"../tables/{names.singular_path}.ts", camel(resource.table))
    if resource.links:
        imports.add(f"../tables/{names.singular_path}.ts", f"{names.singular.upper()}_LINKS")
    schemas = [
        names.class_name,
        *([f"{names.class_name}Create"] if access.allows("create") else []),
        *([f"{names.class_name}Update"] if access.allows("update") else []),
    ]
    imports.add(f"../schemas/{names.singular_path}.ts", *schemas)
    for module, name in _types(access.methods):
        imports.add_types(f"{_LIBRARY}/{module}.ts", name)
    return imports.render()


def _types(methods: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Return the module and the name of each type that the functions for these methods need."""
    given = set(methods)
    if "list" in given:
        yield from (("listing", "ListQuery"), ("pages", "Page"))
    if given & {"get", "create", "update"}:
        yield "pages", "Row"
    if given & {"update", "delete"}:
        yield "etags", "Precondition"


def link_filters(resource: Resource) -> str:
    """Return the filters by many-to-many relations: the clients' name, and the attribute."""
    return literal({link.filter_name: attribute(link.attribute) for link in resource.links})


FILTERS: dict[str, Callable[..., Any]] = {
    "script_rules": rules,
    "script_policy_name": policy_name,
    "script_policy_imports": policy_imports,
    "script_policy_modules": policy_modules,
    "script_service_imports": service_imports,
    "script_link_filters": link_filters,
}
