"""Who may do what, worked out from the rules."""

from __future__ import annotations

from stanchion.emitters.people import access_tests, allowed_methods, expectations, readers
from tests.specification.samples import built, thirty

SERVICE = built(thirty())


def statuses(name: str) -> dict[str, dict[str, int]]:
    """Give what each person is answered, by person and action."""
    found: dict[str, dict[str, int]] = {}
    for who, action, status in expectations(SERVICE.resource(name), SERVICE):
        found.setdefault(who, {})[action] = status
    return found


def test_who_owns_a_row_may_and_others_do_not_see_it() -> None:
    project = statuses("project")
    assert project["anonymous"] == dict.fromkeys(project["anonymous"], 401)
    assert project["stranger"] == {
        "list": 200,
        "get": 404,
        "create": 201,
        "update": 404,
        "delete": 404,
    }
    assert project["owner"] == {
        "list": 200,
        "get": 200,
        "create": 201,
        "update": 200,
        "delete": 204,
    }
    assert project["role:admin"] == project["stranger"]


def test_what_can_be_read_but_not_written_is_forbidden() -> None:
    company = statuses("company")
    assert company["stranger"]["update"] == 403
    assert company["anonymous"]["update"] == 401
    assert company["anonymous"]["get"] == 200


def test_a_parent_is_followed_to_the_end() -> None:
    task = statuses("task")
    assert task["parents_owner"] == {
        "list": 200,
        "get": 200,
        "create": 201,
        "update": 200,
        "delete": 204,
    }
    assert task["stranger"]["create"] == 422, "a parent that cannot be read is not there"
    assert task["stranger"]["get"] == 404


def test_a_parent_that_can_be_read_but_not_changed_is_forbidden() -> None:
    assert statuses("department")["stranger"]["create"] == 403


def test_a_role_is_good_for_the_rules_that_name_it() -> None:
    product = statuses("product")
    assert (product["role:manager"]["update"], product["role:manager"]["delete"]) == (200, 403)
    assert (product["role:admin"]["update"], product["role:admin"]["delete"]) == (403, 204)


def test_an_owner_who_cannot_read_the_parent_sees_nothing_of_his_own() -> None:
    comment = statuses("comment")
    assert comment["owner"]["update"] == 404
    assert comment["owner_of_all"]["update"] == 200


def test_a_method_of_nobody_is_not_tried() -> None:
    assert all(found.keys() == {"list", "get"} for found in statuses("exchange_rate").values())
    assert allowed_methods(SERVICE.resource("payment")) == [
        ("", "OPTIONS, POST"),
        ("/1", "GET, HEAD, OPTIONS"),
    ]


def test_readers_of_some_rows_are_known() -> None:
    assert readers(SERVICE.resource("company"), SERVICE) == []
    assert dict(readers(SERVICE.resource("project"), SERVICE)) == {
        "stranger": False,
        "owner": True,
        "parents_owner": False,
        "owner_of_all": True,
        "role:admin": False,
    }


def test_refusals_stand_before_permissions() -> None:
    names = [name for name, _ in access_tests(SERVICE.resource("project"), SERVICE)]
    assert names == ["test_who_may_not", "test_who_may"]
