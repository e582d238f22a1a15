"""Names that cannot be used: reserved words, and plurals that English does not give."""

from __future__ import annotations

from collections.abc import Iterator

from ... import reserved
from ..build.plan import link_table
from ..language import ResourceDefinition
from ..words import Path
from .finding import Finding, Subject


def check_names(subject: Subject) -> Iterator[Finding]:
    """Find names that code or database cannot carry.

    Args:
        subject: What is checked.

    Yields:
        One finding a name.
    """
    for name, definition in subject.definitions.items():
        path: Path = ("resources", name)
        yield from _resource(subject, name, path)
        yield from _members(definition, path)
        yield from _former_names(subject, name, definition, path)


def _resource(subject: Subject, name: str, path: Path) -> Iterator[Finding]:
    definition, names = subject.definitions[name], subject.plan.names[name]
    reason = reserved.why_not_resource(name)
    if reason:
        yield Finding(path, f"{name} {reason}", f"write another name, such as {_longer(name)}")
    elif names.plural == name:
        mend = f"write plural: {name}_list, or another name"
        yield Finding(path, f"the plural of {name} is {name} too", mend)
    table = subject.plan.tables[name]
    reason = reserved.why_not_stored(table)
    if reason:
        key = "table" if definition.table else "plural"
        yield Finding((*path, key), f"the table {table} {reason}", f"write table: {table}_rows")
    if names.path in reserved.OWN_PATHS and not reserved.why_not_resource(name):
        mend = f"write plural: {names.plural}_list"
        yield Finding((*path, "plural"), f"/api/v1/{names.path} is built in", mend)
    for link, link_definition in definition.links.items():
        reason = reserved.why_not_stored(link_table(name, link, link_definition))
        if reason:
            mend = f"write table: {name}_{link}_rows"
            yield Finding((*path, "many_to_many", link, "table"), f"it {reason}", mend)


def _longer(name: str) -> str:
    suffix = name.removeprefix("test_")
    return f"{suffix}_run" if name.startswith("test") else f"{name}_entry"


def _members(definition: ResourceDefinition, path: Path) -> Iterator[Finding]:
    for name, field in definition.fields.items():
        here = (*path, "fields", name)
        yield from _member(name, here)
        yield from _column(field.column, name, here)
    for name, relation in definition.relations.items():
        here = (*path, "belongs_to", name)
        if not (name == "owner" and not definition.owner):
            yield from _member(name, here)
        yield from _column(relation.column, f"{name}_id", here)


def _member(name: str, path: Path) -> Iterator[Finding]:
    reason = reserved.why_not_member(name)
    if reason:
        mend = f"write another name, such as {_other_member(name)}"
        yield Finding(path, f"{name} {reason}", mend)


def _other_member(name: str) -> str:
    examples = {"date": "due_on", "datetime": "starts_at", "order": "position", "class": "grade"}
    return examples.get(name, f"{name}_value")


def _column(given: str | None, derived: str, path: Path) -> Iterator[Finding]:
    name = given or derived
    reason = reserved.why_not_stored(name)
    if reason and not reserved.why_not_member(derived):
        mend = f"write another name, or column: {name}_ to keep it for clients"
        yield Finding((*path, "column") if given else path, f"the column {name} {reason}", mend)


def _former_names(
    subject: Subject, name: str, definition: ResourceDefinition, path: Path
) -> Iterator[Finding]:
    if definition.renamed_from in subject.written:
        yield _still_there((*path, "renamed_from"), str(definition.renamed_from))
    seen: dict[tuple[str, str], str] = {}
    for section, entries in (("fields", definition.fields), ("belongs_to", definition.relations)):
        for key, entry in entries.items():
            former = entry.renamed_from
            here = (*path, section, key, "renamed_from")
            if former is None:
                continue
            if former in subject.written[name]:
                yield _still_there(here, former)
            if (section, former) in seen:
                message = f"{seen[section, former]} was {former} already"
                yield Finding(here, message, "take one renamed_from away")
            seen[section, former] = key


def _still_there(path: Path, former: str) -> Finding:
    mend = f"take renamed_from away, or take {former} away"
    return Finding(path, f"{former} is still there, so that nothing was renamed from it", mend)
