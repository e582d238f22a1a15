"""The one kind of error that the API answers, and the table from its code to a status."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from src.contract.messages import MESSAGES


class Code(StrEnum):
    """What clients may branch on; messages are for people."""

    INVALID_PARAMETER = "INVALID_PARAMETER"
    MALFORMED_JSON = "MALFORMED_JSON"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    INVALID_CREDENTIALS = "INVALID_CREDENTIALS"
    TOKEN_EXPIRED = "TOKEN_EXPIRED"
    TOKEN_REUSED = "TOKEN_REUSED"
    FORBIDDEN = "FORBIDDEN"
    CSRF_FAILED = "CSRF_FAILED"
    NOT_FOUND = "NOT_FOUND"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    CONFLICT = "CONFLICT"
    VERSION_MISMATCH = "VERSION_MISMATCH"
    PRECONDITION_FAILED = "PRECONDITION_FAILED"
    PAYLOAD_TOO_LARGE = "PAYLOAD_TOO_LARGE"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    VALIDATION_ERROR = "VALIDATION_ERROR"
    IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED"
    RATE_LIMITED = "RATE_LIMITED"
    INTERNAL_ERROR = "INTERNAL_ERROR"
    SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE"


STATUS: Final[dict[Code, int]] = {
    Code.INVALID_PARAMETER: 400,
    Code.MALFORMED_JSON: 400,
    Code.UNAUTHENTICATED: 401,
    Code.INVALID_CREDENTIALS: 401,
    Code.TOKEN_EXPIRED: 401,
    Code.TOKEN_REUSED: 401,
    Code.FORBIDDEN: 403,
    Code.CSRF_FAILED: 403,
    Code.NOT_FOUND: 404,
    Code.METHOD_NOT_ALLOWED: 405,
    Code.CONFLICT: 409,
    Code.VERSION_MISMATCH: 409,
    Code.PRECONDITION_FAILED: 412,
    Code.PAYLOAD_TOO_LARGE: 413,
    Code.UNSUPPORTED_MEDIA_TYPE: 415,
    Code.VALIDATION_ERROR: 422,
    Code.IDEMPOTENCY_KEY_REUSED: 422,
    Code.RATE_LIMITED: 429,
    Code.INTERNAL_ERROR: 500,
    Code.SERVICE_UNAVAILABLE: 503,
}

_ALWAYS_WITH: Final[dict[int, dict[str, str]]] = {
    401: {"WWW-Authenticate": "Bearer"},
    503: {"Retry-After": "1"},
}


class Detail(NamedTuple):
    """One fault of one field or query parameter."""

    field: str
    message: str


class ApiError(Exception):
    """Whatever is answered with a status of 400 or above.

    Raise it anywhere: the unit of work is rolled back and the one handler prints it.
    ``message`` is a key of the table of messages; without one the code's own message is used.
    """

    def __init__(
        self,
        code: Code,
        message: str | None = None,
        *,
        details: Sequence[Detail] = (),
        headers: Mapping[str, str] | None = None,
        **parameters: object,
    ) -> None:
        self.code = code
        self.status = STATUS[code]
        self.details = tuple(details)
        self.headers = {**_ALWAYS_WITH.get(self.status, {}), **(headers or {})}
        self.message = MESSAGES[message or code.value.lower()].format(**parameters)
        super().__init__(self.message)

    def body(self) -> dict[str, object]:
        """Return the answer's body, as every client sees it."""
        details = [detail._asdict() for detail in self.details]
        return {"error": {"code": self.code, "message": self.message, "details": details}}


def detail(field: str, message: str, **parameters: object) -> Detail:
    """Return a fault of ``field``, in the words that the table has for ``message``."""
    return Detail(field, MESSAGES[message].format(**parameters))


def invalid(field: str, message: str, **parameters: object) -> ApiError:
    """Return the 422 that names one field."""
    return ApiError(Code.VALIDATION_ERROR, details=[detail(field, message, **parameters)])


def invalid_parameter(name: str, message: str, **parameters: object) -> ApiError:
    """Return the 400 that names one query parameter."""
    return ApiError(Code.INVALID_PARAMETER, details=[detail(name, message, **parameters)])


def not_found() -> ApiError:
    """Return the 404 of a row that is not there, or not there for this caller."""
    return ApiError(Code.NOT_FOUND)
