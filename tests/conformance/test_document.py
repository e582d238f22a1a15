"""Answers that differ from a document are found."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.conformance.document import Document, told_of
from tests.conformance.exchange import Answer, Sample

_NUMBER = {"type": "integer"}
_FOUND = {
    "headers": {"X-Request-ID": {"$ref": "#/components/headers/Name"}},
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Number"}}},
}
DOCUMENT = Document(
    {
        "paths": {
            "/numbers/{id}": {
                "get": {"responses": {"200": _FOUND, "304": {"description": "Known."}}}
            },
            "/numbers/newest": {"get": {"responses": {"200": {"description": "None."}}}},
        },
        "components": {
            "schemas": {"Number": _NUMBER},
            "headers": {"Name": {"required": True, "schema": {"type": "string"}}},
        },
    }
)


def answer(**differing: Any) -> Answer:  # of the type of each attribute
    """Return an answer that is as documented but for what differs."""
    values: dict[str, Any] = {
        "method": "GET",
        "path": "/numbers/1?fields=id",
        "sent": {},
        "content": None,
        "status": 200,
        "headers": httpx2.Headers({"Content-Type": "application/json", "X-Request-ID": "1"}),
        "body": b"1",
    }
    return Answer(**(values | differing))


@pytest.mark.parametrize(
    "differing",
    [
        {},
        {"method": "HEAD", "body": b""},
        {"status": 304, "body": b""},
        {"path": "/numbers/newest", "body": b""},
        {"method": "PUT", "status": 405, "body": b"{}"},
        {"path": "/others", "status": 404, "body": b"{}"},
    ],
    ids=str,
)
def test_what_is_documented_has_no_faults(differing: dict[str, Any]) -> None:
    assert list(told_of(DOCUMENT, answer(**differing))) == []


@pytest.mark.parametrize(
    ("differing", "told"),
    [
        ({"status": 201}, "the status 201"),
        ({"method": "HEAD", "status": 500, "body": b""}, "the status 500"),
        ({"headers": httpx2.Headers({"Content-Type": "application/json"})}, "x-request-id"),
        ({"headers": httpx2.Headers({"X-Request-ID": "1"})}, "the content type"),
        ({"body": b'"one"'}, "'one' is not of type 'integer'"),
        ({"status": 304}, "a body"),
        ({"path": "/numbers/newest"}, "a body"),
    ],
    ids=str,
)
def test_what_is_not_documented_is_told(differing: dict[str, Any], told: str) -> None:
    (found,) = told_of(DOCUMENT, answer(**differing))
    assert told in found


def test_a_sample_keeps_some_of_each_kind() -> None:
    sample = Sample()
    for number in range(Sample.MOST + 1):
        sample.add(answer(path=f"/numbers/0190b8c8-7f3a-7c4e-8d21-{number:012d}"))
    sample.add(answer(status=404))
    assert len(sample.answers()) == Sample.MOST + 1
    sample.forget()
    assert sample.answers() == []
