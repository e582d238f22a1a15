"""What the factory of a resource prints: the one file of its tests that names fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..views import Check, Field, Relation, Resource, Specification
from .imports import Imports
from .python import PYTHON_TYPES, default_value, filterable, literal, searchable, sortable
from .samples import accepted_by, refused_by, value_of, variety_of

_LETTERS = 2
ENOUGH = 5
"""As many rows as tests of lists make, where so many can differ."""


def known_fields(resource: Resource) -> list[Field]:
    """Return the fields that clients may write or read."""
    return [field for field in resource.fields if field.creatable or field.readable]


def values(resource: Resource) -> list[tuple[str, str]]:
    """Return a valid value for each field that clients know."""
    return [(field.name, value_of(field)) for field in known_fields(resource)]


def nothing(resource: Resource) -> dict[str, str]:
    """Return null for each field that may be, and what keeps the rules between fields then."""
    fixed = {check.field for check in resource.checks if _way_out(resource, check) is None}
    empty = {
        field.name: "None"
        for field in known_fields(resource)
        if field.nullable and field.name not in fixed
    }
    for check in resource.checks:
        way_out = _way_out(resource, check)
        if way_out is not None:
            empty[way_out[0]] = way_out[1]
    return empty


def _way_out(resource: Resource, check: Check) -> tuple[str, str] | None:
    """Return a field of a rule's condition with a value for which the rule does not bite."""
    for when in check.not_null_when:
        field = resource.field(when.field)
        if field.nullable and not field.is_enum:
            return field.name, "None"
        options = field.values if field.is_enum else (True, False)
        bites = {
            other.value
            for entry in resource.checks
            for other in entry.not_null_when
            if other.field == field.name
        }
        for option in options:
            if option not in bites:
                return field.name, literal(option)
    return None


def required(resource: Resource) -> tuple[str, ...]:
    """Return the fields that a create must name."""
    return tuple(field.name for field in resource.fields if field.required)


def defaults(resource: Resource) -> dict[str, str]:
    """Return what each field is that a create leaves out."""
    return {
        field.name: default_value(field)
        for field in resource.fields
        if field.readable and not field.required
    }


def server_made(resource: Resource) -> tuple[str, ...]:
    """Return the members that no client may write."""
    own = ("id", *(("owner_id",) if resource.owned else ()), "created_at", "updated_at")
    return (*own, *(field.name for field in resource.fields if not field.creatable))


def accepted(resource: Resource) -> list[tuple[str, str, str]]:
    """Return attribute, value and answer of what is taken."""
    return [
        (literal(field.name), case.given, case.answered)
        for field in resource.fields
        if field.creatable
        for case in accepted_by(field)
    ]


def refused(resource: Resource) -> list[tuple[str, str, str, str]]:
    """Return attribute, value, message and the message's parameters of what is not taken."""
    return [
        (
            literal(field.name),
            case.given,
            literal(case.message),
            f"{{{', '.join(f'{literal(k)}: {literal(str(v))}' for k, v in case.parameters)}}}",
        )
        for field in resource.fields
        if field.creatable
        for case in refused_by(field)
    ]


def broken_rules(resource: Resource) -> list[tuple[str, str]]:
    """Return members that together break a rule between fields, and the field to blame."""
    return [
        (
            literal(
                {check.field: None, **{when.field: when.value for when in check.not_null_when}}
            ),
            literal(check.field),
        )
        for check in resource.checks
    ]


def capacity(resource: Resource) -> int:
    """Return how many rows of one owner can be made in a row without meeting."""
    fields = {field.name: field for field in resource.fields}
    related = {relation.name for relation in resource.relations}
    varieties = [
        max([1, *(variety_of(fields[name]) for name in unique.fields if name in fields)])
        for unique in resource.uniques
        if not related.intersection(unique.fields)
    ]
    return min([ENOUGH, *varieties])


def relation(view: Relation) -> str:
    """Return a relation as factories write it."""
    return f"Relation({literal(view.target)}, {literal(view.on_delete)}, required={view.required})"


def comparable(resource: Resource) -> tuple[str, ...]:
    """Return the filters that offer comparisons."""
    return tuple(field.name for field in resource.filters if field.is_comparable)


def ordered_texts(resource: Resource) -> tuple[str, ...]:
    """Return the sorted fields that take any text of a few letters, spaces at its end too."""
    return tuple(
        field.name
        for field in resource.sorts
        if field.is_string and not field.pattern and _takes_two_letters(field)
    )


def _takes_two_letters(field: Field) -> bool:
    return (field.min_length or 0) <= 1 and (field.max_length or 0) >= _LETTERS


def uniques(resource: Resource) -> tuple[tuple[str, ...], ...]:
    """Return the attributes that no two rows share, tuple by tuple."""
    return tuple(unique.attributes for unique in resource.uniques)


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
        ("Accepted", accepted(resource)),
        ("Refused", refused(resource)),
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
    facts = [
        ("members", literal(tuple(member.name for member in resource.read_members))),
        ("required", literal(required(resource))),
        ("server_made", literal(server_made(resource))),
        ("filters", literal(filterable(resource))),
        ("comparable", literal(comparable(resource))),
        ("sorts", literal(sortable(resource))),
        ("searched", literal(searchable(resource))),
        ("uniques", literal(uniques(resource))),
        ("ordered_texts", literal(ordered_texts(resource))),
        ("nothing", _dictionary(nothing(resource))),
        ("defaults", _dictionary(defaults(resource))),
        ("relations", _dictionary({r.attribute: relation(r) for r in resource.relations})),
        ("links", "LINKS" if resource.links else "()"),
        ("linked", _dictionary({link.attribute: literal(link.target) for link in resource.links})),
        ("accepted", _calls("Accepted", accepted(resource))),
        ("refused", _calls("Refused", refused(resource))),
        ("broken_rules", _calls("", broken_rules(resource))),
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
