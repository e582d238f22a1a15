"""Bodies as bytes: media types, sizes, JSON that is none."""

from __future__ import annotations

import json
from collections.abc import Mapping

from stanchion.views import Resource
from tests.conformance import expecting as expect
from tests.conformance.contract import path_of
from tests.conformance.exchange import Answer
from tests.conformance.raw import send_raw
from tests.conformance.registry import rule
from tests.conformance.rows import Json
from tests.conformance.targets import resources
from tests.conformance.world import World

_JSON = "application/json"
_MERGE_PATCH = "application/merge-patch+json"
_ALSO_JSON = (f"{_JSON}; charset=utf-8", "Application/JSON", f'{_JSON};charset="UTF-8"')
_LIMIT = 1024 * 1024
_MALFORMED = {
    "empty": b"",
    "white space": b" \n",
    "cut short": b'{"a": ',
    "two values": b"{} {}",
    "single quotes": b"{'a': 1}",
    "trailing comma": b'{"a": 1,}',
    "comment": b'{"a": 1} // one',
    "not UTF-8": b'{"a": "\xff"}',
    "overlong UTF-8": b'{"a": "\xc0\xaf"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "byte order mark": b'\xef\xbb\xbf{"a": 1}',
    "duplicate member": b'{"a": 1, "a": 2}',
    "nested duplicate": b'{"a": {"b": 1, "b": 1}}',
    "NaN": b'{"a": NaN}',
    "Infinity": b'{"a": -Infinity}',
    "beyond a double": b'{"a": 1e400}',
    "lone surrogate": b'{"a": "\\ud800"}',
    "surrogates reversed": b'{"a": "\\udc00\\ud800"}',
    "leading zero": b'{"a": 01}',
    "control character": b'{"a": "\x01"}',
    "33 deep": b'{"a": ' + b"[" * 32 + b"]" * 32 + b"}",
    "100,000 deep": b"[" * 100_000 + b"]" * 100_000,
}


def _post(world: World, resource: Resource, content: bytes, **headers: str) -> Answer:
    named = {"Content-Type": _JSON} | {k.replace("_", "-"): v for k, v in headers.items()}
    return world.maker.request("POST", path_of(resource), content=content, headers=named)


@rule("bodies.malformed", resources("create"))
def malformed(world: World, resource: Resource) -> None:
    """What is not well-formed JSON, strictly read, is 400 MALFORMED_JSON."""
    for content in _MALFORMED.values():
        expect.error(_post(world, resource, content), "MALFORMED_JSON")


@rule("bodies.deepest", resources("create"))
def deepest(world: World, resource: Resource) -> None:
    """32 levels are read."""
    content = b'{"nonsense": ' + b"[" * 31 + b"]" * 31 + b"}"
    expect.error(_post(world, resource, content), "VALIDATION_ERROR", None)


@rule("bodies.no_object", resources("create"))
def no_object(world: World, resource: Resource) -> None:
    """A body that is no object is 422, which names the whole body."""
    for content in (b"[]", b"null", b"1", b'"a"', b"true"):
        expect.field_error(_post(world, resource, content), "", "object")


@rule("bodies.media_type", resources("create"))
def media_type(world: World, resource: Resource) -> None:
    """Only application/json in UTF-8 is read, without any Content-Encoding."""
    body, _ = world.rows.body(resource, world.maker)
    content = json.dumps(body).encode()
    for kind in (
        "text/plain",
        "application/xml",
        "application/json; charset=latin1",
        "application/x-www-form-urlencoded",
        _MERGE_PATCH,
        "application/jsonp",
        "",
    ):
        answer = _post(world, resource, content, Content_Type=kind)
        expect.error(answer, "UNSUPPORTED_MEDIA_TYPE")
    for encoding in ("gzip", "br", "deflate"):
        answer = _post(world, resource, content, Content_Encoding=encoding)
        expect.error(answer, "UNSUPPORTED_MEDIA_TYPE")
    for kind in _ALSO_JSON:

        def send(body: Mapping[str, Json], kind: str = kind) -> Answer:
            return _post(world, resource, json.dumps(body).encode(), Content_Type=kind)

        world.rows.make_by(send, resource, world.maker)


@rule("bodies.merge_patch", resources("create", "update"))
def merge_patch(world: World, resource: Resource) -> None:
    """A patch may be a merge patch by name; no other type is read."""
    row = world.make(resource)
    for kind, status in ((_JSON, 200), (_MERGE_PATCH, 200), ("application/json-patch+json", 415)):
        answer = world.maker.request(
            "PATCH", row.path, content=b"{}", headers={"Content-Type": kind}
        )
        expect.status(answer, status)


@rule("bodies.too_large", resources("create"))
def too_large(world: World, resource: Resource) -> None:
    """More than 1 MiB is 413, told or found while it comes in chunks."""
    content = b'{"nonsense": "' + b"x" * _LIMIT + b'"}'
    expect.error(_post(world, resource, content), "PAYLOAD_TOO_LARGE")
    answer = send_raw(
        world.service.address,
        "POST",
        path_of(resource),
        {**world.maker.headers, "Content-Type": _JSON},
        [content[:65536]] * 17,
    )
    expect.error(answer, "PAYLOAD_TOO_LARGE")


@rule("bodies.largest", resources("create"))
def largest(world: World, resource: Resource) -> None:
    """Exactly 1 MiB is read."""
    content = b'{"nonsense": "' + b"x" * (_LIMIT - 16) + b'"}'
    expect.error(_post(world, resource, content), "VALIDATION_ERROR", None)


@rule("bodies.chunked", resources("create"))
def chunked(world: World, resource: Resource) -> None:
    """A body in chunks, without a length, is read like any other."""

    def send(body: Mapping[str, Json]) -> Answer:
        content = json.dumps(body).encode()
        headers = {**world.maker.headers, "Content-Type": _JSON}
        chunks = [content[:1], content[1:]]
        return send_raw(world.service.address, "POST", path_of(resource), headers, chunks)

    world.rows.make_by(send, resource, world.maker)


@rule("bodies.not_needed", resources("create", "get"))
def not_needed(world: World, resource: Resource) -> None:
    """A body that comes with a GET is not looked at."""
    row = world.make(resource)
    headers = {"Content-Type": _JSON}
    expect.status(world.maker.request("GET", row.path, content=b"nonsense", headers=headers), 200)
