"""The museum's tables: a tree of rooms, pieces in them with tags and copies, notes on pieces."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from src.contract.tables import Link
from src.models.base import ResourceMixin


class Museum(DeclarativeBase):
    """Tables that no migration knows."""


class Tag(ResourceMixin, Museum):
    """A word that pieces are found by."""

    __tablename__ = "museum_tags"
    __table_args__ = (sa.UniqueConstraint("word", name="uq_museum_tags_word"),)

    word: Mapped[str] = mapped_column(sa.String(40))


class Room(ResourceMixin, Museum):
    """A room that somebody keeps; a room may lie inside another."""

    __tablename__ = "museum_rooms"

    owner_id: Mapped[UUID]
    inside_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("museum_rooms.id", name="fk_museum_rooms_inside", ondelete="SET NULL")
    )
    name: Mapped[str] = mapped_column(sa.String(60))


class Piece(ResourceMixin, Museum):
    """A piece that hangs in a room; it may be a copy, which keeps the other where it is."""

    __tablename__ = "museum_pieces"
    __table_args__ = (
        sa.UniqueConstraint("room_id", "title", name="uq_museum_pieces_room_id_title"),
    )

    room_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("museum_rooms.id", name="fk_museum_pieces_room", ondelete="CASCADE")
    )
    copy_of_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("museum_pieces.id", name="fk_museum_pieces_copy_of", ondelete="RESTRICT")
    )
    title: Mapped[str] = mapped_column(sa.String(60))
    weight: Mapped[int | None]
    insured: Mapped[bool] = mapped_column(default=False)


class Note(ResourceMixin, Museum):
    """What somebody says about a piece, or about another note, with which it goes."""

    __tablename__ = "museum_notes"

    owner_id: Mapped[UUID]
    piece_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("museum_pieces.id", name="fk_museum_notes_piece", ondelete="CASCADE")
    )
    about_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("museum_notes.id", name="fk_museum_notes_about", ondelete="CASCADE")
    )
    text: Mapped[str] = mapped_column(sa.String(200))
    remark: Mapped[str | None] = mapped_column(sa.String(200))


museum_piece_tags = sa.Table(
    "museum_piece_tags",
    Museum.metadata,
    sa.Column(
        "piece_id",
        sa.Uuid,
        sa.ForeignKey("museum_pieces.id", name="fk_museum_piece_tags_piece", ondelete="CASCADE"),
    ),
    sa.Column(
        "tag_id",
        sa.Uuid,
        sa.ForeignKey("museum_tags.id", name="fk_museum_piece_tags_tag", ondelete="CASCADE"),
    ),
    sa.PrimaryKeyConstraint("piece_id", "tag_id", name="pk_museum_piece_tags"),
)

PIECE_LINKS = {"tag_ids": Link(museum_piece_tags, "piece_id", "tag_id")}
