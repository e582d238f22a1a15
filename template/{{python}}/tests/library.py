"""A library that only tests know: tables, rows and rules for descriptions of endpoints."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import ForeignKey, MetaData, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import Doc

from src.contract import describe, fields, schema
from src.contract.access import Action, Policy, Rule, parent
from src.contract.repository import Repository
from src.models.base import Base, ResourceMixin


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
