"""What the routes and the logs of Express services print."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, NamedTuple

from ..views import Resource, Specification
from .typescript import attribute, literal

# action -> what its handler takes from the answers
_ANSWERS = {
    "list": "page",
    "get": "row",
    "create": "created",
    "update": "row",
    "delete": "noContent",
}


class Module(NamedTuple):
    """One module of routes: the name of its router, and its file."""

    name: str
    file: str


def imports(resource: Resource, flags: Collection[str]) -> str:
    """Return the imports of a module of routes of one resource."""
    names = resource.names
    needed: dict[str, set[str]] = {
        "../http/api-router.ts": {"ApiRouter"},
        "../lib/contract/describe/index.ts": {"* as describe"},
        f"../policies/{names.singular_path}.ts": {f"{names.singular.upper()}_POLICY"},
        f"../services/{names.path}.ts": {names.plural.upper()},
    }
    for action in resource.access.methods:
        needed.setdefault("../lib/http/answers.ts", set()).add(_ANSWERS[action])
        thing = names.plural if action == "list" else names.singular
        needed[f"../services/{names.path}.ts"].add(attribute(f"{action}_{thing}"))
        if action in ("create", "update"):
            schema = f"{names.class_name}{action.capitalize()}"
            needed.setdefault(f"../schemas/{names.singular_path}.ts", set()).add(schema)
    if "with_idempotency" in flags and resource.access.allows("create"):
        needed["../lib/http/idempotency.ts"] = {"once"}
    return "\n".join(_import(module, needed[module]) for module in sorted(needed))


def _import(module: str, names: Collection[str]) -> str:
    if any(name.startswith("*") for name in names):
        return f"import {', '.join(names)} from '{module}';"
    return f"import {{ {', '.join(sorted(names, key=str.lower))} }} from '{module}';"


def modules(service: Specification, system: Iterable[str]) -> list[Module]:
    """Return the modules of all routes: the resources' in order of their names, then the rest."""
    plurals = sorted(resource.names.plural for resource in service.resources)
    names = [*plurals, *system]
    return [Module(f"{attribute(name)}Routes", name.replace("_", "-")) for name in names]


def sensitive(service: Specification) -> str:
    """Return the names of all sensitive fields, as columns, code and clients spell them."""
    fields = [field for resource in service.resources for field in resource.fields]
    names = {
        name
        for field in fields
        if field.sensitive
        for name in (field.name, attribute(field.name), field.json_name)
    }
    return literal(sorted(names))


FILTERS: dict[str, Callable[..., Any]] = {
    "express_route_imports": imports,
    "express_route_modules": modules,
    "node_sensitive": sensitive,
}
