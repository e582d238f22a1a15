"""Schemas of Node services: what stands for each member."""

from __future__ import annotations

import pytest

from stanchion.emitters import zod
from stanchion.views import Member, Resource
from tests.specification.samples import resource

FIELDS = {
    "title": {"type": "string", "min_length": 2, "max_length": 9, "pattern": "[a-z]+"},
    "body": {"type": "text", "nullable": True, "description": "What it's about."},
    "size_2": {"type": "integer", "minimum": 1, "multiple_of": 2, "default": 2},
    "views": {"type": "bigint", "maximum": 9},
    "ratio": {"type": "number", "minimum": 1.0, "maximum": 1.5},
    "price": {"type": "decimal", "precision": 5, "scale": 2, "minimum": "0.50", "default": "1"},
    "is_on": {"type": "boolean", "default": True},
    "due_on": {"type": "date", "default": "2030-01-31"},
    "seen_at": {"type": "datetime", "default": "2030-01-31T12:00:00.1239+02:00"},
    "code": {"type": "uuid", "default": "019C2F4E-7B1A-7C3D-8E5F-6A7B8C9D0E1F"},
    "kind": {"type": "enum", "values": ["a", "b c"]},
    "mail": {"type": "email"},
    "link": {"type": "url", "max_length": 99},
    "data": {"type": "json", "default": {"a": [1]}},
}
"""One field of every type."""

SHOWN = {
    "title": 'title: fields.text({ minLength: 2, maxLength: 9, pattern: "[a-z]+" })',
    "body": 'body: fields.text().nullable().describe("What it\'s about.")',
    "size_2": "size_2: fields.integer({ minimum: 1, multipleOf: 2 })",
    "views": "views: fields.bigint({ maximum: 9 })",
    "ratio": "ratio: fields.number({ minimum: 1, maximum: 1.5 })",
    "price": 'price: fields.decimal({ precision: 5, scale: 2, minimum: "0.50" })',
    "is_on": "isOn: fields.boolean()",
    "due_on": "dueOn: fields.day()",
    "seen_at": "seenAt: fields.moment()",
    "code": "code: fields.identifier()",
    "kind": 'kind: fields.choice("a", "b c")',
    "mail": "mail: fields.email({ maxLength: 254 })",
    "link": "link: fields.url({ maxLength: 99 })",
    "data": "data: fields.json()",
    "version": "version: fields.integer({ minimum: 1 })",
    "owner_id": "ownerId: fields.identifier()",
    "project_id": "projectId: fields.identifier().nullable()",
    "tag_ids": "tagIds: fields.identifiers()",
}

DEFAULTS = {
    "title": "",
    "body": ".default(null)",
    "size_2": ".default(2)",
    "price": ".default('1.00')",
    "is_on": ".default(true)",
    "due_on": '.default("2030-01-31")',
    "seen_at": '.default("2030-01-31T10:00:00.123Z")',
    "code": '.default("019c2f4e-7b1a-7c3d-8e5f-6a7b8c9d0e1f")',
    "data": '.default(({"a": [1]}))',
    "project_id": ".default(null)",
    "tag_ids": ".default([])",
}


@pytest.fixture(scope="module")
def task() -> Resource:
    """Give a resource with a member of every kind."""
    return resource(
        {
            "owner": True,
            "access": {"read": "public", "write": "owner"},
            "fields": FIELDS,
            "belongs_to": {"project": {"nullable": True, "on_delete": "set_null"}},
            "many_to_many": ["tag"],
            "checks": {"body_when_on": {"field": "body", "not_null_when": {"is_on": True}}},
        }
    )


def member_of(members: tuple[Member, ...], name: str) -> Member:
    """Give the member of a name."""
    return next(member for member in members if member.name == name)


@pytest.mark.parametrize(("name", "expected"), SHOWN.items())
def test_a_representation_says_the_type_of_each_member(
    task: Resource, name: str, expected: str
) -> None:
    """Bounds are printed as they are specified."""
    assert zod.member(member_of(task.read_members, name)) == expected


@pytest.mark.parametrize(("name", "default"), DEFAULTS.items())
def test_a_create_has_defaults_and_a_patch_none(task: Resource, name: str, default: str) -> None:
    """What a patch leaves out stays as it is."""
    assert zod.create_member(member_of(task.create_members, name)) == SHOWN[name] + default
    assert zod.update_member(member_of(task.update_members, name)) == f"{SHOWN[name]}.optional()"


def test_a_representation_lists_what_lists_offer(task: Resource) -> None:
    """Rules between members stand there too: they hold for rows, whoever writes them."""
    assert zod.representation_options(task) == (
        '{ description: "A task.", filterable: ["projectId"], '
        'sortable: ["createdAt", "updatedAt"], '
        'conditions: [{ field: "body", others: {"isOn": true} }] }'
    )


def test_what_cannot_be_written_needs_no_input() -> None:
    """An import that nothing uses would be a mistake."""
    label: dict[str, object] = {"fields": {"label": {"type": "string", "max_length": 9}}}
    closed = {**label, "access": {"read": "public", "write": "nobody"}}
    assert "input" in zod.schema_imports(resource(label))
    assert "input" not in zod.schema_imports(resource(closed))
