"""Guessing passwords, from wherever a test likes."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.clients import Client, Response
from tests.http.services import serving
from tests.people import PASSWORD
from tests.steps import post

WRONG = "wrong"
PROXY = {"trusted_proxies": "127.0.0.1/32", "auth_rate_limit": "1000/second"}


@asynccontextmanager
async def guarded_service(**changes: object) -> AsyncIterator[Client]:
    """Open a client of a service that counts failed log-ins, from a new address."""
    async with serving(**{**PROXY, **changes}) as client:
        move(client)
        yield client


def move(client: Client) -> None:
    """Let ``client`` call from where nobody has called from before."""
    client.headers["X-Forwarded-For"] = f"2001:db8:{secrets.token_hex(2)}:{secrets.token_hex(2)}::"


def new_address() -> str:
    """Return an address that no account has."""
    return f"{secrets.token_hex(8)}@example.com"


async def log_in(client: Client, email: str, password: str = WRONG) -> Response:
    """Try to log in."""
    return await post(client, "tokens", email=email, password=password)


async def new_account(client: Client) -> str:
    """Return the address of a new account."""
    email = new_address()
    assert (await post(client, "register", email=email, password=PASSWORD)).status_code == 201
    return email
