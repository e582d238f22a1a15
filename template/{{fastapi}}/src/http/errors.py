"""The one handler that turns whatever went wrong into the contract's error format."""

import asyncio
import logging
import time
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from src import audit
from src.audit import Event
from src.auth.caller import Caller
from src.deadlines import DEADLINE
from src.dialect import is_unavailable
from src.errors import ApiError, Code, detail
from src.http.responses import json_response
from src.middleware.methods import allow_header

logger = logging.getLogger(__name__)

# What Starlette, or a route that raises its ``HTTPException``, may answer; anything else is a 500.
_BY_STATUS: Final = {
    400: Code.MALFORMED_JSON,
    401: Code.UNAUTHENTICATED,
    403: Code.FORBIDDEN,
    404: Code.NOT_FOUND,
    405: Code.METHOD_NOT_ALLOWED,
    409: Code.CONFLICT,
    413: Code.PAYLOAD_TOO_LARGE,
    503: Code.SERVICE_UNAVAILABLE,
}


def add_error_handlers(app: FastAPI) -> None:
    """Make every error of ``app`` an answer in the contract's format."""
    app.add_exception_handler(ApiError, _answer)
    app.add_exception_handler(HTTPException, _answer)
    app.add_exception_handler(RequestValidationError, _answer)
    app.add_middleware(FailuresMiddleware, app.state.settings.request_timeout_seconds)


class FailuresMiddleware:
    """Answers what no handler expected and what takes too long, inside of what every answer gets.

    The deadline ends when an answer begins; until then ``request.state.deadline`` may move it.
    """

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the contract's error, unless an answer has already begun."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        began = False
        deadline = asyncio.timeout(self._seconds)

        async def send_once(message: Message) -> None:
            nonlocal began
            if not began:
                began = True
                deadline.reschedule(None)
            await send(message)

        try:
            async with deadline:
                scope["state"]["deadline"] = deadline
                DEADLINE.set(time.monotonic() + self._seconds)
                await self._app(scope, receive, send_once)
        except Exception as error:
            if began:
                raise
            if deadline.expired():  # what of a body has not come by now is not waited for
                scope["state"]["headers"].append((b"connection", b"close"))
            request = Request(scope, receive)
            response = await _answer(request, error)
            await response(scope, receive, send)


async def _answer(request: Request, error: Exception) -> Response:
    known = _api_error(request, error)
    if known.code is Code.INTERNAL_ERROR:
        logger.error("a request failed", exc_info=error)
    if known.code is Code.FORBIDDEN:
        _record_refusal(request)
    return json_response(known.body(), known.status, known.headers)


def _record_refusal(request: Request) -> None:
    caller = getattr(request.state, "caller", None)
    user_id = caller.user_id if isinstance(caller, Caller) else None
    told = {"method": request.method, "path": request.url.path}
    audit.record_at_once(Event.REFUSED, user_id, None, None, **told)


def _api_error(request: Request, error: Exception) -> ApiError:
    if isinstance(error, ApiError):
        return error
    if isinstance(error, HTTPException):
        code = _BY_STATUS.get(error.status_code, Code.INTERNAL_ERROR)
        allowed = code is Code.METHOD_NOT_ALLOWED
        return ApiError(code, headers=allow_header(request.scope) if allowed else {})
    if isinstance(error, RequestValidationError):
        return _invalid(error)
    lost = isinstance(error, PoolTimeoutError | OSError | OperationalError | InterfaceError)
    if isinstance(error, DBAPIError):
        lost = lost or error.connection_invalidated or is_unavailable(error)
    if lost:
        return ApiError(Code.SERVICE_UNAVAILABLE)
    return ApiError(Code.INTERNAL_ERROR)


def _invalid(error: RequestValidationError) -> ApiError:
    """Return what a route is answered that lets FastAPI parse its parameters or its body."""
    faults = {fault["loc"]: fault["type"] for fault in error.errors()}
    details = [
        detail(".".join(map(str, place[1:])), "required" if kind == "missing" else "invalid")
        for place, kind in faults.items()
    ]
    in_body = any(place[0] == "body" for place in faults)
    return ApiError(Code.VALIDATION_ERROR if in_body else Code.INVALID_PARAMETER, details=details)
