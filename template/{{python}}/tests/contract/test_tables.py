"""What models say about their tables."""

import pytest
from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import DeclarativeBase

from src.contract.tables import (
    columns_of,
    constrained_columns,
    references_to,
    table_of,
    target_of,
)
from tests.museum.tables import PIECE_LINKS, Piece, Room, Tag


def test_columns_go_by_their_attributes() -> None:
    assert columns_of(Tag)["word"] is table_of(Tag).c.word


def test_a_key_leads_to_its_table() -> None:
    assert target_of(columns_of(Piece)["room_id"]) is table_of(Room)
    assert PIECE_LINKS["tag_ids"].target is table_of(Tag)
    with pytest.raises(TypeError):
        target_of(columns_of(Piece)["title"])


def test_what_refers_to_a_table_is_known() -> None:
    found = {str(column) for column in references_to(table_of(Piece))}
    assert found == {
        "museum_pieces.copy_of_id",
        "museum_notes.piece_id",
        "museum_piece_tags.piece_id",
    }
    assert list(references_to(table_of(Tag))) == [PIECE_LINKS["tag_ids"].table.c.tag_id]


def test_the_columns_of_a_constraint_are_found_by_its_name() -> None:
    table = Table(
        "sketches",
        MetaData(),
        Column("id", Integer),
        Column("a", Integer),
        PrimaryKeyConstraint("id", name="pk_sketches"),
        UniqueConstraint("a", "id", name="uq_sketches"),
    )
    assert constrained_columns(table, "uq_sketches") == ("a", "id")
    assert constrained_columns(table, "pk_sketches") == ("id",)
    assert constrained_columns(table, "ck_sketches") == ()


def test_a_model_of_a_query_has_no_table() -> None:
    class Base(DeclarativeBase):
        """Models of this test."""

    class View(Base):
        __table__ = select(table_of(Tag)).subquery()
        __mapper_args__ = {"primary_key": [__table__.c.id]}  # noqa: RUF012 - as SQLAlchemy reads it

    with pytest.raises(TypeError):
        table_of(View)
