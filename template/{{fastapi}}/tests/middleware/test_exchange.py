"""What is noted of a request: its line in the log, and that it is open."""

import logging
from typing import Any

import pytest
from fastapi import FastAPI
from structlog.contextvars import get_contextvars

from src.middleware.draining import Draining
from tests.clients import Client
from tests.http.services import serving
from tests.people import SignUp
from tests.steps import code

LOGGER = "src.middleware.exchange"


def _told(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:  # members of any type
    names = ("method", "route", "status", "ms")
    records = [record for record in caplog.records if record.name == LOGGER]
    return [{name: getattr(record, name) for name in names} for record in records]


@pytest.mark.parametrize(
    ("method", "path", "route", "status"),
    [
        ("GET", "/api/v1/auth/me", "/api/v1/auth/me", 401),
        ("HEAD", "/docs/swagger-ui.css", "/docs/{name}", 200),
        ("GET", "/api/v1/secret/path", None, 404),
        ("PUT", "/api/v1/auth/me", "/api/v1/auth/me", 405),
        ("OPTIONS", "/api/v1/auth/me", None, 204),
    ],
)
async def test_a_request_is_one_line_without_its_path(
    client: Client,
    caplog: pytest.LogCaptureFixture,
    method: str,
    path: str,
    route: str | None,
    status: int,
) -> None:
    with caplog.at_level(logging.INFO, LOGGER):
        await client.request(method, f"{path}?token=swordfish")
    [told] = _told(caplog)
    assert told.pop("ms") >= 0
    assert told == {"method": method, "route": route, "status": status}


async def test_every_line_of_a_request_names_it_and_its_caller(sign_up: SignUp) -> None:
    """A caller before does not stand in the lines of a stranger after."""
    ada = await sign_up()
    response = await ada.client.get("/api/v1/auth/me", headers={"X-Request-ID": "one"})
    assert response.status_code == 200
    assert get_contextvars() == {"request_id": "one", "client": "127.0.0.1", "caller": str(ada.id)}
    del ada.client.headers["Authorization"]
    await ada.client.get("/healthz", headers={"X-Request-ID": "two"})
    assert get_contextvars() == {"request_id": "two", "client": "127.0.0.1", "caller": None}


async def test_a_server_that_stops_takes_nothing_new_503(client: Client) -> None:
    async with serving() as service:
        app: FastAPI = service._transport.app  # type: ignore[attr-defined]  # nobody else has it
        draining: Draining = app.state.draining
        assert (await service.get("/readyz")).status_code == 200
        draining.begin()
        response = await service.get("/readyz")
        assert (response.status_code, code(response)) == (503, "SERVICE_UNAVAILABLE")
        assert (response.headers["connection"], response.headers["retry-after"]) == ("close", "1")
        assert (await service.get("/healthz")).status_code == 200
        assert draining.open == 0
