"""HEAD wherever GET is, OPTIONS on every path, and what a path offers."""

from typing import Final

from starlette.routing import Match, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from src.middleware.cors import ORIGIN, REQUESTED_METHOD, Cors

_METHODS: Final = ("DELETE", "GET", "PATCH", "POST", "PUT")


def allow_header(scope: Scope) -> dict[str, str]:
    """Return the ``Allow`` of the path that ``scope`` asks for; nothing where there is no path."""
    router: Router = scope["app"].router
    allowed = {
        method
        for method in _METHODS
        for route in router.routes
        if route.matches({**scope, "method": method})[0] is Match.FULL
    }
    if not allowed:
        return {}
    implied = {"OPTIONS", *(["HEAD"] if "GET" in allowed else [])}
    return {"Allow": ", ".join(sorted(allowed | implied))}


class MethodsMiddleware:
    """Answers OPTIONS, preflights among them, and HEAD as GET without its body."""

    def __init__(self, app: ASGIApp, cors: Cors) -> None:
        self._app = app
        self._cors = cors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the two methods that no router needs to name."""
        method = scope.get("method")
        if method == "HEAD":
            scope["method"] = "GET"
            await self._app(scope, receive, _without_body(scope, send))
        elif method == "OPTIONS" and (headers := allow_header(scope)):
            await self._answer_options(scope, headers["Allow"].encode(), send)
        else:
            await self._app(scope, receive, send)

    async def _answer_options(self, scope: Scope, allow: bytes, send: Send) -> None:
        given = dict(scope["headers"])
        headers = [(b"allow", allow)]
        if ORIGIN in given and REQUESTED_METHOD in given:
            headers += self._cors.preflight(given[ORIGIN], allow)
        await send({"type": "http.response.start", "status": 204, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


def _without_body(scope: Scope, send: Send) -> Send:
    async def send_head(message: Message) -> None:
        scope["method"] = "HEAD"  # else the server waits for the body that the length speaks of
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return send_head
