"""Which errors each endpoint can answer, as its rules and relations decide it."""

from __future__ import annotations

from collections.abc import Collection

from ..context import STRATEGIES
from ..views import Resource, Rule, Specification

_READING = ("list", "get")
_OF_METHOD: dict[str, tuple[int, ...]] = {
    "list": (),
    "get": (404,),
    "create": (413, 415, 422),
    "update": (404, 412, 413, 415, 422),
    "delete": (404, 412),
}
EVERYWHERE = (400, 429, 500, 503)
"""What every endpoint can answer: a bad query, our own fault, no database."""


def error_statuses(
    resource: Resource, method: str, service: Specification, flags: Collection[str]
) -> tuple[int, ...]:
    """Return the statuses of 400 and above that a method can answer, but for ``EVERYWHERE``."""
    statuses = set(_OF_METHOD[method])
    if any(strategy in flags for strategy in STRATEGIES):
        statuses.add(401)
    if may_be_forbidden(resource, method, service):
        statuses.add(403)
    may_run_twice = method == "create" and "with_idempotency" in flags
    if may_run_twice or may_conflict(resource, method, service):
        statuses.add(409)
    return tuple(sorted(statuses))


def may_be_forbidden(resource: Resource, method: str, service: Specification) -> bool:
    """Tell whether some account is answered 403 rather than what it asks for."""
    if _needs_a_role(resource, method, service):
        return True
    if method in _READING:
        return False
    if method != "create" and not _reads_imply(resource, method, service):
        return True
    kinds = {rule.kind for rule in resource.access.rules(method)}
    settled = kinds & {"public", "authenticated", *(["owner"] if method == "create" else [])}
    return not settled and method != "delete" and _can_miss_parent(resource, method, service)


def may_conflict(resource: Resource, method: str, service: Specification) -> bool:
    """Tell whether a method can be answered 409."""
    if method == "update":
        return True  # the version that a patch may carry
    if method == "delete":
        return is_kept(resource, service, set())
    return method == "create" and bool(resource.uniques)


def is_kept(resource: Resource, service: Specification, seen: set[str]) -> bool:
    """Tell whether other rows can keep a row from being deleted, those it takes along too."""
    seen.add(resource.name)
    for reference in resource.references:
        relation = reference.relation
        if relation is None or relation.sets_null:
            continue
        if relation.restricts:
            return True
        if reference.resource not in seen and is_kept(
            service.resource(reference.resource), service, seen
        ):
            return True
    return False


def _rules(resource: Resource, method: str) -> tuple[Rule, ...]:
    """Give a method's rules; where single rows are not offered, lists decide about reading."""
    rules = resource.access.rules(method)
    return rules or (resource.access.list if method == "get" else rules)


def _parent(resource: Resource, rule: Rule, service: Specification) -> Resource:
    return service.resource(resource.relation(rule.relation or "").target)


def _needs_a_role(resource: Resource, method: str, service: Specification) -> bool:
    of_parent = "get" if method in _READING else "update"
    return all(
        rule.is_role
        or (rule.is_parent and _needs_a_role(_parent(resource, rule, service), of_parent, service))
        for rule in _rules(resource, method)
    )


def _reads_imply(resource: Resource, method: str, service: Specification) -> bool:
    """Tell whether every account that may read a row may also do ``method`` with it."""
    rules = _rules(resource, method)
    if any(rule.is_public or rule.is_authenticated for rule in rules):
        return True
    return all(
        rule in rules
        and (
            not rule.is_parent or _reads_imply(_parent(resource, rule, service), "update", service)
        )
        for rule in _rules(resource, "get")
    )


def _can_miss_parent(resource: Resource, method: str, service: Specification) -> bool:
    return any(
        resource.relation(rule.relation or "").nullable
        or not _reads_imply(_parent(resource, rule, service), "update", service)
        for rule in resource.access.rules(method)
        if rule.is_parent
    )
