"""What the document says of requests that may be sent again."""

import pytest

from src.contract.access import Action, owner
from tests.library import described, of_books, of_shelves


def test_a_create_is_described_with_its_key() -> None:
    of_shelves([owner], [owner])
    create = described(of_books(), "create")
    assert create["parameters"][0].name == "IdempotencyKey"
    answers = create["responses"]
    assert "Idempotency-Replayed" in answers["201"]["headers"]
    assert "Retry-After" in answers["409"].content["headers"]
    assert answers["422"].name == "ValidationErrorOrIdempotencyKeyReused"


@pytest.mark.parametrize("action", ["list", "get", "update", "delete"])
def test_nothing_else_is(action: Action) -> None:
    of_shelves([owner], [owner])
    assert "Idempotency" not in str(described(of_books(), action))
