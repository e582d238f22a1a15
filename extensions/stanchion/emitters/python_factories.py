"""Python: the factory of a resource, the one file of its tests that names fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..views import Relation, Resource, Specification
from . import factories
from .factories import ENOUGH, capacity, known_fields
from .imports import Imports
from .python import PYTHON_TYPES, default_value, filterable, literal, searchable, sortable
from .python_samples import sent, value_of


def values(resource: Resource) -> list[tuple[str, str]]:
    """Return a valid value for each field that clients know."""
    return [(field.name, value_of(field)) for field in known_fields(resource)]


def _accepted(resource: Resource) -> list[tuple[str, str, str]]:
    """Return attribute, value and answer of what is taken."""
    return [
        (literal(name), sent(case.given), sent(case.answered))
        for name, case in factories.accepted(resource)
    ]


def _refused(resource: Resource) -> list[tuple[str, str, str, str]]:
    """Return attribute, value, message and the message's parameters of what is not taken."""
    return [
        (
            literal(name),
            sent(case.given),
            literal(case.message),
            literal({key: str(value) for key, value in case.parameters}),
        )
        for name, case in factories.refused(resource)
    ]


def _relation(view: Relation) -> str:
    return f"Relation({literal(view.target)}, {literal(view.on_delete)}, required={view.required})"


def imports(resource: Resource) -> str:
    """Return the imports of a factory."""
    needed = Imports()
    for field in known_fields(resource):
        module = PYTHON_TYPES[field.type][1]
        shown = value_of(field) + (default_value(field) if field.has_default else "")
        name = module[-1].rsplit(" ", 1)[-1] if module else ""
        if name and f"{name}(" in shown.replace(f"{name}.", f"{name}("):
            needed.add(module[0], *module[1:])
    needed.add(f"src.models.{resource.names.singular}", resource.names.class_name)
    if resource.links:
        needed.add(f"src.models.{resource.names.singular}", "LINKS")
    needed.add("tests.factory", "Factory", "Values")
    for name, wanted in (
        ("Accepted", _accepted(resource)),
        ("Refused", _refused(resource)),
        ("Relation", resource.relations),
    ):
        if wanted:
            needed.add("tests.factory", name)
    return needed.render()


def registry_imports(service: Specification) -> str:
    """Return the imports of the module that knows every factory."""
    needed = Imports()
    needed.add("tests.factory", "KNOWN", "Factory")
    for resource in service.resources:
        singular = resource.names.singular
        needed.add(f"tests.factories.{singular}", singular.upper())
    return needed.render()


def keywords(resource: Resource) -> list[tuple[str, str]]:
    """Return what tests know of a resource besides its values; what is empty is left out."""
    defaults = {field.name: default_value(field) for field in factories.defaulted(resource)}
    rules = [(literal(rule), literal(name)) for rule, name in factories.broken_rules(resource)]
    facts = [
        ("members", literal(tuple(member.name for member in resource.read_members))),
        ("required", literal(factories.required(resource))),
        ("server_made", literal(factories.server_made(resource))),
        ("filters", literal(filterable(resource))),
        ("comparable", literal(factories.comparable(resource))),
        ("sorts", literal(sortable(resource))),
        ("searched", literal(searchable(resource))),
        ("uniques", literal(factories.uniques(resource))),
        ("ordered_texts", literal(factories.ordered_texts(resource))),
        ("nothing", literal(factories.nothing(resource))),
        ("defaults", _dictionary(defaults)),
        ("relations", _dictionary({r.attribute: _relation(r) for r in resource.relations})),
        ("links", "LINKS" if resource.links else "()"),
        ("linked", literal({link.attribute: link.target for link in resource.links})),
        ("accepted", _calls("Accepted", _accepted(resource))),
        ("refused", _calls("Refused", _refused(resource))),
        ("broken_rules", _calls("", rules)),
    ]
    found = [(name, text) for name, text in facts if text not in ("()", "{}", "[]")]
    return (
        found if capacity(resource) == ENOUGH else [*found, ("capacity", str(capacity(resource)))]
    )


def _dictionary(entries: dict[str, str]) -> str:
    return f"{{{', '.join(f'{literal(name)}: {value}' for name, value in entries.items())}}}"


def _calls(name: str, calls: Iterable[Iterable[str]]) -> str:
    lines = [f"{name}({', '.join(call)})" for call in calls]
    return f"[{', '.join(lines)}]"


FILTERS: dict[str, Callable[..., Any]] = {
    "factory_imports": imports,
    "factory_registry_imports": registry_imports,
    "factory_values": values,
    "factory_keywords": keywords,
}
