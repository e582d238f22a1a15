"""What handlers ask for, in the order in which faults are looked for.

A handler names them in its signature: first who calls, then the query, then the body.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated
from urllib.parse import unquote_to_bytes
from uuid import UUID

from fastapi import Depends, Request

from src.auth.caller import Caller
from src.contract.access import Action, Policy
from src.contract.etags import Precondition
from src.contract.fields.plain import parse_uuid
from src.contract.json_body import parse_json
from src.contract.listing import Listing, ListQuery
from src.db import Session
from src.errors import ApiError, Code, invalid_parameter
from src.http.admission import Admission, identify
from src.services.log_in_attempts import LogInAttempts
from src.services.roles import ADMIN

_JSON = ("application/json",)
_PATCH = (*_JSON, "application/merge-patch+json")


async def _session(request: Request) -> Session:
    session: Session = request.state.session
    return session


async def _current_user(request: Request) -> Caller:
    caller = await identify(request)
    if caller is None:
        raise ApiError(Code.UNAUTHENTICATED)
    return caller


async def _administrator(request: Request) -> Caller:
    caller = await _current_user(request)
    if ADMIN not in caller.roles:
        raise ApiError(Code.FORBIDDEN)
    return caller


async def _log_in_attempts(request: Request) -> LogInAttempts:
    admission: Admission = request.app.state.admission
    return admission.attempts_of(request)


DbSession = Annotated[Session, Depends(_session)]
CurrentUser = Annotated[Caller, Depends(_current_user)]
Administrator = Annotated[Caller, Depends(_administrator)]
Attempts = Annotated[LogInAttempts, Depends(_log_in_attempts)]


def require(policy: Policy, action: Action) -> Callable[[Request], Awaitable[Caller | None]]:
    """Return the dependency that tells who calls, when some row may let them do ``action``."""

    async def caller(request: Request) -> Caller | None:
        found = await identify(request)
        policy.require(action, found)
        return found

    return caller


def query_pairs(request: Request) -> list[tuple[str, str]]:
    """Return the names and values of the query, which must be UTF-8."""
    raw: bytes = request.scope["query_string"]
    pairs = [part.partition(b"=") for part in raw.split(b"&") if part]
    try:
        return [(_text(name), _text(value)) for name, _, value in pairs]
    except UnicodeDecodeError:
        raise ApiError(Code.INVALID_PARAMETER) from None


def _text(part: bytes) -> str:
    return unquote_to_bytes(part.replace(b"+", b" ")).decode("utf-8")


def list_query(listing: Listing) -> Callable[[Request], Awaitable[ListQuery]]:
    """Return the dependency that reads the query of a list."""

    async def query(request: Request) -> ListQuery:
        return listing.parse(query_pairs(request))

    return query


def row_fields(listing: Listing) -> Callable[[Request], Awaitable[tuple[str, ...]]]:
    """Return the dependency that reads which members of a single row are asked for."""

    async def fields(request: Request) -> tuple[str, ...]:
        return listing.parse_fields(query_pairs(request))

    return fields


async def _no_query(request: Request) -> None:
    for name, _ in query_pairs(request):
        raise invalid_parameter(name, "unknown")


async def _precondition(request: Request) -> Precondition:
    return Precondition.parse(request.headers.get("if-match"))


async def _row_id(request: Request) -> UUID | None:
    return parse_uuid(request.path_params["row_id"])


async def _body(request: Request) -> object:
    return await _read_json(request, _JSON)


async def _patch(request: Request) -> object:
    return await _read_json(request, _PATCH)


async def _read_json(request: Request, expected: tuple[str, ...]) -> object:
    _check_media_type(request, expected)
    if not hasattr(request.state, "body"):  # a unit of work that is tried again has it already
        await request.state.session.close()  # a slow client must not hold a connection meanwhile
        request.state.body = await _read_body(request)
    return parse_json(request.state.body)


async def _read_body(request: Request) -> bytes:
    limit: int = request.app.state.settings.max_body_bytes
    if int(request.headers.get("content-length", "0")) > limit:
        raise ApiError(Code.PAYLOAD_TOO_LARGE)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise ApiError(Code.PAYLOAD_TOO_LARGE)
    return bytes(body)


def _check_media_type(request: Request, expected: tuple[str, ...]) -> None:
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = parameters.strip().lower().replace('"', "")
    if (
        media_type.strip().lower() not in expected
        or charset not in ("", "charset=utf-8")
        or "content-encoding" in request.headers
    ):
        raise ApiError(Code.UNSUPPORTED_MEDIA_TYPE, expected=" or ".join(expected))


NoQuery = Annotated[None, Depends(_no_query)]
JsonBody = Annotated[object, Depends(_body)]
PatchBody = Annotated[object, Depends(_patch)]
IfMatch = Annotated[Precondition, Depends(_precondition)]
RowId = Annotated[UUID | None, Depends(_row_id)]
