"""Each check finds what is wrong: in documents that are not well made, and where a service lies."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.exchange import NotRun
from tests.openapi import fuzzing, spectral, validity
from tests.openapi.conftest import do_without
from tests.openapi.fuzzing import Amount, Callers

PATH = "/numbers"
DOCUMENT: dict[str, Any] = {  # OpenAPI is any JSON
    "openapi": "3.1.0",
    "info": {
        "title": "Numbers",
        "version": "1",
        "description": "Numbers.",
        "contact": {"name": "Somebody"},
    },
    "servers": [{"url": "/"}],
    "tags": [{"name": "numbers", "description": "Numbers."}],
    "paths": {
        PATH: {
            "get": {
                "operationId": "get_number",
                "tags": ["numbers"],
                "description": "Get a number.",
                "responses": {
                    "200": {
                        "description": "A number.",
                        "content": {"application/json": {"schema": {"type": "integer"}}},
                    }
                },
            }
        }
    },
}


def _changed(**members: object) -> dict[str, Any]:  # as above
    operation = DOCUMENT["paths"][PATH]["get"] | members
    return {**DOCUMENT, "paths": {PATH: {"get": operation}}}


def test_a_document_that_is_well_made_has_no_faults(tmp_path: Path) -> None:
    assert list(validity.faults(DOCUMENT)) == []
    assert _by_spectral(DOCUMENT, tmp_path) == []


def test_what_is_no_openapi_is_found() -> None:
    assert list(validity.faults(_changed(responses={"200": {}})))
    assert list(validity.faults({**DOCUMENT, "openapi": "3.0.3"}))


def test_warnings_of_spectral_count(tmp_path: Path) -> None:
    (found,) = _by_spectral(_changed(tags=["others"]), tmp_path)
    assert "operation-tag-defined" in found


def _by_spectral(document: dict[str, Any], folder: Path) -> list[str]:  # as above
    try:
        return list(spectral.faults(document, folder))
    except NotRun as reason:
        do_without(reason)


class Numbers(BaseHTTPRequestHandler):
    """Serves the document, and at its only path an answer."""

    answer: object

    def do_GET(self) -> None:
        """Answer what there is."""
        content = DOCUMENT if self.path.endswith("openapi.json") else self.answer
        self._send(200, content)

    def _refuse(self) -> None:
        self._send(405, None)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_TRACE = do_QUERY = _refuse  # noqa: N815 - as the library calls them

    def _send(self, status: int, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Allow", "GET")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(params=[1, "one"], ids=["true", "false"])
def service(request: pytest.FixtureRequest) -> Iterator[tuple[str, bool]]:
    """Yield the address of a service, and whether it keeps what it says."""
    handler = type("Handler", (Numbers,), {"answer": request.param})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", request.param == 1
        server.shutdown()


def test_a_service_that_does_not_keep_its_word_is_found(
    service: tuple[str, bool], tmp_path: Path
) -> None:
    address, is_true = service
    found = list(fuzzing.faults(address, Callers(), tmp_path, Amount(examples=2)))
    assert (found == []) == is_true, found
    if not is_true:
        assert "Response violates schema" in found[0]
