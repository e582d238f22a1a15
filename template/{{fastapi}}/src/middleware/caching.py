"""Which answers may be stored."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_UNSTORED: Final = "/api/v1/auth/"


class CachingMiddleware:
    """Forbids to store what is answered under ``auth``: tokens, and who has which account."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with ``Cache-Control: no-store`` under ``auth``."""
        if scope["type"] != "http" or not scope["path"].startswith(_UNSTORED):
            return await self._app(scope, receive, send)

        async def send_unstored(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Cache-Control"] = "no-store"
            await send(message)

        return await self._app(scope, receive, send_unstored)
