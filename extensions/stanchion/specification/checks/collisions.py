"""Names that are different as written, and the same once cased, put in the plural or stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ... import naming, reserved
from ..build.plan import link_table
from ..language import ResourceDefinition
from ..words import Path
from .finding import Finding, Subject

_SCHEMA_SUFFIXES = ("", "Create", "Update", "Page")
_Claims = Iterable[tuple[str, Path, str]]


def check_collisions(subject: Subject) -> Iterator[Finding]:
    """Find names that meet after casing, plural or storing.

    Args:
        subject: What is checked.

    Yields:
        One finding for each name that comes second.
    """
    yield from _meet(_classes(subject), "the class")
    yield from _meet(_words(subject), "the name", dict.fromkeys(reserved.OWN_MODULES, "built in"))
    yield from _meet(_tables(subject), "the table", dict.fromkeys(reserved.OWN_TABLES, "built in"))
    yield from _former_resources(subject)
    for name, definition in subject.definitions.items():
        path = ("resources", name)
        yield from _meet(_members(definition, path), "the member", _own_members(definition))
        yield from _meet(_columns(definition, path), "the column", _own_columns(definition))


def _meet(claims: _Claims, what: str, taken: dict[str, str] | None = None) -> Iterator[Finding]:
    """Find claims to the same thing; the first one keeps it."""
    holders, told = dict(taken or {}), set()
    for claim, path, mend in claims:
        key = claim.lower()
        if key in holders and path not in told:
            told.add(path)
            yield Finding(path, f"{what} {claim} is taken: {holders[key]}", mend)
        elif key not in holders:
            holders[key] = f"it is that of {'.'.join(str(part) for part in path[1:])}"


def _classes(subject: Subject) -> _Claims:
    for name in subject.definitions:
        class_name = subject.plan.names[name].class_name
        for suffix in _SCHEMA_SUFFIXES:
            yield class_name + suffix, ("resources", name), "write another name"


def _words(subject: Subject) -> _Claims:
    """Singulars and plurals name variables and modules, so that they share one space."""
    for name in subject.definitions:
        plural = subject.plan.names[name].plural
        yield name, ("resources", name), "write another name"
        if plural != name:
            yield plural, ("resources", name, "plural"), "write another plural"


def _tables(subject: Subject) -> _Claims:
    for name in subject.definitions:
        path: Path = ("resources", name)
        mend = f"write table: {name}_rows, or another name"
        yield subject.plan.tables[name], (*path, "table"), mend
    for name, definition in subject.definitions.items():
        for link, link_definition in definition.links.items():
            here = ("resources", name, "many_to_many", link)
            mend = f"write {link}: {{table: {name}_{link}_links}} under many_to_many"
            yield link_table(name, link, link_definition), here, mend


def _former_resources(subject: Subject) -> Iterator[Finding]:
    return _meet(
        (
            (definition.renamed_from, ("resources", name, "renamed_from"), "take one of them away")
            for name, definition in subject.definitions.items()
            if definition.renamed_from
        ),
        "the former name",
    )


def _own_members(definition: ResourceDefinition) -> dict[str, str]:
    names = ["id", "created_at", "updated_at", "version"]
    names += ["owner_id"] if definition.owner else []
    return {naming.camel(name).lower(): "the service keeps it itself" for name in names}


def _members(definition: ResourceDefinition, path: Path) -> _Claims:
    """GraphQL is always camelCase, so that names must differ in that casing, whatever is chosen."""
    mend = "write another name"
    for name in definition.relations:
        yield naming.camel(f"{name}_id"), (*path, "belongs_to", name), mend
        yield naming.camel(name), (*path, "belongs_to", name), mend
    for name in definition.links:
        here = (*path, "many_to_many", name)
        yield naming.camel(f"{name}_ids"), here, mend
        yield naming.camel(f"{name}_id"), here, mend
        yield naming.camel(naming.pluralize(name)), here, mend
    for name in definition.fields:
        yield naming.camel(name), (*path, "fields", name), mend


def _own_columns(definition: ResourceDefinition) -> dict[str, str]:
    names = ["id", "created_at", "updated_at", "version"]
    names += ["owner_id"] if definition.owner else []
    return dict.fromkeys(names, "the service keeps it itself")


def _columns(definition: ResourceDefinition, path: Path) -> _Claims:
    mend = "write another column"
    for name, relation in definition.relations.items():
        yield relation.column or f"{name}_id", (*path, "belongs_to", name, "column"), mend
    for name, field in definition.fields.items():
        yield field.column or name, (*path, "fields", name, "column"), mend
