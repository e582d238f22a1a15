"""The application as a server runs it."""

import sys
from collections.abc import Iterator

import pytest
import uvicorn
from pydantic import SecretStr
from starlette.types import Message

from src.__main__ import main
from src.config import get_settings
from src.db import Database
from src.main import create_app
from tests.clients import connect


@pytest.fixture
def _settings_read_anew() -> Iterator[None]:
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


async def test_it_starts_and_stops_with_its_server() -> None:
    """The pool of connections is closed at the end."""
    received: list[Message] = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    sent: list[Message] = []

    async def receive() -> Message:
        return received.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    await create_app()({"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, receive, send)
    assert [message["type"] for message in sent] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
    ]


@pytest.mark.usefixtures("_settings_read_anew")
def test_an_incomplete_environment_stops_the_start_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "short")
    monkeypatch.setenv("PORT", "http")
    with pytest.raises(SystemExit) as stop:
        main()
    assert "PORT" in str(stop.value)


def test_it_reloads_what_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server itself is not started here: it would not come back."""
    started: dict[str, object] = {}
    monkeypatch.setattr(uvicorn, "run", lambda app, **options: started.update(options, app=app))
    monkeypatch.setattr(sys, "argv", ["src", "--reload"])
    main()
    assert (started["host"], started["port"]) == (get_settings().host, get_settings().port)
    assert started["app"] == "src.main:create_app"
    assert started["reload"] is True


async def test_without_mail_its_endpoints_are_404(database: Database) -> None:
    settings = get_settings().model_copy(update={"smtp_url": SecretStr("none")})
    app = create_app(settings)
    async with connect(app) as client:
        for path in ("password/forgot", "password/reset", "email", "email/verify"):
            assert (await client.post(f"/api/v1/auth/{path}", json={})).status_code == 404
        assert (await client.post("/api/v1/auth/register", json={})).status_code == 422
    await app.state.database.close()
