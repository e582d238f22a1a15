"""Access: rules that can be followed, by callers who can be known."""

from __future__ import annotations

from collections.abc import Iterator

from ...views import METHODS
from ..build.access import parent_relations, rule_texts
from ..language import ResourceDefinition
from ..words import Path, any_of, nearest
from .finding import Finding, Subject
from .graph import cycles

MAKING = ("write", "create")
"""The rules that say who may make a row."""


def check_access(subject: Subject) -> Iterator[Finding]:
    """Find rules that cannot be followed.

    Args:
        subject: What is checked.

    Yields:
        One finding a rule.
    """
    for resource, definition in subject.definitions.items():
        path: Path = ("resources", resource)
        if definition.owner and not subject.with_accounts:
            message = "rows cannot have owners without authentication"
            mend = "choose a strategy for auth, or take owner away"
            yield Finding((*path, "owner"), message, mend)
        for key, texts in _written_rules(definition).items():
            yield from _rules(subject, resource, texts, (*path, "access", key))
        yield from _nothing_left(definition, (*path, "access"))
    yield from _parent_cycles(subject)


def _written_rules(definition: ResourceDefinition) -> dict[str, tuple[str, ...]]:
    rules = {}
    for key in type(definition.access).model_fields:
        given = getattr(definition.access, key)
        if given is not None:
            rules[key] = (given,) if isinstance(given, str) else tuple(given)
    return rules


def _rules(
    subject: Subject, resource: str, texts: tuple[str, ...], path: Path
) -> Iterator[Finding]:
    for text in dict.fromkeys(texts):
        if texts.count(text) > 1:
            yield Finding(path, f"{text} stands here twice", "take one of them away")
        if text == "nobody" and len(texts) > 1:
            yield Finding(path, "nobody cannot stand beside others", "keep nobody or the others")
        if text == "public" and path[-1] in MAKING and subject.definitions[resource].owner:
            message = "whoever makes a row owns it, so somebody must be known"
            yield Finding(path, message, "write authenticated, or take owner: true away")
        yield from _rule(subject, resource, text, path)


def _rule(subject: Subject, resource: str, text: str, path: Path) -> Iterator[Finding]:
    definition = subject.definitions[resource]
    kind, _, detail = text.partition(":")
    if kind in ("authenticated", "owner", "role") and not subject.with_accounts:
        mend = "choose a strategy for auth, or write public"
        yield Finding(path, f"nobody is known to {text} without authentication", mend)
    if kind == "owner" and not definition.owner:
        message = "the rows of this resource have no owner"
        yield Finding(path, message, f"write owner: true on {resource}, or another rule")
    if kind == "parent":
        yield from _parent(subject, resource, detail, path)


def _parent(subject: Subject, resource: str, name: str, path: Path) -> Iterator[Finding]:
    definition = subject.definitions[resource]
    candidates = parent_relations(definition)
    if name:
        yield from _named_parent(subject, resource, name, path)
    elif len(candidates) > 1:
        message = f"parent may be {any_of(candidates)}"
        yield Finding(path, message, f"write {any_of(f'parent:{name}' for name in candidates)}")
    elif not candidates:
        message = "there is no parent: no belongs_to that is not nullable"
        if not _lost(subject, resource):
            yield Finding(path, message, "write belongs_to without nullable, or another rule")
    else:
        yield from _closed_parent(subject, resource, candidates[0], path)


def _lost(subject: Subject, resource: str) -> bool:
    """Tell whether a relation was written that is not well-formed."""
    definition = subject.definitions[resource]
    return bool(subject.written[resource] - {*definition.fields, *definition.relations})


def _named_parent(subject: Subject, resource: str, name: str, path: Path) -> Iterator[Finding]:
    relation = subject.definitions[resource].relations.get(name)
    if relation is None:
        if name not in subject.written[resource] - {*subject.definitions[resource].fields}:
            close = nearest(name, subject.definitions[resource].relations)
            mend = f"write parent:{close}" if close else f"write {name} under belongs_to"
            yield Finding(path, f"there is no relation {name}", mend)
    elif (relation.resource or name) == "user":
        message = f"{name} is an account, which has no rules of its own"
        yield Finding(path, message, "write owner, with owner: true on the resource")
    elif relation.nullable:
        message = f"{name} is nullable, so that some rows would have no parent"
        yield Finding(path, message, "take nullable away, or write another rule")
    else:
        yield from _closed_parent(subject, resource, name, path)


def _closed_parent(subject: Subject, resource: str, name: str, path: Path) -> Iterator[Finding]:
    """A parent that nobody may read or change lets nobody through."""
    target = subject.definitions[resource].relations[name].resource or name
    parent = subject.definitions.get(target)
    key = str(path[-1])
    needed = "get" if key in ("read", "list", "get") else "update"
    if parent and rule_texts(parent.access, needed) == ("nobody",):
        message = f"{target} lets nobody {needed}, so that no row can satisfy parent"
        yield Finding(path, message, f"write another rule, here or for {needed} of {target}")


def _nothing_left(definition: ResourceDefinition, path: Path) -> Iterator[Finding]:
    if all(rule_texts(definition.access, method) == ("nobody",) for method in METHODS):
        yield Finding(path, "no method is left", "let somebody in by one of them")


def _parent_cycles(subject: Subject) -> Iterator[Finding]:
    edges = {name: _parents(definition) for name, definition in subject.definitions.items()}
    for cycle in cycles(edges):
        way = " → ".join([*cycle, cycle[0]])
        message = f"each asks its parent, and none decides ({way})"
        yield Finding(
            ("resources", cycle[0], "access"), message, "write another rule on one of them"
        )


def _parents(definition: ResourceDefinition) -> list[str]:
    targets = []
    for method in METHODS:
        for text in rule_texts(definition.access, method):
            kind, _, name = text.partition(":")
            names = [name] if name else parent_relations(definition)[:1]
            if kind == "parent" and names and names[0] in definition.relations:
                targets.append(definition.relations[names[0]].resource or names[0])
    return list(dict.fromkeys(targets))
