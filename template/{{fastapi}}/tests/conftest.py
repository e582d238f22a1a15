"""One migrated database for each process that runs tests, emptied after each of them."""

import os
from collections.abc import AsyncIterator, Iterator

import pytest
from fastapi import FastAPI

from tests.counting import counting
from tests.mailbox import Mailbox, serve_mailbox
from tests.scratch import scratch_database

os.environ["APP_ENV"] = "test"
os.environ["RATE_LIMIT"] = os.environ["AUTH_RATE_LIMIT"] = "off"
os.environ["SECRET_KEY"] = "a key that only tests use, of enough bytes"

# The environment must be complete before the service is imported.
from src.db import Database
from src.main import create_app
from tests.clients import Client, connect
from tests.emptying import EMPTYING
from tests.people import SignUp, sign_up_with
from tests.stage import Stage


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Run every test on asyncio, as the server does."""
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def _database_url(worker_id: str) -> Iterator[None]:
    with counting() as variables:
        os.environ |= variables
        with scratch_database(os.environ.get("DATABASE_URL"), worker_id) as url:
            os.environ["DATABASE_URL"] = url
            yield


@pytest.fixture(scope="session", autouse=True)
def _mail_server() -> Iterator[Mailbox]:
    with serve_mailbox() as mailbox:
        os.environ["SMTP_URL"] = mailbox.url
        yield mailbox
        mailbox.clear()


@pytest.fixture
def mailbox(_mail_server: Mailbox) -> Mailbox:
    """What was mailed, nothing at first."""
    _mail_server.clear()
    return _mail_server


@pytest.fixture(scope="session")
async def app(_database_url: None, _mail_server: Mailbox) -> AsyncIterator[FastAPI]:
    """The service, on a database of this process."""
    service = create_app()
    yield service
    await service.state.database.close()


@pytest.fixture
async def database(app: FastAPI) -> AsyncIterator[Database]:
    """The service's database, empty."""
    database: Database = app.state.database
    yield database
    async with database.begin() as session:
        for statement in EMPTYING:
            await session.execute(statement)


@pytest.fixture
async def client(app: FastAPI, database: Database) -> AsyncIterator[Client]:
    """A client that nobody is logged in with."""
    async with connect(app) as anonymous:
        yield anonymous


@pytest.fixture
async def sign_up(app: FastAPI, database: Database) -> AsyncIterator[SignUp]:
    """Make accounts, each with a client that is logged in: ``await sign_up("editor")``."""
    async with sign_up_with(app, database) as make:
        yield make


@pytest.fixture
def stage(database: Database, client: Client, sign_up: SignUp) -> Stage:
    """Rows and people as a test asks for them."""
    return Stage(database, client, sign_up)
