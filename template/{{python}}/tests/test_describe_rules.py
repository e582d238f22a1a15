"""What endpoints are said to answer follows from rules and tables."""

from collections.abc import Sequence

import pytest

from src.contract.access import Action, Rule, authenticated, owner, public, role
from src.contract.casing import json_name
from src.contract.describe.rules import conflicts
from src.contract.describe.security import SCHEMES
from tests.library import described, of_books, of_shelves


@pytest.mark.parametrize(
    ("reads", "writes", "action", "forbidden"),
    [
        ([owner], [owner], "list", False),
        ([owner], [owner], "update", False),
        ([owner], [owner], "create", False),
        ([public], [owner], "update", True),
        ([public], [owner], "create", False),
        ([public], [authenticated], "delete", False),
        ([role("clerk")], [role("clerk")], "list", True),
        ([owner, role("clerk")], [owner], "list", False),
        ([owner, role("clerk")], [owner], "delete", True),
        ([authenticated], [role("clerk")], "create", True),
    ],
)
def test_403_is_described_where_some_account_meets_it(
    reads: Sequence[Rule], writes: Sequence[Rule], action: Action, forbidden: bool
) -> None:
    responses = described(of_shelves(reads, writes), action)["responses"]
    assert ("403" in responses) is forbidden


@pytest.mark.parametrize(
    ("reads", "writes", "action", "forbidden"),
    [
        ([owner], [owner], "create", False),
        ([owner], [owner], "update", False),
        ([public], [owner], "create", True),
        ([public], [owner], "delete", True),
        ([role("clerk")], [role("clerk")], "get", True),
    ],
)
def test_403_is_described_where_the_parent_decides_so(
    reads: Sequence[Rule], writes: Sequence[Rule], action: Action, forbidden: bool
) -> None:
    of_shelves(reads, writes)
    assert ("403" in described(of_books(), action)["responses"]) is forbidden


def test_403_is_described_where_a_row_can_lack_its_parent() -> None:
    of_shelves([owner], [owner])
    assert "403" in described(of_books("second_shelf_id"), "create")["responses"]


@pytest.mark.parametrize(
    ("reads", "writes", "action", "is_open"),
    [
        ([public], [owner], "get", True),
        ([public], [owner], "update", False),
        ([authenticated], [public], "create", True),
        ([owner, public], [owner], "list", True),
    ],
)
def test_nothing_is_needed_where_everybody_is_let_in_and_where_the_parent_lets_in_everybody(
    reads: Sequence[Rule], writes: Sequence[Rule], action: Action, is_open: bool
) -> None:
    parents = described(of_shelves(reads, writes), action)
    for each in (parents, described(of_books(), action)):
        assert ({} in each["security"]) is (is_open and bool(SCHEMES))


def test_409_is_described_where_a_value_can_be_taken_or_a_row_needed() -> None:
    shelves = of_shelves([owner], [owner])
    for action in ("create", "update", "delete"):
        assert "409" in described(shelves, action)["responses"]
    assert list(conflicts(of_books().policy, "create")) == []


def test_409_is_described_for_each_change_because_of_versions() -> None:
    of_shelves([owner], [owner])
    assert described(of_books(), "update")["responses"]["409"].name == "VersionMismatch"


@pytest.mark.parametrize(
    ("rules", "action", "words"),
    [
        ([public], "list", "Open to everybody."),
        (
            [owner, role("clerk")],
            "get",
            "Open to the owner of the row and accounts with the role `clerk`.",
        ),
        ([owner], "create", "Open to every account."),
    ],
)
def test_descriptions_say_whom_an_endpoint_is_open_to(
    rules: Sequence[Rule], action: Action, words: str
) -> None:
    assert described(of_shelves(rules, rules), action)["description"] == words


def test_descriptions_name_the_key_of_the_row_that_decides() -> None:
    of_shelves([owner], [owner])
    name = json_name("shelf_id")
    words = f"Open to whoever may read the row that `{name}` names."
    assert described(of_books(), "list")["description"] == words


def test_a_public_endpoint_takes_credentials_but_needs_none() -> None:
    security = described(of_shelves([public], [owner]), "list")["security"]
    assert not security or {} in security
