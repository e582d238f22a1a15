"""Every answer names its request, so that a log line can be found for it."""

import re
from typing import Final
from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER: Final = "X-Request-ID"
_VALID: Final = re.compile(rb"[A-Za-z0-9._-]{1,128}")
_NAME: Final = HEADER.lower().encode()


class RequestIdMiddleware:
    """Takes the client's ``X-Request-ID`` where it is one, makes it otherwise."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the id; handlers find it in ``request.state.request_id``."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        given = next((value for name, value in scope["headers"] if name == _NAME), b"")
        request_id = given.decode() if _VALID.fullmatch(given) else str(uuid4())
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"].append((_NAME, request_id.encode()))
            await send(message)

        return await self._app(scope, receive, send_with_id)
