"""TypeScript: the tests of a resource, as its rules decide what they expect."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from ..views import Resource, Specification
from . import people
from .script_imports import Imports
from .typescript import literal


def access_tests(resource: Resource, service: Specification) -> list[tuple[str, str]]:
    """Return the names of the tests of access with their cases; refusals come first."""
    named = (
        ("may not", people.refusals(resource, service)),
        ("may", people.permissions(resource, service)),
    )
    return [
        (name, _cases((_named(who), action, status) for who, action, status in cases))
        for name, cases in named
        if cases
    ]


def readers(resource: Resource, service: Specification) -> str:
    """Return who may list some rows but not all, and whether they see the one of their world."""
    found = people.readers(resource, service)
    return _cases((_named(who), sees) for who, sees in found) if found else ""


def allowed_methods(resource: Resource) -> str:
    """Return the ends of a resource's paths with the ``Allow`` of each."""
    return _cases(people.allowed_methods(resource))


def _named(who: str) -> str:
    return who.replace("_", " ") if ":" not in who else who


def _cases(cases: Iterable[tuple[object, ...]]) -> str:
    return literal(list(cases))


def behaviours(resource: Resource, flags: Collection[str]) -> list[str]:
    """Return the functions that hold a resource to what is promised of any."""
    return [f"describe{name}" for name in _inherited(resource, flags)]


def _inherited(resource: Resource, flags: Collection[str]) -> list[str]:
    classes = people.behaviours(resource, flags)
    return [name for _, inherited in classes for name in inherited.split(", ")]


def imports(resource: Resource, service: Specification, flags: Collection[str]) -> str:
    """Return the imports of a resource's tests."""
    names = resource.names
    needed = Imports()
    needed.add("vitest", "describe", "expect")
    needed.add(f"../factories/{names.singular_path}.ts", names.singular.upper())
    needed.add("../support/test.ts", "test")
    if people.readers(resource, service):
        needed.add("../behaviour/walking.ts", "reach", "total", "walk")
    for name in _inherited(resource, flags):
        needed.add(f"../behaviour/{name.lower()}.ts", f"describe{name}")
    return needed.render()


FILTERS: dict[str, Callable[..., Any]] = {
    "script_test_access": access_tests,
    "script_test_readers": readers,
    "script_test_allowed_methods": allowed_methods,
    "script_test_behaviours": behaviours,
    "script_test_imports": imports,
}
