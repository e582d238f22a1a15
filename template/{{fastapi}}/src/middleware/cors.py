"""Which pages of other origins may call the service: those of ``CORS_ORIGINS``."""

from typing import Final

from src.config import Settings
from src.middleware.headers import RawHeaders

ORIGIN: Final = b"origin"
REQUESTED_METHOD: Final = b"access-control-request-method"

_EXPOSED: Final = (
    b"ETag, Link, Location, Retry-After, RateLimit, RateLimit-Policy, X-Request-ID, "
    b"Idempotency-Replayed"
)
_ACCEPTED: Final = (
    b"Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-API-Key, "
    b"X-CSRF-Token, X-Request-ID"
)
_SECONDS: Final = b"600"


class Cors:
    """The headers by which a browser lets a page see an answer, made once for each origin."""

    def __init__(self, settings: Settings) -> None:
        self._shared = {origin.encode(): _shared(origin) for origin in settings.cors_origins}

    def shared(self, origin: bytes | None) -> RawHeaders:
        """Return what lets a page of ``origin`` see an answer; nothing for a foreign one."""
        return self._shared.get(origin, []) if origin is not None else []

    def preflight(self, origin: bytes, allow: bytes) -> RawHeaders:
        """Return what lets a page of ``origin`` send a request with any method of ``allow``."""
        if origin not in self._shared:
            return []
        return [
            (b"access-control-allow-methods", allow),
            (b"access-control-allow-headers", _ACCEPTED),
            (b"access-control-max-age", _SECONDS),
        ]


def _shared(origin: str) -> RawHeaders:
    return [
        (b"access-control-allow-origin", origin.encode()),
        (b"access-control-allow-credentials", b"true"),
        (b"access-control-expose-headers", _EXPOSED),
    ]
