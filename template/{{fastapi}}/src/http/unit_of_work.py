"""One transaction a request, committed before the answer is sent, in one place."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any, Final

from fastapi import Request, Response
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError

from src.db import Database
from src.dialect import is_transient
from src.errors import ApiError, Code

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
    """Answer ``request``; a deadlock or a busy database is tried again, with jitter."""
    for attempt in range(RETRIES + 1):
        try:
            return await _once(request, handle)
        except DBAPIError as error:
            if not is_transient(error):
                raise
        await asyncio.sleep(random.uniform(0.01, 0.05) * 2**attempt)  # noqa: S311 - only jitter
    raise ApiError(Code.SERVICE_UNAVAILABLE)


async def _once(request: Request, handle: Handle) -> Response:
    database: Database = request.app.state.database
    session = database.session(writes=request.method not in _READING)
    request.state.session = session
    try:
        response = await handle(request)
        await session.commit()
        return response
    finally:
        await session.close()
