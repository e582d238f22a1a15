"""The OpenAPI document: the schemas of what is answered and taken, as specified."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stanchion.views import Field, Member, Resource
from tests.conformance import expecting as expect
from tests.conformance.contract import Contract
from tests.conformance.document import Document, Json
from tests.conformance.registry import rule
from tests.conformance.rules.document import actions, document_of, operation_of
from tests.conformance.targets import resources
from tests.conformance.world import World


def _bodies(contract: Contract) -> Iterator[tuple[Resource, str]]:
    for resource, action in actions(contract):
        if action in ("get", "create", "update"):
            yield resource, action


def _members(world: World, resource: Resource, action: str) -> list[tuple[Member, bool]]:
    """Return the members of a body, and whether each must be there."""
    if action == "get":
        return [(member, True) for member in resource.read_members]
    if action == "create":
        return [(member, member.required) for member in resource.create_members]
    version = next(member for member in resource.read_members if member.is_version)
    return [(member, False) for member in (*resource.update_members, version)]


@rule("document.members", _bodies)
def members(world: World, target: tuple[Resource, str]) -> None:
    """A schema has exactly the members that are answered or taken, and says which are needed."""
    resource, action = target
    document = document_of(world)
    suffix = {"get": "", "create": "Create", "update": "Update"}[action]
    schema = document.schema(resource.names.class_name + suffix)
    wanted = _members(world, resource, action)
    names = {member.json_name for member, _ in wanted}
    expect.equal(set(schema["properties"]), names, "the members")
    needed = {member.json_name for member, is_needed in wanted if is_needed}
    expect.equal(set(schema.get("required", [])), needed, "the members that are needed")
    expect.equal(schema.get("additionalProperties"), False, "additionalProperties")
    for member, _ in wanted:
        part = schema["properties"][member.json_name]
        takes_null = not list(document.faults(part, None))
        expect.equal(takes_null, member.nullable, f"whether {member.json_name} may be null")
        if member.field is not None:
            _as_specified(document, member.field, part)


_LIMITS = {"min_length": "minLength", "max_length": "maxLength"}
_BOUNDS = {"minimum": "minimum", "maximum": "maximum", "multiple_of": "multipleOf"}
_FORMATS = {"uuid": "uuid", "date": "date", "datetime": "date-time"}
_RANGE = {"integer": (-(2**31), 2**31 - 1), "bigint": (-(2**53) + 1, 2**53 - 1)}
_LONGEST = {"email": 254, "url": 2048}


def _as_specified(document: Document, field: Field, part: Json) -> None:
    """Compare the schema of a field with what the specification says of it."""
    options = [option for option in part.get("anyOf", [part]) if option.get("type") != "null"]
    (schema,) = options
    wanted = _limits(field) | ({"format": _FORMATS[field.type]} if field.type in _FORMATS else {})
    if field.is_enum:
        wanted["enum"] = list(field.values)
    for keyword, value in wanted.items():
        expect.holds(
            schema.get(keyword) == value,
            f"{keyword} of {field.json_name} is {schema.get(keyword)!r}, expected {value!r}",
        )
    if field.is_decimal:
        _has_scale(document, field, schema)


def _limits(field: Field) -> dict[str, Json]:
    if field.is_decimal or field.is_enum:
        return {}
    found: dict[str, Any] = {
        keyword: getattr(field, name) for name, keyword in (_LIMITS | _BOUNDS).items()
    }
    if field.type in _RANGE:
        least, most = _RANGE[field.type]
        found["minimum"] = least if field.minimum is None else field.minimum
        found["maximum"] = most if field.maximum is None else field.maximum
    if field.type in _LONGEST and field.max_length is None:
        found["maxLength"] = _LONGEST[field.type]
    return found


def _has_scale(document: Document, field: Field, schema: Json) -> None:
    limits = (field.minimum, field.maximum, field.multiple_of)
    for limit in (limit for limit in limits if limit is not None):
        expect.holds(f" {limit}" in schema.get("description", ""), f"{limit} is not told")
    whole = "9" * max((field.precision or 0) - (field.scale or 0), 1)
    point = "." if field.scale else ""
    fitting = f"{whole}{point}{'9' * (field.scale or 0)}"
    expect.equal(list(document.faults(schema, fitting)), [], f"what {fitting} is told")
    for other in (f"9{fitting}", f"{whole}.{'9' * ((field.scale or 0) + 1)}", "1.", "1e3", 1):
        expect.holds(list(document.faults(schema, other)), f"{other!r} fits {field.json_name}")


@rule("document.pages", resources("list"))
def pages(world: World, resource: Resource) -> None:
    """A list answers ThingPage."""
    operation = operation_of(world, resource, "list")
    name = f"{resource.names.class_name}Page"
    expect.equal(operation.schema(200), {"$ref": f"#/components/schemas/{name}"}, "the schema")
