"""The header ``Idempotency-Key``: who sends a request again gets the first answer again."""

import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import wraps
from typing import Any, Final

from fastapi import Request, Response
from sqlalchemy.exc import SQLAlchemyError
from uuid_utils.compat import uuid7

from src.auth.caller import Caller
from src.contract import idempotency
from src.contract.access import Policy
from src.contract.idempotency import Answer, Attempt
from src.contract.relations import check_parents
from src.contract.schema import Input
from src.db import Database, Session
from src.errors import ApiError, Code
from src.http.responses import JSON

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotency-Replayed"
_VALID: Final = re.compile(r"[\x21-\x7e]{1,255}")
_KEPT: Final = ("location", "etag")

Handler = Callable[..., Awaitable[Response]]


def idempotent(policy: Policy, schema: type[Input]) -> Callable[[Handler], Handler]:
    """Return what makes a handler answer a request with a key once, and again alike.

    The handler takes ``request``, ``caller``, ``body`` and ``session``; ``schema`` reads what
    ``policy`` must still let the caller create before an answer is given again.
    """

    def decorate(handler: Handler) -> Handler:
        @wraps(handler)
        async def handle(**arguments: Any) -> Response:  # those of the handler
            request: Request = arguments["request"]
            caller: Caller | None = arguments["caller"]
            attempt = _attempt(request, caller, arguments["body"])
            if attempt is None:
                return await handler(**arguments)
            session: Session = arguments["session"]
            await session.close()  # it may hold the writers' turn, which the claim needs
            answer = await _claim(request, attempt)
            if answer is None:
                return await _first(attempt, session, lambda: handler(**arguments))
            values = {**schema.parse(attempt.body).values(), "owner_id": attempt.user_id}
            await check_parents(session, caller, policy, "create", values)
            headers = {**answer.headers, REPLAYED: "true"}
            return Response(answer.body, answer.status, headers, JSON)

        return handle

    return decorate


def _attempt(request: Request, caller: Caller | None, body: object) -> Attempt | None:
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not _VALID.fullmatch(key):
        raise ApiError(Code.INVALID_PARAMETER, "malformed_header", name=HEADER)
    if caller is None:
        raise ApiError(Code.INVALID_PARAMETER, "header_needs_caller", name=HEADER)
    if not hasattr(request.state, "lease_id"):  # a unit of work that is tried again keeps its lease
        request.state.lease_id = uuid7()
    lease_id, path = request.state.lease_id, request.scope["path"]
    return Attempt(caller.user_id, request.method, path, key, body, lease_id)


async def _claim(request: Request, attempt: Attempt) -> Answer | None:
    state = request.app.state
    seconds: float = state.settings.request_timeout_seconds
    return await idempotency.claim(state.database, attempt, seconds)


async def _first(
    attempt: Attempt, session: Session, handle: Callable[[], Awaitable[Response]]
) -> Response:
    """Answer a request that nobody has answered; keep what succeeds, free the key otherwise."""
    database: Database = session.database
    try:
        response = await handle()
        if response.status_code < 300:
            await idempotency.complete(session, attempt, _answer_of(response))
        else:
            await idempotency.free(session, attempt)
    except Exception:
        await session.close()
        with suppress(SQLAlchemyError, OSError):  # then the lease runs out
            async with database.begin() as other:
                await idempotency.free(other, attempt)
        raise
    return response


def _answer_of(response: Response) -> Answer:
    headers = {name: response.headers[name] for name in _KEPT if name in response.headers}
    return Answer(response.status_code, headers, bytes(response.body).decode())
