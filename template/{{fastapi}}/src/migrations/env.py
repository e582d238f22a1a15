"""How Alembic runs: online, on the database of the environment."""

import asyncio

from alembic import context
from sqlalchemy import Connection

from src.config import get_settings
from src.dialect import create_engine
from src.migrations.autogenerate import configure
from src.migrations.dialect import conclude, prepare


def run(connection: Connection) -> None:
    """Run the migrations that were asked for."""
    prepare(connection)
    configure(connection)
    with context.begin_transaction():
        context.run_migrations()
    conclude(connection)
    connection.commit()


async def run_online() -> None:
    """Connect as the service does, and run."""
    engine = create_engine(get_settings())
    try:
        async with engine.connect() as connection:
            await connection.run_sync(run)
    finally:
        await engine.dispose()


asyncio.run(run_online())
