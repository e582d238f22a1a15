"""Logging in without the work of a password, for tests that are about something else."""

from uuid import UUID

from src.db import Database
from src.services.tokens import start_family


async def log_in_headers(database: Database, user_id: UUID) -> dict[str, str]:
    """Return the headers of a request by the account with ``user_id``."""
    async with database.begin() as session:
        tokens = await start_family(session, user_id)
    return {"Authorization": f"Bearer {tokens['access_token']}"}
