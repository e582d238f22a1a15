"""What every answer says besides its own: how browsers treat it, and who may keep it."""

from typing import Final

from src.config import Settings

RawHeaders = list[tuple[bytes, bytes]]

_SECURITY: Final = (
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)
_ENCRYPTION: Final = (b"strict-transport-security", b"max-age=31536000")
_VARY: Final = (b"vary", b"Origin, Authorization, Cookie, X-API-Key")
_REVALIDATED: Final = (b"cache-control", b"private, no-cache")
_UNSTORED: Final = (b"cache-control", b"no-store")
_UNSTORED_PATH: Final = "/api/v1/auth/"


def joined(lines: RawHeaders) -> RawHeaders:
    """Return each header as one line, however many it came in (RFC 9110, 5.3)."""
    found: dict[bytes, bytes] = {}
    for name, value in lines:
        between = b"; " if name == b"cookie" else b", "
        found[name] = found[name] + between + value if name in found else value
    return list(found.items())


class CommonHeaders:
    """The headers of every answer, made once."""

    def __init__(self, settings: Settings) -> None:
        encryption = () if settings.is_development else (_ENCRYPTION,)
        common = (*_SECURITY, *encryption, _VARY)
        self._revalidated = (*common, _REVALIDATED)
        self._unstored = (*common, _UNSTORED)

    def add_to(self, headers: RawHeaders, path: str) -> None:
        """Add what an answer of ``path`` does not say itself.

        What is answered under ``auth`` is never stored: tokens, and who has which account.
        """
        common = self._unstored if path.startswith(_UNSTORED_PATH) else self._revalidated
        own = {name for name, _ in headers}
        headers.extend(header for header in common if header[0] not in own)
