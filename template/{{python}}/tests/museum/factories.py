"""What tests know of the museum."""

from src.contract.fields.plain import MAX_IDENTIFIERS
from tests.factory import KNOWN, Accepted, Factory, Refused, Relation, Values
from tests.museum.tables import PIECE_LINKS, Note, Piece, Room, Tag

_STAMPS = ("created_at", "updated_at")
_MADE = ("id", *_STAMPS)
_SHOWN = ("id", *_STAMPS, "version")
_NOT_UUIDS = [
    (1, "list", {}),
    (["x"], "ids", {}),
    ([None], "ids", {}),
    ([None] * (MAX_IDENTIFIERS + 1), "max_items", {"limit": str(MAX_IDENTIFIERS)}),
]


def _word(number: int) -> Values:
    return {"word": f"word {number}"}


def _room(number: int) -> Values:
    return {"name": f"Room {number}"}


def _piece(number: int) -> Values:
    return {"title": f"Piece {number}", "weight": number, "insured": number % 2 == 0}


def _note(number: int) -> Values:
    return {"text": f"Note {number}", "remark": None}


TAG = Factory(
    path="/api/v1/museum-tags",
    model=Tag,
    values=_word,
    members=(*_SHOWN, "word"),
    server_made=_MADE,
    required=("word",),
    filters=("word",),
    sorts=("word", *_STAMPS),
    uniques=(("word",),),
    refused=[Refused("word", "", "min_length", {"limit": "1"})],
)

ROOM = Factory(
    path="/api/v1/museum-rooms",
    model=Room,
    values=_room,
    members=(*_SHOWN, "owner_id", "inside_id", "name"),
    server_made=("owner_id", *_MADE),
    required=("name",),
    filters=("inside_id",),
    sorts=("name", *_STAMPS),
    relations={"inside_id": Relation("museum:room", "set_null", required=False)},
)

PIECE = Factory(
    path="/api/v1/museum-pieces",
    model=Piece,
    values=_piece,
    members=(*_SHOWN, "room_id", "copy_of_id", "tag_ids", "title", "weight", "insured"),
    server_made=_MADE,
    required=("title",),
    nothing={"weight": None, "insured": False},
    defaults={"weight": None, "insured": False},
    filters=("room_id", "copy_of_id", "title", "weight", "insured"),
    comparable=("weight",),
    sorts=("weight", "title", *_STAMPS),
    searched=("title",),
    uniques=(("room_id", "title"),),
    relations={
        "room_id": Relation("museum:room", "cascade", required=True),
        "copy_of_id": Relation("museum:piece", "restrict", required=False),
    },
    links=PIECE_LINKS,
    linked={"tag_ids": "museum:tag"},
    accepted=[Accepted("weight", 1.0, 1), Accepted("tag_ids", [], [])],
    refused=[
        Refused("insured", None, "not_null", {}),
        *(Refused("tag_ids", given, message, more) for given, message, more in _NOT_UUIDS),
    ],
    broken_rules=[({"weight": None, "insured": True}, "weight")],
)

NOTE = Factory(
    path="/api/v1/museum-notes",
    model=Note,
    values=_note,
    members=(*_SHOWN, "owner_id", "piece_id", "about_id", "text", "remark"),
    server_made=("owner_id", *_MADE),
    required=("text",),
    filters=("piece_id", "about_id"),
    sorts=_STAMPS,
    searched=("text", "remark"),
    relations={
        "piece_id": Relation("museum:piece", "cascade", required=True),
        "about_id": Relation("museum:note", "cascade", required=False),
    },
)

KNOWN.update({"museum:tag": TAG, "museum:room": ROOM, "museum:piece": PIECE, "museum:note": NOTE})
