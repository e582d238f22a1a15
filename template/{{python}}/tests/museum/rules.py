"""Who may do what in the museum, and the repositories of its tables."""

import datetime as dt
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from src.contract import fields, schema
from src.contract.access import Policy, authenticated, owner, parent, public, role
from src.contract.casing import json_name
from src.contract.repository import Repository
from tests.museum.tables import PIECE_LINKS, Note, Piece, Room, Tag

Id = Annotated[UUID, fields.Identifier()]
Ids = Annotated[list[UUID], fields.Identifiers()]
Name = Annotated[str, fields.Text(min_length=1, max_length=60)]


class _Shown(schema.Representation):
    sortable: ClassVar[tuple[str, ...]] = ("created_at", "updated_at")

    id: Id
    created_at: Annotated[dt.datetime, fields.Moment()]
    updated_at: Annotated[dt.datetime, fields.Moment()]
    version: Annotated[int, fields.Integer(minimum=1)]


class _Change(schema.Input):
    version: Annotated[int, fields.Integer(minimum=1)] = schema.UNCHANGED


class TagShown(_Shown):
    """A tag as it is answered."""

    sortable = ("word", *_Shown.sortable)
    filterable = ("word",)

    word: Name


class TagCreate(schema.Input):
    """What makes a tag."""

    word: Name


class TagUpdate(_Change):
    """What changes in a tag."""

    word: Name = schema.UNCHANGED


class RoomShown(_Shown):
    """A room as it is answered."""

    sortable = ("name", *_Shown.sortable)
    filterable = ("inside_id",)

    owner_id: Id
    inside_id: Id | None
    name: Name


class RoomCreate(schema.Input):
    """What makes a room."""

    inside_id: Id | None = None
    name: Name


class RoomUpdate(_Change):
    """What changes in a room."""

    inside_id: Id | None = schema.UNCHANGED
    name: Name = schema.UNCHANGED


class PieceShown(_Shown):
    """A piece as it is answered."""

    sortable = ("weight", "title", *_Shown.sortable)
    filterable = ("room_id", "copy_of_id", "title", "weight", "insured")
    searchable = ("title",)

    room_id: Id
    copy_of_id: Id | None
    tag_ids: Ids
    title: Name
    weight: Annotated[int, fields.Integer(minimum=0)] | None
    insured: Annotated[bool, fields.Boolean()]


_WEIGHED_WHEN_INSURED = (schema.NotNullWhen("weight", {"insured": True}),)


class PieceCreate(schema.Input):
    """What makes a piece."""

    conditions = _WEIGHED_WHEN_INSURED

    room_id: Id
    copy_of_id: Id | None = None
    tag_ids: Ids = Field(default_factory=list)
    title: Name
    weight: Annotated[int, fields.Integer(minimum=0)] | None = None
    insured: Annotated[bool, fields.Boolean()] = False


class PieceUpdate(_Change):
    """What changes in a piece."""

    conditions = _WEIGHED_WHEN_INSURED

    room_id: Id = schema.UNCHANGED
    copy_of_id: Id | None = schema.UNCHANGED
    tag_ids: Ids = schema.UNCHANGED
    title: Name = schema.UNCHANGED
    weight: Annotated[int, fields.Integer(minimum=0)] | None = schema.UNCHANGED
    insured: Annotated[bool, fields.Boolean()] = schema.UNCHANGED


class NoteShown(_Shown):
    """A note as it is answered."""

    filterable = ("piece_id", "about_id")
    searchable = ("text", "remark")

    owner_id: Id
    piece_id: Id
    about_id: Id | None
    text: Name
    remark: Name | None


class NoteCreate(schema.Input):
    """What makes a note."""

    piece_id: Id
    about_id: Id | None = None
    text: Name
    remark: Name | None = None


class NoteUpdate(_Change):
    """What changes in a note."""

    piece_id: Id = schema.UNCHANGED
    about_id: Id | None = schema.UNCHANGED
    text: Name = schema.UNCHANGED
    remark: Name | None = schema.UNCHANGED


_TAGS = Policy(
    Tag,
    list=[public],
    get=[public],
    create=[authenticated],
    update=[authenticated],
    delete=[role("admin")],
)
_ROOMS = Policy(Room, list=[public], get=[public], create=[owner], update=[owner], delete=[owner])
_IN_ROOM = [parent("room_id")]
_PIECES = Policy(
    Piece, list=_IN_ROOM, get=_IN_ROOM, create=_IN_ROOM, update=_IN_ROOM, delete=_IN_ROOM
)
_ON_PIECE = [parent("piece_id")]
_NOTES = Policy(
    Note,
    list=[owner, *_ON_PIECE],
    create=_ON_PIECE,
    update=[owner],
    delete=[owner, *_ON_PIECE],
)

TAGS = Repository(Tag, TagShown, _TAGS)
ROOMS = Repository(Room, RoomShown, _ROOMS)
PIECES = Repository(Piece, PieceShown, _PIECES, PIECE_LINKS, {json_name("tag_id"): "tag_ids"})
NOTES = Repository(Note, NoteShown, _NOTES)
