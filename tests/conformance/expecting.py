"""What cases say of an answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from stanchion.messages import MESSAGES
from tests.conformance.exchange import Answer, Failure

STATUS: Mapping[str, int] = {
    "INVALID_PARAMETER": 400,
    "MALFORMED_JSON": 400,
    "UNAUTHENTICATED": 401,
    "INVALID_CREDENTIALS": 401,
    "TOKEN_EXPIRED": 401,
    "TOKEN_REUSED": 401,
    "FORBIDDEN": 403,
    "CSRF_FAILED": 403,
    "NOT_FOUND": 404,
    "METHOD_NOT_ALLOWED": 405,
    "CONFLICT": 409,
    "VERSION_MISMATCH": 409,
    "PRECONDITION_FAILED": 412,
    "PAYLOAD_TOO_LARGE": 413,
    "UNSUPPORTED_MEDIA_TYPE": 415,
    "VALIDATION_ERROR": 422,
    "IDEMPOTENCY_KEY_REUSED": 422,
    "RATE_LIMITED": 429,
    "INTERNAL_ERROR": 500,
    "SERVICE_UNAVAILABLE": 503,
}
"""The contract's table of codes, and the status of each."""


def equal(found: object, wanted: object, what: str) -> None:
    """Raise ``Failure`` unless ``found`` is ``wanted``, of the same type too.

    JSON has one kind of number: a double that is whole may stand there without a point.
    """
    alike = type(found) is type(wanted) or (type(found), type(wanted)) == (int, float)
    if found != wanted or not alike:
        raise Failure(f"{what} is {found!r}, expected {wanted!r}")


def holds(condition: object, what: str) -> None:
    """Raise ``Failure`` saying ``what`` unless ``condition`` holds."""
    if not condition:
        raise Failure(what)


def status(answer: Answer, wanted: int) -> Answer:
    """Return ``answer``; ``Failure`` unless it has that status."""
    equal(answer.status, wanted, "the status")
    return answer


def error(
    answer: Answer,
    code: str,
    details: Sequence[tuple[str, str]] | None = (),
    message: str | None = None,
) -> Answer:
    """Return ``answer``; ``Failure`` unless it is the error ``code`` with exactly ``details``.

    Details are names and messages; None takes any. ``message`` is a key of the table.
    """
    status(answer, STATUS[code])
    kind = answer.headers.get("content-type", "")
    holds(kind.split(";")[0] == "application/json", f"an error is {kind!r}")
    body = answer.json
    holds(isinstance(body, dict) and list(body) == ["error"], "the body is no error")
    found = body["error"]
    equal(sorted(found), ["code", "details", "message"], "the members of an error")
    equal(found["code"], code, "the code")
    if message is not None:
        equal(found["message"], MESSAGES[message], "the message")
    if details is not None:
        got = [(entry["field"], entry["message"]) for entry in found["details"]]
        equal(got, list(details), "the details")
    return answer


def field_error(answer: Answer, field: str, message: str, **parameters: object) -> Answer:
    """Return ``answer``; ``Failure`` unless it is a 422 of that field alone."""
    return error(answer, "VALIDATION_ERROR", [(field, told(message, **parameters))])


def parameter_error(answer: Answer, name: str, message: str | None = None, **of: object) -> Answer:
    """Return ``answer``; ``Failure`` unless it is a 400 of that parameter alone."""
    error(answer, "INVALID_PARAMETER", None)
    details = answer.json["error"]["details"]
    equal([entry["field"] for entry in details], [name], "the parameters at fault")
    if message is not None:
        equal(details[0]["message"], told(message, **of), "the message")
    return answer


def told(message: str, **parameters: object) -> str:
    """Return the words of the contract for ``message``."""
    return MESSAGES[message].format(**parameters)


def members(row: Mapping[str, object], wanted: Collection[str]) -> None:
    """Raise ``Failure`` unless ``row`` has exactly these members."""
    equal(sorted(row), sorted(wanted), "the members")
