"""Who may do what, worked out from the rules alone: what tests of access expect.

Tests play it in a small world: one row, and the rows it belongs to. Each person tries each action;
the services have no part in the answer that is expected here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..views import Relation, Resource, Specification
from .imports import Imports

_SUCCESS = {"list": 200, "get": 200, "create": 201, "update": 200, "delete": 204}


@dataclass(frozen=True)
class _Person:
    """Somebody who calls, and what of the world is theirs."""

    name: str
    is_known: bool = True
    role: str | None = None
    owns_row: bool = False
    owns_parents: bool = False

    def above(self) -> _Person:
        """Return the same person as the rows above see them."""
        return _Person(self.name, self.is_known, self.role, self.owns_parents, self.owns_parents)

    def owning_all(self) -> _Person:
        """Return the same person in the world that suits them best."""
        return _Person(self.name, self.is_known, self.role, self.is_known, self.is_known)


def expectations(resource: Resource, service: Specification) -> list[tuple[str, str, int]]:
    """Return person, action and status, for each action that exists; refusals come first."""
    found = [
        (person.name, action, _status(person, resource, action, service))
        for person in _people(resource, service)
        for action in resource.access.methods
    ]
    return sorted(found, key=lambda entry: entry[2] < 400)


def refusals(resource: Resource, service: Specification) -> list[tuple[str, str, int]]:
    """Return who may not do what, and what they are answered."""
    return [entry for entry in expectations(resource, service) if entry[2] >= 400]


def permissions(resource: Resource, service: Specification) -> list[tuple[str, str, int]]:
    """Return who may do what, and what they are answered."""
    return [entry for entry in expectations(resource, service) if entry[2] < 400]


def readers(resource: Resource, service: Specification) -> list[tuple[str, bool]]:
    """Return who may list some rows but not all, and whether they see the one of their world."""
    if not resource.access.allows("list"):
        return []
    return [
        (person.name, _may(person, resource, "list", service))
        for person in _people(resource, service)
        if _may(person.owning_all(), resource, "list", service)
        and not _may(_Person(person.name, person.is_known, person.role), resource, "list", service)
    ]


def _people(resource: Resource, service: Specification) -> Iterator[_Person]:
    yield _Person("anonymous", is_known=False)
    yield _Person("stranger")
    above = [service.resource(name) for name in _above(resource, service)]
    if resource.owned:
        yield _Person("owner", owns_row=True)
    if any(target.owned for target in above):
        yield _Person("parents_owner", owns_parents=True)
        if resource.owned:
            yield _Person("owner_of_all", owns_row=True, owns_parents=True)
    named = {"admin", *_roles([resource, *above])}
    for role in sorted(named):
        yield _Person(f"role:{role}", role=role)


def _above(resource: Resource, service: Specification) -> list[str]:
    """Return every resource that a row of this one needs, however far away."""
    found: list[str] = []
    waiting = [resource]
    while waiting:
        for relation in _needed(waiting.pop()):
            if relation.target not in found:
                found.append(relation.target)
                waiting.append(service.resource(relation.target))
    return found


def _needed(resource: Resource) -> list[Relation]:
    return [r for r in resource.relations if r.required and not r.to_user]


def _roles(resources: Iterable[Resource]) -> Iterator[str]:
    for resource in resources:
        for method in resource.access.methods:
            yield from (rule.role for rule in resource.access.rules(method) if rule.role)


def _may(person: _Person, resource: Resource, action: str, service: Specification) -> bool:
    """Tell whether some rule lets the person do it with the row of the world."""
    access = resource.access
    rules = access.rules(action) or (access.list if action == "get" else ())
    for rule in rules:
        if rule.is_parent and rule.relation is not None:
            target = service.resource(resource.relation(rule.relation).target)
            needed = "get" if action in ("list", "get") else "update"
            if _may(person.above(), target, needed, service):
                return True
        elif (
            rule.is_public
            or (rule.is_authenticated and person.is_known)
            or (rule.is_owner and person.owns_row)
            or (rule.is_role and rule.role == person.role)
        ):
            return True
    return False


def _status(person: _Person, resource: Resource, action: str, service: Specification) -> int:
    if not _may(person.owning_all(), resource, action, service):
        return 403 if person.is_known else 401
    if action == "create":
        return _created(person, resource, service)
    if action != "list" and not _may(person, resource, "get", service):
        return 404
    allowed = action == "list" or _may(person, resource, action, service)
    return _SUCCESS[action] if allowed else 403


def _created(person: _Person, resource: Resource, service: Specification) -> int:
    """What is created is the caller's own; what it refers to must be readable."""
    targets = [service.resource(relation.target) for relation in _needed(resource)]
    if not all(_may(person.above(), target, "get", service) for target in targets):
        return 422
    maker = _Person(person.name, person.is_known, person.role, person.is_known, person.owns_parents)
    return 201 if _may(maker, resource, "create", service) else 403


def access_tests(
    resource: Resource, service: Specification
) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """Return the names of the tests of access with their cases; refusals come first."""
    named = (
        ("test_who_may_not", refusals(resource, service)),
        ("test_who_may", permissions(resource, service)),
    )
    return [(name, cases) for name, cases in named if cases]


_VERBS = {"list": "GET", "create": "POST", "get": "GET", "update": "PATCH", "delete": "DELETE"}


def allowed_methods(resource: Resource) -> list[tuple[str, str]]:
    """Return the ends of a resource's paths with the ``Allow`` of each."""
    paths = (("", ("list", "create")), ("/1", ("get", "update", "delete")))
    found = []
    for end, actions in paths:
        verbs = {_VERBS[action] for action in actions if resource.access.allows(action)}
        implied = {"OPTIONS", *(["HEAD"] if "GET" in verbs else [])}
        if verbs:
            found.append((end, ", ".join(sorted(verbs | implied))))
    return found


def behaviours(resource: Resource, flags: Collection[str]) -> list[tuple[str, str]]:
    """Return the classes of a resource's tests, and what each inherits."""
    has, readable = resource.access.allows, bool(resource.access.get or resource.access.list)
    lists = "Listing, Filtering, Searching" if resource.searched else "Listing, Filtering"
    creates = "Creating, Repeating" if "with_idempotency" in flags else "Creating"
    classes = [
        ("TestList", lists, has("list")),
        ("TestGet", "Reading", has("get")),
        ("TestCreate", creates, has("create")),
        ("TestUpdate", "Updating", has("update") and readable),
        ("TestDelete", "Deleting", has("delete") and readable),
    ]
    return [(name, inherited) for name, inherited, wanted in classes if wanted]


def imports(resource: Resource, service: Specification, flags: Collection[str]) -> str:
    """Return the imports of a resource's tests."""
    needed = Imports()
    if readers(resource, service):
        needed.add("tests.behaviour.walking", "reach", "total", "walk")
    needed.add("pytest")
    needed.add(f"tests.factories.{resource.names.singular}", resource.names.singular.upper())
    needed.add("tests.stage", "Stage")
    for _, inherited in behaviours(resource, flags):
        for mixin in inherited.split(", "):
            needed.add(f"tests.behaviour.{mixin.lower()}", mixin)
    return needed.render()


FILTERS: dict[str, Callable[..., Any]] = {
    "test_access": access_tests,
    "test_readers": readers,
    "test_allowed_methods": allowed_methods,
    "test_behaviours": behaviours,
    "test_imports": imports,
}
