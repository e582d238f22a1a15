"""Which client a request comes from, where proxies stand in between."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

from starlette.types import Scope

UNKNOWN: Final = "unknown"
"""The address of a client that has none, as at a Unix socket."""

_FORWARDED: Final = b"x-forwarded-for"
_LIMITED_BITS: Final = 64

Address = IPv4Address | IPv6Address


class ClientAddresses:
    """Tells clients' addresses, believing only the proxies that are trusted."""

    def __init__(self, trusted: Iterable[IPv4Network | IPv6Network]) -> None:
        self._trusted = tuple(trusted)

    def of(self, scope: Scope) -> str:
        """Return the peer's address, or where that is trusted what it says of the client.

        That is the rightmost entry of ``X-Forwarded-For`` that is not trusted itself: whatever
        is left of it, the client may have written. Nothing is believed beyond an entry that
        is no address.
        """
        peer = scope.get("client")
        text: str = peer[0] if peer else UNKNOWN
        if not self._trusted:
            return text
        found = read_address(text)
        if found is None or not self._is_trusted(found):
            return text
        for entry in reversed(_forwarded(scope)):
            address = read_address(entry)
            if address is None:
                break
            found = address
            if not self._is_trusted(address):
                break
        return str(found)

    def _is_trusted(self, address: Address) -> bool:
        return any(address in network for network in self._trusted)


def _forwarded(scope: Scope) -> list[str]:
    values = [value.decode("latin-1") for name, value in scope["headers"] if name == _FORWARDED]
    return [entry.strip() for entry in ",".join(values).split(",") if entry.strip()]


def read_address(text: str) -> Address | None:
    """Return the address that ``text`` holds, with a port or without; None where it is none."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped if isinstance(address, IPv6Address) else None) or address


@lru_cache(maxsize=4096)
def network_of(address: str) -> str:
    """Return what is limited together with ``address``: of IPv6 the /64 that one host has."""
    found = read_address(address)
    if not isinstance(found, IPv6Address):
        return str(found or address)
    return str(IPv6Network((found, _LIMITED_BITS), strict=False))
