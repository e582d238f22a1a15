"""Whom a request comes from, and whom to believe about it."""

from ipaddress import ip_network

import pytest

from src.middleware.client_address import ClientAddresses, network_of

TRUSTED = ("10.0.0.0/8", "fd00::/8")


def _address(peer: str | None, *forwarded: str, trusted: tuple[str, ...] = TRUSTED) -> str:
    addresses = ClientAddresses([ip_network(network) for network in trusted])
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    return addresses.of({"client": (peer, 1) if peer else None, "headers": headers})


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("192.0.2.1", ["203.0.113.9"], "192.0.2.1"),
        ("10.0.0.1", ["203.0.113.9"], "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.7, 203.0.113.9"], "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.7", "203.0.113.9, 10.9.9.9"], "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.7, rubbish, 10.0.0.2"], "10.0.0.2"),
        ("10.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", [""], "10.0.0.1"),
        ("10.0.0.1", ["203.0.113.9:4711"], "203.0.113.9"),
        ("fd00::1", ["[2001:db8::1]:4711"], "2001:db8::1"),
        ("::ffff:10.0.0.1", ["203.0.113.9"], "203.0.113.9"),
        (None, ["203.0.113.9"], "unknown"),
    ],
)
def test_only_trusted_proxies_are_believed(
    peer: str | None, forwarded: list[str], expected: str
) -> None:
    assert _address(peer, *forwarded) == expected


def test_nobody_is_believed_unless_named() -> None:
    assert _address("10.0.0.1", "203.0.113.9", trusted=()) == "10.0.0.1"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_a_host_is_limited_with_its_whole_network(address: str, network: str) -> None:
    assert network_of(address) == network
