"""What the contract promises of any resource, kept by every part of the museum."""

from tests.behaviour.creating import Creating
from tests.behaviour.deleting import Deleting
from tests.behaviour.filtering import Filtering
from tests.behaviour.listing import Listing
from tests.behaviour.reading import Reading
from tests.behaviour.searching import Searching
from tests.behaviour.updating import Updating
from tests.museum.factories import NOTE, PIECE, ROOM, TAG


class TestPieces(Listing, Filtering, Searching):
    factory = PIECE


class TestOnePiece(Reading):
    factory = PIECE


class TestNewPieces(Creating):
    factory = PIECE


class TestChangedPieces(Updating):
    factory = PIECE


class TestGonePieces(Deleting):
    factory = PIECE


class TestGoneRooms(Deleting):
    factory = ROOM


class TestGoneTags(Deleting):
    factory = TAG


class TestGoneNotes(Deleting):
    factory = NOTE
