"""What happens around every request: who asks is noted, and every answer is completed."""

import logging
import time
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars

from src.config import Settings
from src.errors import ApiError, Code
from src.http.responses import json_response
from src.middleware.client_address import ClientAddresses
from src.middleware.cors import ORIGIN, Cors
from src.middleware.draining import Draining
from src.middleware.headers import CommonHeaders, RawHeaders, joined
from src.middleware.request_id import NAME, request_id_of

logger: Final = logging.getLogger(__name__)


class ExchangeMiddleware:
    """The outermost one: names the request, completes the answer's headers, writes the log line."""

    def __init__(self, app: ASGIApp, settings: Settings, cors: Cors, draining: Draining) -> None:
        self._app = app
        self._cors = cors
        self._draining = draining
        self._addresses = ClientAddresses(settings.trusted_proxies)
        self._common = CommonHeaders(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; handlers find ``request_id`` and ``address`` in the request's state."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        scope["headers"] = joined(scope["headers"])
        given = dict(scope["headers"])
        exchange = Exchange(scope["method"], request_id_of(given.get(NAME)))
        address = self._addresses.of(scope)
        state = scope.setdefault("state", {})
        state.update(request_id=exchange.request_id, address=address, headers=exchange.headers)
        bind_contextvars(request_id=exchange.request_id, client=address, caller=None)
        shared = self._cors.shared(given.get(ORIGIN))

        async def send_complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                headers = [*message["headers"], *exchange.headers, *shared]
                self._common.add_to(headers, scope["path"])
                message["headers"] = headers
            await send(message)

        self._draining.open += 1
        try:
            await self._choose(scope)(scope, receive, send_complete)
        finally:
            self._draining.open -= 1
            exchange.log(scope)

    def _choose(self, scope: Scope) -> ASGIApp:
        return _refuse if self._draining.refuses(scope) else self._app


class Exchange:
    """One request, and what is known of its answer."""

    def __init__(self, method: str, request_id: str) -> None:
        self.method = method
        self.request_id = request_id
        self.status = 0
        """0 as long as nothing was answered, as where the client went away."""
        self.headers: RawHeaders = [(NAME, request_id.encode())]
        """What the answer says besides its own; whoever knows more of them adds to them."""
        self._began = time.perf_counter()

    def log(self, scope: Scope) -> None:
        """Write the one line of a request; the caller's id stands in its context."""
        if logger.isEnabledFor(logging.INFO):
            milliseconds = round((time.perf_counter() - self._began) * 1000, 1)
            told = {"method": self.method, "route": _route_of(scope), "status": self.status}
            logger.info("request", extra={**told, "ms": milliseconds})


def _route_of(scope: Scope) -> str | None:
    """Return the template of the path, which holds no id: as in ``/api/v1/things/{row_id}``."""
    template: str | None = getattr(scope.get("route"), "path", None)
    if template is None:
        return None
    path: str = scope["path"]  # routers know their paths without the prefix they are mounted at
    return path.rsplit("/", template.count("/"))[0] + template


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    refusal = ApiError(Code.SERVICE_UNAVAILABLE, headers={"Connection": "close"})
    response = json_response(refusal.body(), refusal.status, refusal.headers)
    await response(scope, receive, send)
