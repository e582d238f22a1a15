"""What fields of any JSON keep: each member whatever it is called, and numbers as doubles."""

from __future__ import annotations

import json

from stanchion.views import Field, Resource
from tests.conformance import expecting as expect
from tests.conformance.contract import path_of
from tests.conformance.registry import rule
from tests.conformance.rows import Json
from tests.conformance.targets import fields
from tests.conformance.world import World

_JSON = "application/json"
_MEMBERS: Json = {
    "__proto__": {"admin": True},
    "constructor": {"prototype": {"admin": True}},
    "toString": None,
    "": 1,
    "a.b": [{"__proto__": []}],
    "$ref": "#/",
    "2": "two",
    "10": "ten",
}
_NUMBERS = {
    "1.0": 1,
    "10e-1": 1,
    "-0": 0,
    "-0.0": 0,
    "0.1": 0.1,
    "9007199254740991": 9007199254740991,
    "9007199254740993": 9007199254740992,
    "-18446744073709551617": -18446744073709551616,
    "1" + "0" * 30: 1e30,
    "1.7976931348623157e308": 1.7976931348623157e308,
    "1e-400": 0,
}
"""How numbers are written, and the doubles that they are."""


def _is_stored(field: Field) -> bool:
    return field.type == "json" and field.creatable and field.readable


@rule("json.members", fields("create", where=_is_stored))
def members(world: World, target: tuple[Resource, Field]) -> None:
    """Members of any name are kept as they came, those that a language has a use for too."""
    resource, field = target
    row = world.rows.make_with(resource, world.maker, {field.json_name: _MEMBERS})
    expect.equal(row.json[field.json_name], _MEMBERS, field.json_name)
    if resource.access.allows("update"):
        changed = {**_MEMBERS, "__proto__": None}
        answer = expect.status(world.maker.patch(row.path, {field.json_name: changed}), 200)
        expect.equal(answer.json[field.json_name], changed, field.json_name)


@rule("json.numbers", fields("create", where=_is_stored))
def numbers(world: World, target: tuple[Resource, Field]) -> None:
    """Numbers are doubles, however they are written; one beyond them is 400, ever so deep."""
    resource, field = target
    body, _ = world.rows.body(resource, world.maker)
    mark = "a list of numbers"
    text = json.dumps({**body, field.json_name: mark})

    def send(written: str) -> Json:
        content = text.replace(f'"{mark}"', f"[{written}]").encode()
        headers = {"Content-Type": _JSON}
        return world.maker.request("POST", path_of(resource), content=content, headers=headers)

    answer = expect.status(send(",".join(_NUMBERS)), 201)
    found = [float(number) for number in answer.json[field.json_name]]
    expect.equal(found, [float(number) for number in _NUMBERS.values()], field.json_name)
    for beyond in ("1e400", "-1e400", "1" + "0" * 309):
        expect.error(send(f'{{"a": {beyond}}}'), "MALFORMED_JSON")
