"""Who calls, asked once a request, and whether he may call again already."""

from typing import Final

from fastapi import Request
from structlog.contextvars import bind_contextvars

from src.auth import authenticate
from src.auth.caller import Caller
from src.config import Settings
from src.counters import Counters
from src.errors import ApiError, Code
from src.middleware.client_address import network_of
from src.rate_limits import RateLimit, retry_after
from src.services.log_in_attempts import LogInAttempts

_AUTH: Final = "/api/v1/auth/"
_WITH_PASSWORD: Final = ("DELETE", f"{_AUTH}me")
"""What takes a password too, though it is no POST."""


async def identify(request: Request) -> Caller | None:
    """Return who calls; None where the request says nothing about it.

    Raises the 401, each time it is asked, where what the request says is not valid.
    """
    known: Caller | ApiError | None
    try:
        known = request.state.caller
    except AttributeError:
        known = request.state.caller = await _authenticate(request)
    if isinstance(known, ApiError):
        raise known
    return known


async def _authenticate(request: Request) -> Caller | ApiError | None:
    try:
        caller = await authenticate(request, request.state.session)
    except ApiError as refusal:
        return refusal
    if caller is not None:
        bind_contextvars(caller=str(caller.user_id))
    return caller


class Admission:
    """The limits of requests: for each caller, else for each client's address."""

    def __init__(self, settings: Settings) -> None:
        self.counters = Counters(settings)
        self._general = RateLimit.parse("general", settings.rate_limit)
        self._auth = RateLimit.parse("auth", settings.auth_rate_limit)

    async def admit(self, request: Request) -> None:
        """Count the request and note what the answer says of the limit.

        Raises ``RATE_LIMITED``. A 401 waits until a handler asks who calls: it comes later.
        """
        is_auth = _is_auth(request.method, request.scope["path"])
        limit = self._auth if is_auth else self._general
        if limit is None:
            return
        key = _address(request) if is_auth else await _key_of(request)
        count = await self.counters.add(f"{limit.name}:{key}", limit.seconds)
        headers = limit.headers(count)
        noted: list[tuple[bytes, bytes]] = request.state.headers
        noted += [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        if not limit.allows(count):
            raise ApiError(Code.RATE_LIMITED, headers={"Retry-After": str(retry_after(count))})

    def attempts_of(self, request: Request) -> LogInAttempts:
        """Return what counts the log-ins of the client; nothing does where they have no limit."""
        return LogInAttempts(self.counters if self._auth else None, _address(request))


def _is_auth(method: str, path: str) -> bool:
    is_post = method == "POST" and path.startswith(_AUTH)
    return is_post or (method, path) == _WITH_PASSWORD


async def _key_of(request: Request) -> str:
    try:
        caller = await identify(request)
    except ApiError:
        caller = None
    return str(caller.user_id) if caller else _address(request)


def _address(request: Request) -> str:
    return network_of(request.state.address)
