"""What a request says that may be sent again, and what it is answered besides."""

from typing import Final

from src.contract.describe.answers import Described, failures, header_of
from src.contract.describe.components import Component
from src.contract.describe.parameters import header_parameter
from src.errors import Code

_KEY: Final = header_parameter(
    "Idempotency-Key",
    "IdempotencyKey",
    "A name for what is to be done once. Sent again within 24 hours by the same caller, with the "
    "same body, the request is answered as it was the first time.",
    {"type": "string", "pattern": "^[\\x21-\\x7e]{1,255}$"},
)
_REPLAYED: Final = Component(
    "headers",
    "Idempotency-Replayed",
    {
        "description": "The answer was given before; only where it was.",
        "schema": {"type": "string", "const": "true"},
    },
)
_AGAIN: Final = {"Retry-After": header_of("Retry-After")}
_CONFLICT: Final = failures([Code.CONFLICT])["409"].content
_REFUSALS: Final = {
    "409": Component(
        "responses",
        "ConflictOrStillRunning",
        {**_CONFLICT, "headers": {**_CONFLICT["headers"], **_AGAIN}},
    ),
    **failures([Code.VALIDATION_ERROR, Code.IDEMPOTENCY_KEY_REUSED]),
}


def repeatable(described: Described) -> Described:
    """Return the description of an endpoint that makes rows, with its key and what comes of it."""
    answers = dict(described["responses"])
    made = answers["201"]
    answers["201"] = {**made, "headers": {**made["headers"], "Idempotency-Replayed": _REPLAYED}}
    parameters = [_KEY, *described["parameters"]]
    return {**described, "parameters": parameters, "responses": {**answers, **_REFUSALS}}
