"""The OpenAPI document: the operations of each resource, and all that is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stanchion.views import Resource
from tests.conformance import expecting as expect
from tests.conformance.contract import API, Contract, path_of
from tests.conformance.document import Document, Operation
from tests.conformance.exchange import Failure
from tests.conformance.registry import rule
from tests.conformance.targets import resources
from tests.conformance.world import World

_METHOD = {"list": "get", "create": "post", "get": "get", "update": "patch", "delete": "delete"}
_SUCCESS = {"list": {200}, "create": {201}, "get": {200, 304}, "update": {200}, "delete": {204}}
_ALWAYS = {400, 429, 500, 503}
_OF_BODY = {413, 415, 422}
_OF_ACTION: Mapping[str, set[int]] = {
    "list": set(),
    "get": {404},
    "create": _OF_BODY,
    "update": {404, 409, 412, *_OF_BODY},
    "delete": {404, 412},
}
_HEADERS: Mapping[int, set[str]] = {
    201: {"location", "etag"},
    304: {"etag"},
    401: {"www-authenticate"},
    429: {"retry-after"},
    503: {"retry-after"},
}
_ON_LISTS = ("limit", "cursor", "sort", "fields", "count")
_COMPARISONS = ("[gt]", "[gte]", "[lt]", "[lte]")
_REQUEST = "X-Request-ID"


def document_of(world: World) -> Document:
    """Return the service's document."""
    return Document(expect.status(world.anonymous.get(f"{API}/openapi.json"), 200).json)


def _path(resource: Resource, action: str) -> str:
    path = path_of(resource)
    return path if action in ("list", "create") else f"{path}/{{id}}"


def operation_of(world: World, resource: Resource, action: str) -> Operation:
    """Return what the document says of an action.

    Raises ``Failure`` where it says nothing.
    """
    path, method = _path(resource, action), _METHOD[action]
    found = document_of(world).at(path).get(method)
    if found is None:
        raise Failure(f"{method} {path} is not documented")
    return found


def actions(contract: Contract) -> Iterator[tuple[Resource, str]]:
    """Yield each resource with each of its actions."""
    for resource in contract.resources:
        for action in resource.access.methods:
            yield resource, action


@rule("document.version")
def version(world: World, _: str) -> None:
    """/api/v1/openapi.json is OpenAPI 3.1, and each operationId is there once."""
    document = document_of(world)
    expect.holds(document.content["openapi"].startswith("3.1."), "it is no OpenAPI 3.1")
    names = [each.content["operationId"] for each in document.operations]
    expect.equal(len(set(names)), len(names), "the number of operationIds")
    known = {tag["name"] for tag in document.content["tags"]}
    used = {tag for each in document.operations for tag in each.content["tags"]}
    expect.equal(used, known, "the tags")


@rule("document.methods", resources())
def methods(world: World, resource: Resource) -> None:
    """A resource's paths have exactly the methods that some rule lets in."""
    document = document_of(world)
    for path in (path_of(resource), f"{path_of(resource)}/{{id}}"):
        offered = {
            _METHOD[action] for action in resource.access.methods if _path(resource, action) == path
        }
        expect.equal(set(document.at(path)), offered, f"the methods of {path}")


@rule("document.names", actions)
def names(world: World, target: tuple[Resource, str]) -> None:
    """An operation is called after its method and its resource, whose plural is its tag."""
    resource, action = target
    operation = operation_of(world, resource, action)
    thing = resource.names.plural if action == "list" else resource.names.singular
    expect.equal(operation.content["operationId"], f"{action}_{thing}", "the operationId")
    expect.equal(operation.content["tags"], [resource.names.plural], "the tags")


@rule("document.statuses", actions)
def statuses(world: World, target: tuple[Resource, str]) -> None:
    """An operation has every status that it can be answered, errors as Error, with headers."""
    resource, action = target
    operation = operation_of(world, resource, action)
    wanted = _SUCCESS[action] | _ALWAYS | _OF_ACTION[action]
    if world.contract.auth:
        wanted |= {401}
    if all(each.is_role for each in resource.access.rules(action)):
        wanted |= {403}
    if _can_conflict(world.contract, resource, action):
        wanted |= {409}
    expect.equal(wanted - operation.statuses, set(), "the statuses that are missing")
    expect.equal(operation.statuses - wanted - {403, 409}, set(), "the statuses too many")
    for status in operation.statuses:
        headers = {"x-request-id", *_HEADERS.get(status, set())}
        missing = headers - operation.headers(status).keys()
        expect.equal(missing, set(), f"the headers that {status} lacks")
        if status >= 400:
            _is_error(operation, status)


def _can_conflict(contract: Contract, resource: Resource, action: str) -> bool:
    if action == "create":
        return bool(resource.uniques) or contract.with_idempotency
    if action == "delete":
        return any(each.relation and each.relation.restricts for each in resource.references)
    return action == "update"


def _is_error(operation: Operation, status: int) -> None:
    schema = operation.schema(status)
    parts = [schema, *schema.get("allOf", [])]
    reference = {"$ref": "#/components/schemas/Error"}
    expect.holds(reference in parts, f"{status} is no Error")


@rule("document.parameters", actions)
def parameters(world: World, target: tuple[Resource, str]) -> None:
    """An operation has exactly the parameters that it takes."""
    resource, action = target
    operation = operation_of(world, resource, action)
    query = {"list": _on_list(world.contract, resource), "get": {"fields"}}.get(action, set())
    expect.equal(set(operation.names("query")), query, "the query parameters")
    headers = {_REQUEST, *_headers_of(world.contract, action)}
    expect.equal(set(operation.names("header")), headers, "the headers")
    path = ["id"] if "{id}" in operation.path else []
    expect.equal(operation.names("path"), path, "the parameters of the path")
    expect.equal(len(operation.parameters), len(query) + len(headers) + len(path), "the number")


def _headers_of(contract: Contract, action: str) -> set[str]:
    if action == "create":
        return {"Idempotency-Key"} if contract.with_idempotency else set()
    return {
        "list": set[str](),
        "get": {"If-None-Match"},
        "update": {"If-Match"},
        "delete": {"If-Match"},
    }[action]


def _on_list(contract: Contract, resource: Resource) -> set[str]:
    found = {*_ON_LISTS, *(["q"] if resource.searched else [])}
    for name, is_comparable in _filters(resource):
        operators = ["", "[in]", "[ne]", "[null]", *(_COMPARISONS if is_comparable else ())]
        found |= {name + operator for operator in operators}
    for link in resource.links:
        found |= {link.filter_name, f"{link.filter_name}[in]"}
    return found


def _filters(resource: Resource) -> Iterator[tuple[str, bool]]:
    for relation in resource.relations:
        yield relation.json_name, False
    for field in resource.filters:
        yield field.json_name, field.is_comparable


@rule("document.choices", resources("list"))
def choices(world: World, resource: Resource) -> None:
    """sort takes each sortable field both ways, fields each member, limit 1 to 100."""
    operation = operation_of(world, resource, "list")
    schemas = {entry["name"]: entry["schema"] for entry in operation.parameters}
    times = [world.contract.json_name(name) for name in ("created_at", "updated_at")]
    keys = [*(field.json_name for field in resource.sorts), *times]
    both = {way + key for key in keys for way in ("", "-")}
    expect.equal(set(schemas["sort"]["items"]["enum"]), both, "what sort takes")
    expect.equal(schemas["sort"]["maxItems"], 3, "how many keys sort takes")
    members = {member.json_name for member in resource.read_members}
    expect.equal(set(schemas["fields"]["items"]["enum"]), members, "what fields takes")
    limit = {key: schemas["limit"][key] for key in ("minimum", "maximum", "default")}
    expect.equal(limit, {"minimum": 1, "maximum": 100, "default": 20}, "limit")
