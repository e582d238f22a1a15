"""One transaction a request, committed before the answer is sent, in one place."""

import asyncio
import random
from asyncio import Timeout
from collections.abc import Awaitable, Callable
from typing import Any, Final

from fastapi import Request, Response
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError

from src.db import Database
from src.dialect import is_transient
from src.errors import ApiError, Code
from src.http.admission import Admission

RETRIES: Final = 3
_READING: Final = ("GET", "HEAD")

Handle = Callable[[Request], Awaitable[Response]]


class UnitOfWorkRoute(APIRoute):
    """A route whose handler finds an open session, and need not commit it."""

    def get_route_handler(self) -> Callable[[Request], Any]:  # Coroutine, as FastAPI types it
        """Return FastAPI's handler inside a unit of work."""
        handle = super().get_route_handler()

        async def handle_in_one_transaction(request: Request) -> Response:
            return await _handle(request, handle)

        return handle_in_one_transaction


async def _handle(request: Request, handle: Handle) -> Response:
    """Answer ``request``; a deadlock, a busy or a lost database is tried again, with jitter."""
    request.state.is_admitted = request.state.is_committing = False
    for attempt in range(RETRIES + 1):
        try:
            return await _once(request, handle)
        except DBAPIError as error:
            if not _may_try_again(request, error):
                raise
        await asyncio.sleep(random.uniform(0.01, 0.05) * 2**attempt)  # noqa: S311 - only jitter
    raise ApiError(Code.SERVICE_UNAVAILABLE)


def _may_try_again(request: Request, error: DBAPIError) -> bool:
    # A connection that was lost before the commit has changed nothing; one that is lost during
    # it may have, and nobody knows.
    lost = error.connection_invalidated and not request.state.is_committing
    return lost or is_transient(error)


async def _once(request: Request, handle: Handle) -> Response:
    database: Database = request.app.state.database
    session = database.session(writes=request.method not in _READING)
    request.state.session = session
    try:
        await _admit(request)
        response = await handle(request)
        if request.method not in _READING:
            _extend_deadline(request)
        await session.commit()
        return response
    finally:
        await session.close()


async def _admit(request: Request) -> None:
    if not request.state.is_admitted:
        admission: Admission = request.app.state.admission
        await admission.admit(request)
        request.state.is_admitted = True


def _extend_deadline(request: Request) -> None:
    # Whoever breaks a commit off does not know what is stored, so it gets as much time again.
    deadline: Timeout = request.state.deadline
    seconds: float = request.app.state.settings.request_timeout_seconds
    deadline.reschedule(asyncio.get_running_loop().time() + seconds)
    request.state.is_committing = True
