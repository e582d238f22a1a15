"""Descriptions of endpoints follow from rules, tables and fields; here from a library's."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

import pytest
from sqlalchemy import ForeignKey, MetaData, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import Doc

from src.contract import describe, fields, schema
from src.contract.access import Action, Policy, Rule, authenticated, owner, parent, public, role
from src.contract.casing import json_name
from src.contract.describe.components import Component, Components
from src.contract.describe.parameters import list_parameters
from src.contract.describe.schemas import readable, schema_of
from src.contract.listing import Listing
from src.contract.repository import Repository
from src.errors import ApiError
from src.models.base import Base, ResourceMixin

_VALUES = {"boolean": "true", "integer": "1", "number": "1.5", "string": "a"}
_FORMATS = {
    "uuid": "01900000-0000-7000-8000-000000000000",
    "date": "2030-01-31",
    "date-time": "2030-01-31T12:00:00Z",
    "decimal": "1.5",
}


class Sample(Base):
    """Tables that no migration knows."""

    __abstract__ = True
    metadata = MetaData()


class Shelf(ResourceMixin, Sample):
    """Where books stand."""

    __tablename__ = "sample_shelves"
    __table_args__ = (UniqueConstraint("code"),)
    code: Mapped[str]
    owner_id: Mapped[UUID]


class Book(ResourceMixin, Sample):
    """What goes with its shelf."""

    __tablename__ = "sample_books"
    shelf_id: Mapped[UUID] = mapped_column(ForeignKey(Shelf.id, ondelete="CASCADE"))
    second_shelf_id: Mapped[UUID | None] = mapped_column(ForeignKey(Shelf.id, ondelete="SET NULL"))


class Loan(ResourceMixin, Sample):
    """What keeps a book."""

    __tablename__ = "sample_loans"
    book_id: Mapped[UUID] = mapped_column(ForeignKey(Book.id, ondelete="RESTRICT"))


class Row(schema.Representation):
    """Something of every comparable kind."""

    filterable = ("row_id", "name", "size", "price", "due_on", "seen_at", "open")
    sortable = ("name",)
    row_id: Annotated[UUID, fields.Identifier()]
    name: Annotated[str, fields.Text(max_length=9), Doc("What it is called.")]
    note: Annotated[str, fields.Text(), Doc("What else there is.")] | None
    size: Annotated[int, fields.Integer()]
    price: Annotated[str, fields.Decimals(precision=5, scale=2)]
    due_on: Annotated[str, fields.Day()]
    seen_at: Annotated[str, fields.Moment()]
    open: Annotated[bool, fields.Boolean()]


class RowCreate(schema.Input):
    """What makes one."""

    name: Annotated[str, fields.Text(max_length=9)]
    note: Annotated[str, fields.Text()] | None = None


def of_shelves(reads: Sequence[Rule], writes: Sequence[Rule]) -> Repository:
    """Return shelves that ``reads`` and ``writes`` say who may read and write."""
    policy = Policy(Shelf, list=reads, get=reads, create=writes, update=writes, delete=writes)
    return Repository(Shelf, Row, policy)


def of_books(attribute: str = "shelf_id") -> Repository:
    """Return books about which the row decides that ``attribute`` names."""
    rules = [parent(attribute)]
    policy = Policy(Book, list=rules, get=rules, create=rules, update=rules, delete=rules)
    return Repository(Book, Row, policy)


def described(resource: Repository, action: Action) -> dict[str, Any]:  # OpenAPI is any JSON
    """Return what the document says of one endpoint."""
    by_action = {
        "list": lambda: describe.list_of(resource),
        "get": lambda: describe.get_of(resource),
        "create": lambda: describe.create_of(resource, RowCreate),
        "update": lambda: describe.update_of(resource, RowCreate),
        "delete": lambda: describe.delete_of(resource),
    }
    return by_action[action]()


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


def test_409_is_described_where_a_value_can_be_taken_or_a_row_needed() -> None:
    shelves = of_shelves([owner], [owner])
    for action in ("create", "update", "delete"):
        assert "409" in described(shelves, action)["responses"]
    assert "409" not in described(of_books(), "create")["responses"]


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
    name = json_name("shelf_id")
    words = f"Open to whoever may read the row that `{name}` names."
    assert described(of_books(), "list")["description"] == words


def test_a_public_endpoint_takes_credentials_but_needs_none() -> None:
    security = described(of_shelves([public], [owner]), "list")["security"]
    assert not security or {} in security


def test_rows_are_described_whole_or_as_the_members_asked_for() -> None:
    whole, sparse = readable(Row)["anyOf"]
    assert whole.content["required"] == list(whole.content["properties"])
    assert "required" not in sparse.content


def test_members_carry_their_documentation() -> None:
    properties = schema_of(Row).content["properties"]
    assert properties["name"]["description"] == "What it is called."
    assert properties["note"]["description"] == "What else there is."


def test_inputs_require_what_has_no_default() -> None:
    content = schema_of(RowCreate).content
    assert content["required"] == ["name"]
    assert content["additionalProperties"] is False


def documented() -> dict[str, dict[str, Any]]:  # OpenAPI is any JSON
    """Return the filters that the document lists, by name."""
    listing = Listing(Row, {"tag_id": "tag_ids"})
    resolved = Components().resolve(list_parameters(listing))
    return {each["name"]: each["schema"] for each in resolved if "name" in each}


def test_every_documented_filter_is_taken() -> None:
    listing = Listing(Row, {"tag_id": "tag_ids"})
    for name, found in documented().items():
        kind = found.get("items", found)
        value = kind.get("enum", [_FORMATS.get(kind.get("format"), _VALUES[kind["type"]])])[0]
        listing.parse([(name, value)])


def test_no_filter_is_taken_that_is_not_documented() -> None:
    listing = Listing(Row, {"tag_id": "tag_ids"})
    names = [json_name(name) for name in Row.filterable] + ["tag_id", json_name("note")]
    operators = ["", "[in]", "[ne]", "[null]", "[gt]", "[gte]", "[lt]", "[lte]"]
    for name in {name + operator for name in names for operator in operators} - set(documented()):
        with pytest.raises(ApiError, match="parameter"):
            listing.parse([(name, "1")])


def test_two_components_of_one_name_stay_apart() -> None:
    components = Components()
    first, second = ({"const": number} for number in (1, 2))
    for content, name in ((first, "Thing"), (second, "Thing2"), (first, "Thing")):
        reference = components.resolve(Component("schemas", "Thing", content))
        assert reference == {"$ref": f"#/components/schemas/{name}"}
    assert components.sections["schemas"] == {"Thing": first, "Thing2": second}
