"""The whole specification: each resource built, then put in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ... import naming
from ...views import Reference, Resource, Specification
from ..language import ResourceDefinition
from .access import build_access
from .fields import build_field, build_link, build_relation
from .members import build_columns, build_read_members, build_write_members
from .plan import Plan, make_plan
from .storage import build_check, build_indexes, build_uniques

ADMIN = "admin"


def build_specification(
    definitions: Mapping[str, ResourceDefinition], *, auth: Sequence[str], json_case: str
) -> Specification:
    """Work out everything that templates print.

    Args:
        definitions: The resources, already checked.
        auth: The strategies that were chosen.
        json_case: How clients spell members.

    Returns:
        The views.
    """
    plan = make_plan(definitions, json_case, bool(auth))
    resources = [_build_resource(plan, name) for name in _ordered(definitions)]
    roles = {
        rule.role
        for resource in resources
        for method in resource.access.methods
        for rule in resource.access.rules(method)
        if rule.role
    }
    return Specification(tuple(resources), tuple(sorted({ADMIN, *roles})), json_case)


def _build_resource(plan: Plan, name: str) -> Resource:
    definition, table = plan.definitions[name], plan.tables[name]
    fields = tuple(build_field(plan, name, key, f) for key, f in definition.fields.items())
    relations = tuple(build_relation(plan, name, key, r) for key, r in definition.relations.items())
    links = tuple(build_link(plan, name, key, link) for key, link in definition.links.items())
    access = build_access(definition, plan.with_accounts)
    columns = build_columns(definition.owner, fields, relations)
    uniques = build_uniques(table, definition, fields, columns, plan)
    by_name = {field.name: field for field in fields}
    return Resource(
        names=plan.names[name],
        table=table,
        description=definition.description.strip(),
        owned=definition.owner,
        fields=fields,
        relations=relations,
        links=links,
        access=access,
        uniques=uniques,
        checks=tuple(
            build_check(table, label, check, by_name) for label, check in definition.checks.items()
        ),
        indexes=build_indexes(table, access, columns, relations, uniques),
        columns=columns,
        read_members=build_read_members(plan, definition.owner, fields, relations, links),
        create_members=build_write_members((f for f in fields if f.creatable), relations, links),
        update_members=build_write_members((f for f in fields if f.updatable), relations, links),
        references=tuple(_references_to(plan, name)),
        pk_name=naming.identifier("pk", table),
        owner_fk_name=naming.identifier("fk", table, "owner_id", "users"),
        renamed_from=definition.renamed_from,
    )


def _references_to(plan: Plan, target: str) -> Iterable[Reference]:
    for source, definition in plan.definitions.items():
        for name, relation in definition.relations.items():
            if (relation.resource or name) == target:
                yield Reference(source, relation=build_relation(plan, source, name, relation))
        for name, link in definition.links.items():
            if (link.resource or name) == target:
                yield Reference(source, link=build_link(plan, source, name, link))


def _ordered(definitions: Mapping[str, ResourceDefinition]) -> list[str]:
    """Put targets before what points to them; in a cycle, what can be null waits."""
    every = {name: _targets(definition, name) for name, definition in definitions.items()}
    needed = {
        name: _targets(definition, name, needed_only=True)
        for name, definition in definitions.items()
    }
    waiting, ordered = list(definitions), []
    while waiting:
        name = _first_ready(waiting, every) or _first_ready(waiting, needed) or waiting[0]
        ordered.append(name)
        waiting.remove(name)
    return ordered


def _first_ready(waiting: Sequence[str], targets: Mapping[str, set[str]]) -> str | None:
    return next((name for name in waiting if not targets[name] & set(waiting)), None)


def _targets(definition: ResourceDefinition, itself: str, needed_only: bool = False) -> set[str]:
    relations = {
        relation.resource or name
        for name, relation in definition.relations.items()
        if not (needed_only and relation.nullable)
    }
    links = {link.resource or name for name, link in definition.links.items()}
    return (relations if needed_only else relations | links) - {itself}
