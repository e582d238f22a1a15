"""The server as a process: how it stops, and what it logs."""

import json
import signal

from src.contract.casing import json_names
from tests.clients import Client
from tests.processes import running

_BODY = json.dumps(json_names({"refresh_token": "any"})).encode()
_REVOKE = (
    "POST /api/v1/auth/tokens/revoke HTTP/1.1\r\nContent-Type: application/json\r\n"
    f"Content-Length: {len(_BODY)}\r\nConnection: close\r\nX-Request-ID: open-one"
)


async def test_a_stop_answers_what_is_open_and_refuses_what_comes(client: Client) -> None:
    """Meanwhile it lives and is not ready: 503."""
    async with running() as service:
        assert "200 OK" in await service.get("/readyz")
        open_one = await service.send(_REVOKE, _BODY[:5])
        assert "200 OK" in await service.get("/healthz")  # the open one was taken before it
        service.stop()
        refused = ""
        while "503" not in refused:
            refused = await service.get("/readyz")
        assert "SERVICE_UNAVAILABLE" in refused
        assert "retry-after" in refused.lower()
        assert "503" in await service.get("/api/v1/auth/me")
        assert "200 OK" in await service.get("/healthz")
        assert "204 No Content" in await open_one.answer(_BODY[5:])
        status, lines = await service.ended()
    assert status == -signal.SIGTERM
    told = [line for line in lines if line.get("request_id") == "open-one"]
    assert [(line["event"], line["status"]) for line in told] == [("request", 204)]
    assert lines[-1]["event"].startswith("Finished server process")


async def test_a_body_that_never_comes_holds_no_stop_up(client: Client) -> None:
    async with running(REQUEST_TIMEOUT_SECONDS="1") as service:
        stuck = await service.send(_REVOKE, _BODY[:5])
        assert "200 OK" in await service.get("/healthz")
        service.stop()
        assert "503" in await stuck.answer()
        status, _ = await service.ended()
    assert status == -signal.SIGTERM


async def test_all_that_is_logged_is_json(client: Client) -> None:
    """One line a request, with its template instead of its path, and no secret."""
    async with running() as service:
        await service.get("/api/v1/auth/me?password=swordfish")
        await service.get("/nowhere/swordfish")
        service.stop()
        _, lines = await service.ended()
    requests = [line for line in lines if line["event"] == "request"]
    me = next(line for line in requests if line["route"] == "/api/v1/auth/me")
    assert (me["method"], me["status"], me["client"], me["level"]) == (
        *("GET", 401, "127.0.0.1", "info"),
    )
    assert me.keys() >= {"ms", "request_id", "timestamp"}
    assert [line["status"] for line in requests if line["route"] is None] == [404]
    assert "swordfish" not in str(lines)
    assert any(line["logger"] == "uvicorn.error" for line in lines)
