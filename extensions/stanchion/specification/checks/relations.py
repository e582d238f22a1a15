"""Relations: targets that exist, deletes that can happen, rows that can be made."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..language import LinkDefinition, RelationDefinition, ResourceDefinition
from ..words import Path, nearest
from .finding import Finding, Subject
from .graph import cycles


def check_relations(subject: Subject) -> Iterator[Finding]:
    """Find relations that cannot be.

    Args:
        subject: What is checked.

    Yields:
        One finding a fault.
    """
    for resource, definition in subject.definitions.items():
        path: Path = ("resources", resource)
        for name, relation in definition.relations.items():
            yield from _relation(subject, name, relation, (*path, "belongs_to", name))
        for name, link in definition.links.items():
            yield from _link(subject, resource, name, link, (*path, "many_to_many", name))
        yield from _twice(definition, (*path, "many_to_many"))
    yield from _endless(subject)
    yield from _cascades(subject)


def _target(subject: Subject, target: str, path: Path) -> Iterator[Finding]:
    if target == "user" and not subject.with_accounts:
        message = "there are no accounts to point to without authentication"
        yield Finding(path, message, "choose a strategy for auth, or take the relation away")
    elif not subject.is_resource(target):
        close = nearest(target, [*subject.written, "user"])
        mend = f"write resource: {close}" if close else f"add {target}, or write resource:"
        yield Finding(path, f"there is no resource {target}", mend)


def _relation(
    subject: Subject, name: str, relation: RelationDefinition, path: Path
) -> Iterator[Finding]:
    yield from _target(subject, relation.resource or name, path)
    if relation.on_delete == "set_null" and not relation.nullable:
        message = "set_null empties a relation that is not nullable"
        mend = "write nullable: true, or on_delete: restrict or cascade"
        yield Finding((*path, "on_delete"), message, mend)


def _link(
    subject: Subject, resource: str, name: str, link: LinkDefinition, path: Path
) -> Iterator[Finding]:
    target = link.resource or name
    yield from _target(subject, target, path)
    if name == resource:
        message = f"both keys of the table between would be {name}_id"
        mend = f"write many_to_many: {{related_{name}: {{resource: {target}}}}}"
        yield Finding(path, message, mend)
    other = subject.definitions.get(target)
    mirrored = other.links.get(resource) if other and target != resource else None
    if mirrored and name == target and not mirrored.resource and resource > target:
        message = f"{target} has the same link already, so that there would be two tables"
        yield Finding(path, message, f"keep one of them, such as that of {target}")


def _twice(definition: ResourceDefinition, path: Path) -> Iterator[Finding]:
    names = definition.many_to_many
    if isinstance(names, list):
        for name in dict.fromkeys(name for name in names if names.count(name) > 1):
            yield Finding((*path, name), f"{name} stands here twice", "take one of them away")


def _edges(subject: Subject, wanted: Callable[[RelationDefinition], bool]) -> dict[str, list[str]]:
    return {
        resource: [
            relation.resource or name
            for name, relation in definition.relations.items()
            if wanted(relation)
        ]
        for resource, definition in subject.definitions.items()
    }


def _endless(subject: Subject) -> Iterator[Finding]:
    """Rows that need each other can never be made."""
    for cycle in cycles(_edges(subject, lambda relation: not relation.nullable)):
        way = " → ".join([*cycle, cycle[0]])
        message = f"no first row can be made: each needs another ({way})"
        yield Finding(
            ("resources", cycle[0], "belongs_to"), message, "write nullable: true on one of them"
        )


def _cascades(subject: Subject) -> Iterator[Finding]:
    """A delete must not come back to where it began; within a tree it goes down only."""
    edges = _edges(subject, lambda relation: relation.on_delete == "cascade")
    without_trees = {name: [t for t in targets if t != name] for name, targets in edges.items()}
    for cycle in cycles(without_trees):
        way = " → ".join([*cycle, cycle[0]])
        message = f"a delete would come back to where it began ({way})"
        mend = "write on_delete: restrict or set_null on one of them"
        yield Finding(("resources", cycle[0], "belongs_to"), message, mend)
