"""The one handler that turns whatever went wrong into the contract's error format."""

import logging

from fastapi import FastAPI, Request, Response
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException

from src.errors import ApiError, Code
from src.http.responses import json_response
from src.middleware.methods import allow_header

logger = logging.getLogger(__name__)

_ROUTER_ERRORS = {404: Code.NOT_FOUND, 405: Code.METHOD_NOT_ALLOWED}


def add_error_handlers(app: FastAPI) -> None:
    """Make every error of ``app`` an answer in the contract's format."""
    app.add_exception_handler(ApiError, _answer)
    app.add_exception_handler(HTTPException, _answer)
    app.add_exception_handler(Exception, _answer)
    for lost in (DBAPIError, PoolTimeoutError, OSError):
        app.add_exception_handler(lost, _answer)


async def _answer(request: Request, error: Exception) -> Response:
    known = _api_error(request, error)
    if known.code is Code.INTERNAL_ERROR:
        logger.error("a request failed", exc_info=error)
    return json_response(known.body(), known.status, known.headers)


def _api_error(request: Request, error: Exception) -> ApiError:
    if isinstance(error, ApiError):
        return error
    if isinstance(error, HTTPException):
        code = _ROUTER_ERRORS.get(error.status_code, Code.MALFORMED_JSON)
        allowed = code is Code.METHOD_NOT_ALLOWED
        return ApiError(code, headers=allow_header(request.scope) if allowed else {})
    lost = isinstance(error, PoolTimeoutError | OSError | OperationalError | InterfaceError)
    if lost or (isinstance(error, DBAPIError) and error.connection_invalidated):
        return ApiError(Code.SERVICE_UNAVAILABLE)
    return ApiError(Code.INTERNAL_ERROR)
