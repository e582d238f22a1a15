"""Accounts for tests."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from fastapi import FastAPI
from sqlalchemy import insert
from uuid_utils.compat import uuid7

from src.auth.passwords import hash_password
from src.db import Database
from src.models.user import User, UserRole
from tests.clients import Client, connect
from tests.log_in import log_in_headers

PASSWORD = "correct horse battery staple"
_PASSWORD_HASH = hash_password(PASSWORD)


@dataclass(frozen=True)
class Person:
    """An account, and a client that is logged in with it."""

    id: UUID
    email: str
    client: Client


SignUp = Callable[..., Awaitable[Person]]


@asynccontextmanager
async def sign_up_with(app: FastAPI, database: Database) -> AsyncIterator[SignUp]:
    """Yield what makes a new person with the roles it is given."""
    async with AsyncExitStack() as clients:
        made: list[Person] = []

        async def sign_up(*roles: str) -> Person:
            email = f"person{len(made)}@example.com"
            user_id = await _insert(database, email, roles)
            headers = await log_in_headers(database, user_id)
            client = await clients.enter_async_context(connect(app, headers))
            made.append(Person(user_id, email, client))
            return made[-1]

        yield sign_up


async def _insert(database: Database, email: str, roles: tuple[str, ...]) -> UUID:
    user_id = uuid7()
    async with database.begin() as session:
        row = {"id": user_id, "email": email, "password_hash": _PASSWORD_HASH}
        await session.execute(insert(User).values(row))
        if roles:
            granted = [{"user_id": user_id, "role": role} for role in roles]
            await session.execute(insert(UserRole), granted)
    return user_id
