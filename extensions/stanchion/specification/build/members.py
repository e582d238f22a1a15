"""Columns of a table and members of its representation, in the order in which they appear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...views import Column, Field, Link, Member, Relation
from .plan import Plan

_STAMPS = (("created_at", "datetime"), ("updated_at", "datetime"), ("version", "integer"))


def build_columns(
    owned: bool, fields: Sequence[Field], relations: Sequence[Relation]
) -> tuple[Column, ...]:
    """List the columns of a resource's table.

    Args:
        owned: Whether rows have an owner.
        fields: Its fields.
        relations: Its relations.

    Returns:
        Id, owner, relations, fields, timestamps, version.
    """
    keys = [Column("id", "id", "uuid", False, "id")]
    if owned:
        keys.append(Column("owner_id", "owner_id", "uuid", False, "owner"))
    return (
        *keys,
        *(
            Column(r.column, r.attribute, "uuid", r.nullable, "relation", relation=r)
            for r in relations
        ),
        *(Column(f.column, f.name, f.type, f.nullable, "field", field=f) for f in fields),
        *(Column(name, name, kind, False, name) for name, kind in _STAMPS),
    )


def _relation_members(relations: Iterable[Relation]) -> list[Member]:
    return [
        Member(r.attribute, r.json_name, "uuid", r.nullable, r.required, "relation", relation=r)
        for r in relations
    ]


def _link_members(links: Iterable[Link]) -> list[Member]:
    return [
        Member(link.attribute, link.json_name, "uuid_list", False, False, "link", link=link)
        for link in links
    ]


def _field_members(fields: Iterable[Field]) -> list[Member]:
    return [
        Member(f.name, f.json_name, f.type, f.nullable, f.required, "field", field=f)
        for f in fields
    ]


def build_read_members(
    plan: Plan,
    owned: bool,
    fields: Sequence[Field],
    relations: Sequence[Relation],
    links: Sequence[Link],
) -> tuple[Member, ...]:
    """List what a representation shows.

    Args:
        plan: Names and tables.
        owned: Whether rows have an owner.
        fields: The resource's fields.
        relations: Its relations.
        links: Its links.

    Returns:
        Id, owner, relations, links, fields that are read, timestamps, version.
    """
    keys = [Member("id", "id", "uuid", False, True, "id")]
    if owned:
        keys.append(Member("owner_id", plan.json_name("owner_id"), "uuid", False, True, "owner"))
    return (
        *keys,
        *_relation_members(relations),
        *_link_members(links),
        *_field_members(field for field in fields if field.readable),
        *(Member(n, plan.json_name(n), kind, False, True, n) for n, kind in _STAMPS),
    )


def build_write_members(
    fields: Iterable[Field], relations: Iterable[Relation], links: Iterable[Link]
) -> tuple[Member, ...]:
    """List what a body may name.

    Args:
        fields: The fields that may be written.
        relations: The resource's relations.
        links: Its links.

    Returns:
        Relations, links, fields.
    """
    return (*_relation_members(relations), *_link_members(links), *_field_members(fields))
