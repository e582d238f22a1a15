"""How resources change: their tables, owners, relations, links and rules between fields."""

from __future__ import annotations

from collections.abc import Iterator

from ..specification.words import Path
from ..views import Link, Relation, Resource, Specification
from .fields import field_changes
from .kinds import Change


def resource_changes(old: Specification, new: Specification) -> Iterator[Change]:
    """Compare two specifications.

    Args:
        old: The specification on record.
        new: The specification as it is to be.

    Yields:
        One change after another.
    """
    before = {resource.name: resource for resource in old.resources}
    renamed = set()
    for resource in new.resources:
        path: Path = ("resources", resource.name)
        if resource.name in before:
            yield from _changed(before[resource.name], resource, path)
        elif resource.renamed_from in before:
            renamed.add(resource.renamed_from)
            yield Change("resource renamed", path, {"old": resource.renamed_from})
        else:
            yield Change("resource added", path)
    for name in before.keys() - {resource.name for resource in new.resources} - renamed:
        yield Change("resource removed", ("resources", name))


def _changed(old: Resource, new: Resource, path: Path) -> Iterator[Change]:
    if old.table != new.table:
        yield Change("table", (*path, "table"), {"old": old.table})
    if old.owned != new.owned:
        yield Change("owner added" if new.owned else "owner removed", (*path, "owner"))
    yield from field_changes(old, new)
    yield from _relations(old, new, (*path, "belongs_to"))
    yield from _links(old, new, (*path, "many_to_many"))
    yield from _rules(old, new, path)


def _relations(old: Resource, new: Resource, path: Path) -> Iterator[Change]:
    before = {relation.name: relation for relation in old.relations}
    renamed = set()
    for relation in new.relations:
        place = (*path, relation.name)
        if relation.name in before:
            yield from _relation(before[relation.name], relation, place)
        elif relation.renamed_from in before:
            renamed.add(relation.renamed_from)
            yield Change("relation renamed", place, {"old": relation.renamed_from})
        elif not relation.nullable:
            yield Change("relation required", place)
    for name in before.keys() - {relation.name for relation in new.relations} - renamed:
        yield Change("relation removed", (*path, name))


def _relation(old: Relation, new: Relation, path: Path) -> Iterator[Change]:
    if old.target != new.target:
        yield Change("relation target", path, {"old": old.target, "new": new.target})
    if old.column != new.column:
        yield Change("column", (*path, "column"), {"old": old.column})
    if old.nullable and not new.nullable:
        yield Change("relation required", path)


def _links(old: Resource, new: Resource, path: Path) -> Iterator[Change]:
    after = {link.name: link for link in new.links}
    for link in old.links:
        if link.name in after:
            yield from _link(link, after[link.name], (*path, link.name))
        else:
            yield Change("link removed", (*path, link.name))


def _link(old: Link, new: Link, path: Path) -> Iterator[Change]:
    if old.target != new.target:
        yield Change("link target", path, {"old": old.target, "new": new.target})
    elif old.table != new.table:
        yield Change("link table", path, {"old": old.table})


def _rules(old: Resource, new: Resource, path: Path) -> Iterator[Change]:
    """Compare what holds between rows and fields; a column that is new and null breaks nothing."""
    known = {column.name for column in old.columns}
    empty = {column.name for column in new.columns if column.nullable} - known
    alike = {unique.columns for unique in old.uniques}
    for unique in new.uniques:
        if unique.columns not in alike and not empty.intersection(unique.columns):
            yield Change("unique", (*path, "unique"), {"new": " and ".join(unique.fields)})
    for check in new.checks:
        if check not in old.checks:
            yield Change("check", (*path, "checks", check.label))
