"""What requests are answered, with every header."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from src.contract.describe.components import Component, JsonSchema
from src.contract.describe.schemas import ERROR
from src.contract.messages import MESSAGES
from src.errors import STATUS, Code

Described = dict[str, Any]  # OpenAPI is any JSON, here with components in it
Status = int

_TEXT: Final = {"type": "string"}
_HEADERS: Final[Mapping[str, tuple[str, JsonSchema]]] = {
    "X-Request-ID": (
        "The name of the request.",
        {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,128}$"},
    ),
    "ETag": ("The row's version, to be sent as `If-Match` or `If-None-Match`.", _TEXT),
    "Location": ("The path of the row that was made.", {**_TEXT, "format": "uri-reference"}),
    "Link": ('The path of the next page, with `rel="next"`; only where there is one.', _TEXT),
    "Cache-Control": ("Nobody may store the answer.", {"type": "string", "const": "no-store"}),
    "WWW-Authenticate": ("How to authenticate.", _TEXT),
    "RateLimit": ("What is left of the limit: `r` requests in `t` seconds; unless off.", _TEXT),
    "RateLimit-Policy": ("The limit: `q` requests in `w` seconds; unless off.", _TEXT),
    "Retry-After": ("After how many seconds to try again.", {"type": "integer", "minimum": 0}),
}
_ALWAYS: Final = ("X-Request-ID", "RateLimit", "RateLimit-Policy")
_REQUIRED: Final = ("X-Request-ID", "Location", "WWW-Authenticate", "Cache-Control")
"""Those that never lack where they are listed."""
_OF_STATUS: Final[Mapping[Status, tuple[str, ...]]] = {
    401: ("WWW-Authenticate",),
    429: ("Retry-After",),
    503: ("Retry-After",),
}


def answer(
    description: str, schema: Component | JsonSchema | None = None, headers: Iterable[str] = ()
) -> Described:
    """Return the description of one answer; without ``schema`` it has no body."""
    described: Described = {"description": description}
    described["headers"] = {name: header_of(name) for name in (*_ALWAYS, *headers)}
    if schema is not None:
        described["content"] = {"application/json": {"schema": schema}}
    return described


def header_of(name: str) -> Component:
    """Return the description of one header of answers."""
    description, schema = _HEADERS[name]
    content = {"description": description, "required": name in _REQUIRED, "schema": schema}
    return Component("headers", name, content)


def failures(codes: Iterable[Code]) -> dict[str, Component]:
    """Return the answers with ``codes``, by status."""
    by_status: dict[Status, list[Code]] = {}
    wanted = set(codes)
    for code in Code:
        if code in wanted:
            by_status.setdefault(STATUS[code], []).append(code)
    return {str(status): _failure(status, by_status[status]) for status in sorted(by_status)}


def _failure(status: Status, codes: list[Code]) -> Component:
    name = "Or".join(code.value.title().replace("_", "") for code in codes)
    narrowed = {"code": {"enum": [code.value for code in codes]}}
    error = {"type": "object", "properties": narrowed}
    schema = {"allOf": [ERROR, {"type": "object", "properties": {"error": error}}]}
    texts = " ".join(f"`{code.value}`: {_message(code)}" for code in codes)
    return Component("responses", name, answer(texts, schema, _OF_STATUS.get(status, ())))


def _message(code: Code) -> str:
    return MESSAGES[code.value.lower()].format(expected="of a type that is taken here")
