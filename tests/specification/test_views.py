"""Views: what templates see of a specification."""

from __future__ import annotations

import pytest

from stanchion.views import FIELD_TYPES, METHODS, Resource

from .samples import built, resource, thirty

TITLE = {"type": "string", "max_length": 200}


def _access(definition: dict[str, object]) -> dict[str, list[str]]:
    task = resource({"fields": {"title": TITLE}, **definition})
    return {m: [rule.text for rule in task.access.rules(m)] for m in METHODS}


def test_names_are_worked_out_once_for_all_places() -> None:
    names = built({"line_item": {"fields": {"title": TITLE}}}).resource("line_item").names
    assert (names.plural, names.class_name, names.path) == ("line_items", "LineItem", "line-items")
    assert (names.words, names.words_plural) == ("line item", "line items")


def test_columns_and_members_come_in_a_fixed_order() -> None:
    task = resource(
        {
            "owner": True,
            "belongs_to": {"project": {}},
            "many_to_many": ["tag"],
            "fields": {
                "title": TITLE,
                "secret": {"type": "text", "write_only": True, "nullable": True},
                "score": {"type": "integer", "read_only": True, "default": 0},
                "shard": {"type": "integer", "internal": True, "default": 0},
            },
        },
        "camel",
    )
    assert [column.name for column in task.columns] == [
        *("id", "owner_id", "project_id", "title", "secret", "score", "shard"),
        *("created_at", "updated_at", "version"),
    ]
    assert [member.json_name for member in task.read_members] == [
        *("id", "ownerId", "projectId", "tagIds", "title", "score"),
        *("createdAt", "updatedAt", "version"),
    ]
    written = ["projectId", "tagIds", "title", "secret"]
    assert [member.json_name for member in task.create_members] == written
    assert [member.json_name for member in task.update_members] == written


@pytest.mark.parametrize(
    ("field", "required"),
    [
        ({"type": "text"}, True),
        ({"type": "text", "nullable": True}, False),
        ({"type": "text", "default": ""}, False),
        ({"type": "text", "nullable": True, "default": None}, False),
        ({"type": "text", "read_only": True, "nullable": True}, False),
    ],
)
def test_a_field_is_required_unless_it_may_be_absent(
    field: dict[str, object], required: bool
) -> None:
    assert resource({"fields": {"a": TITLE, "b": field}}).field("b").required is required


def test_each_type_has_exactly_one_flag() -> None:
    fields = [field for r in built(thirty()).resources for field in r.fields]
    assert {field.type for field in fields} == set(FIELD_TYPES)
    for field in fields:
        on = [kind for kind in FIELD_TYPES if getattr(field, f"is_{kind}")]
        assert on == [field.type]


def test_access_follows_the_owner_when_nothing_is_said() -> None:
    assert _access({"owner": True}) == {method: ["owner"] for method in METHODS}
    assert _access({}) == {method: ["authenticated"] for method in METHODS}


def test_a_method_wins_over_read_and_write() -> None:
    access = {"read": "public", "write": ["role:editor", "role:admin"], "delete": "nobody"}
    assert _access({"access": access}) == {
        "list": ["public"],
        "get": ["public"],
        "create": ["role:editor", "role:admin"],
        "update": ["role:editor", "role:admin"],
        "delete": [],
    }


def test_nobody_takes_the_method_away() -> None:
    task = resource({"access": {"delete": "nobody"}, "fields": {"title": TITLE}})
    assert not task.access.allows("delete")
    assert task.access.methods == ("list", "get", "create", "update")


def test_a_parent_rule_names_its_relation() -> None:
    task = resource({"access": {"read": "parent"}, "belongs_to": {"project": {}}})
    assert [rule.relation for rule in task.access.get] == ["project"]


def test_roles_are_those_of_the_rules_and_admin() -> None:
    specification = built(
        {"task": {"access": {"write": "role:editor"}, "fields": {"title": TITLE}}}
    )
    assert specification.roles == ("admin", "editor")


def test_what_is_public_without_accounts() -> None:
    from stanchion.specification import load_specification

    task = {"task": {"fields": {"title": TITLE}}}
    service = load_specification(task, auth=[], json_case="snake")
    assert service.resources[0].access.list[0].is_public


def _index_columns(task: Resource) -> list[tuple[str, ...]]:
    return [index.columns for index in task.indexes]


def test_indexes_serve_foreign_keys_filters_and_sorts() -> None:
    task = resource(
        {
            "belongs_to": {"project": {"nullable": True}},
            "access": {"read": "public"},
            "fields": {
                "title": {**TITLE, "sort": True, "filter": True},
                "due_on": {"type": "date", "nullable": True, "sort": True},
                "code": {"type": "integer", "unique": True, "sort": True},
                "spare": {"type": "integer", "unique": True, "nullable": True, "sort": True},
            },
        }
    )
    assert _index_columns(task) == [
        ("project_id", "id"),
        ("title", "id"),
        ("due_on", "id"),
        ("spare", "id"),
        ("created_at", "id"),
        ("updated_at", "id"),
    ]
    assert [index.nulls_first for index in task.indexes] == [
        ("project_id",),
        (),
        ("due_on",),
        ("spare",),
        (),
        (),
    ]
    assert task.indexes[0].name == "ix_tasks_project_id_id" == task.relations[0].index_name


def test_the_owner_leads_where_lists_hold_own_rows_only() -> None:
    fields = {
        "title": {**TITLE, "sort": True, "unique": "owner"},
        "a": {"type": "date", "sort": True},
    }
    own = resource({"owner": True, "fields": fields})
    stamps = [("created_at", "id"), ("updated_at", "id")]
    led = [("owner_id", *stamp) for stamp in stamps]
    assert _index_columns(own) == [("owner_id", "id"), ("owner_id", "a", "id"), *led]
    shared = resource({"owner": True, "access": {"read": "public"}, "fields": fields})
    assert _index_columns(shared) == [("owner_id", "id"), ("title", "id"), ("a", "id"), *stamps]


def test_without_a_list_nothing_is_indexed_for_its_order() -> None:
    task = resource(
        {"access": {"read": "nobody", "create": "authenticated"}, "fields": {"a": TITLE}}
    )
    assert _index_columns(task) == []


def test_unique_sets_name_columns_and_members() -> None:
    task = resource(
        {
            "owner": True,
            "belongs_to": {"project": {}},
            "unique": [["project", "title"]],
            "fields": {
                "title": TITLE,
                "code": {"type": "integer", "unique": True},
                "slug": {"type": "string", "max_length": 9, "unique": "owner", "column": "path"},
            },
        },
        "camel",
    )
    assert [(u.name, u.columns, u.members) for u in task.uniques] == [
        ("uq_tasks_code", ("code",), ("code",)),
        ("uq_tasks_owner_id_path", ("owner_id", "path"), ("slug",)),
        ("uq_tasks_project_id_title", ("project_id", "title"), ("projectId", "title")),
    ]


def test_a_link_has_a_table_between_with_every_name() -> None:
    task = resource({"many_to_many": ["tag"], "fields": {"title": TITLE}}, "camel")
    link = task.links[0]
    assert (link.table, link.left_column, link.right_column) == ("task_tags", "task_id", "tag_id")
    assert (link.json_name, link.filter_name) == ("tagIds", "tagId")
    assert link.pk_name == "pk_task_tags"
    assert link.left_fk_name == "fk_task_tags_task_id_tasks"
    assert link.index_name == "ix_task_tags_tag_id_task_id"


def test_a_relation_to_a_user_points_to_accounts() -> None:
    task = resource({"belongs_to": {"author": {"resource": "user"}}})
    relation = task.relation("author")
    assert relation.to_user
    assert (relation.column, relation.target_table) == ("author_id", "users")


def test_a_resource_knows_what_points_to_it() -> None:
    specification = built(thirty())
    company = specification.resource("company")
    assert [(r.resource, r.relation and r.relation.on_delete) for r in company.references] == [
        ("department", "cascade"),
        ("project", "restrict"),
    ]
    project = specification.resource("project")
    assert [r.link.table for r in project.references if r.link] == ["team_projects"]


def test_targets_come_before_what_needs_them() -> None:
    specification = built(thirty())
    seen: set[str] = set()
    for one in specification.resources:
        needed = {r.target for r in one.relations if not (r.nullable or r.to_user)}
        assert needed <= seen
        seen.add(one.name)


def test_the_order_does_not_depend_on_chance() -> None:
    first = [one.name for one in built(thirty()).resources]
    assert first == [one.name for one in built(thirty(), "camel").resources]


def test_stored_names_can_be_given() -> None:
    warehouse = built(thirty()).resource("warehouse")
    assert warehouse.table == "depot"
    assert {c.attribute: c.name for c in warehouse.columns if c.is_field} == {
        "code": "depot_code",
        "order": "position",
        "latitude": "latitude",
    }
    assert [u.columns for u in warehouse.uniques] == [("depot_code",)]


def test_checks_name_their_conditions() -> None:
    check = built(thirty(), "camel").resource("purchase_order").checks[1]
    assert check.name == "ck_purchase_orders_note_when_gift_shipped"
    assert check.json_name == "giftNote"
    assert [(c.field, c.value) for c in check.not_null_when] == [
        ("status", "shipped"),
        ("gift", True),
    ]


def test_no_constraint_has_the_name_of_another() -> None:
    names = [name for one in built(thirty()).resources for name in one.constraint_names]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 60 for name in names)


def test_patterns_are_spelt_without_shorthand() -> None:
    task = resource({"fields": {"a": {**TITLE, "pattern": r"\d+\.[\w-]"}}})
    assert task.field("a").pattern == r"[0-9]+\.[0-9A-Za-z_\-]"
