"""What each type of field takes, refuses and answers."""

from __future__ import annotations

from decimal import Decimal

from stanchion.emitters.patterns import matches
from stanchion.emitters.samples import accepted_by, plain, refused_by
from stanchion.views import Check, Field, Resource
from tests.conformance import expecting as expect
from tests.conformance.contract import Contract, path_of
from tests.conformance.registry import rule
from tests.conformance.rows import Json
from tests.conformance.targets import fields, resources
from tests.conformance.world import World


def _creatable(field: Field) -> bool:
    return field.creatable


@rule("fields.accepted", fields("create", where=_creatable))
def accepted(world: World, target: tuple[Resource, Field]) -> None:
    """Values at the bounds of a field are taken, and answered in the one spelling of its type."""
    resource, field = target
    for sample in accepted_by(field):
        given = plain(sample.given)
        row = world.rows.make_with(resource, world.maker, {field.json_name: given})
        if field.readable:
            expect.equal(row.json[field.json_name], plain(sample.answered), field.json_name)
        if resource.access.allows("get") and field.readable:
            read = expect.status(world.maker.get(row.path), 200).json
            expect.equal(read[field.json_name], plain(sample.answered), field.json_name)


@rule("fields.refused", fields("create", where=_creatable))
def refused(world: World, target: tuple[Resource, Field]) -> None:
    """A value that breaks its field is 422 with that field alone, in the contract's words."""
    resource, field = target
    body, _ = world.rows.body(resource, world.maker)
    for sample in refused_by(field):
        sent = {**body, field.json_name: plain(sample.given)}
        answer = world.maker.post(path_of(resource), sent)
        expect.field_error(answer, field.json_name, sample.message, **_told(sample.parameters))


@rule("fields.refused_in_patch", fields("create", "update", where=lambda field: field.updatable))
def refused_in_patch(world: World, target: tuple[Resource, Field]) -> None:
    """A patch is held to the same bounds, and changes nothing where it breaks one."""
    resource, field = target
    row = world.make(resource)
    for sample in refused_by(field):
        answer = world.maker.patch(row.path, {field.json_name: plain(sample.given)})
        expect.field_error(answer, field.json_name, sample.message, **_told(sample.parameters))
    if resource.access.allows("get"):
        expect.equal(world.maker.get(row.path).json, row.json, "the row")


def _told(parameters: tuple[tuple[str, object], ...]) -> dict[str, object]:
    return dict(parameters)


@rule("fields.pattern", fields("create", where=lambda f: f.creatable and f.pattern))
def pattern(world: World, target: tuple[Resource, Field]) -> None:
    """A pattern matches the whole text, a line break at its end too, with ASCII digits alone."""
    resource, field = target
    body, _ = world.rows.body(resource, world.maker)
    good = world.rows.value(field)
    others = [good + "\n", "\n" + good, good + " ", good + good, good.replace("1", "\u0661")]
    for text in others:
        is_short = field.max_length is None or len(text) <= field.max_length
        if is_short and not matches(field.pattern or "", text):
            answer = world.maker.post(path_of(resource), {**body, field.json_name: text})
            expect.field_error(answer, field.json_name, "pattern")


@rule("fields.required", fields("create", where=lambda field: field.required))
def required(world: World, target: tuple[Resource, Field]) -> None:
    """What can be neither null nor left out must be there."""
    resource, field = target
    body, _ = world.rows.body(resource, world.maker)
    del body[field.json_name]
    expect.field_error(world.maker.post(path_of(resource), body), field.json_name, "required")


@rule("fields.all_faults", resources("create", where=lambda r: len(_named(r)) > 1))
def all_faults(world: World, resource: Resource) -> None:
    """Every field at fault is named, each once, in the specification's order."""
    body: dict[str, Json] = {
        field.json_name: {"no": ["field", "takes", "\0"]}
        for field in resource.fields
        if field.creatable
    }
    body |= {relation.json_name: 1 for relation in resource.relations}
    answer = expect.error(world.maker.post(path_of(resource), body), "VALIDATION_ERROR", None)
    names = [entry["field"] for entry in answer.json["error"]["details"]]
    wanted = [name for name in _order(world.contract, resource) if name in body]
    expect.equal(names, wanted, "the fields at fault")


def _named(resource: Resource) -> list[str]:
    return [field.json_name for field in resource.fields if field.creatable]


def _order(contract: Contract, resource: Resource) -> list[str]:
    return [member.json_name for member in resource.create_members]


@rule("bodies.unknown_member", resources("create"))
def unknown_member(world: World, resource: Resource) -> None:
    """A member that is not known is refused by name, one that the server makes too."""
    body, _ = world.rows.body(resource, world.maker)
    made = [world.contract.json_name(name) for name in ("id", "created_at", "updated_at")]
    made += ["version", world.contract.json_name("owner_id")]
    made += ["nonsense", "__proto__", "constructor"]
    made += [field.json_name for field in resource.fields if not field.creatable]
    for name in made:
        for value in ("1", {"title": "1"}):
            answer = world.maker.post(path_of(resource), {**body, name: value})
            expect.field_error(answer, name, "unknown")


@rule("bodies.unknown_in_patch", resources("create", "update"))
def unknown_in_patch(world: World, resource: Resource) -> None:
    """The same holds for a patch, but for the version that it may name."""
    row = world.make(resource)
    made = [world.contract.json_name(name) for name in ("id", "created_at", "updated_at")]
    made += [world.contract.json_name("owner_id"), "nonsense", "__proto__", "constructor"]
    for name in made:
        for value in ("1", {"title": "1"}):
            expect.field_error(world.maker.patch(row.path, {name: value}), name, "unknown")


@rule("bodies.other_case", fields("create", where=lambda field: "_" in field.name))
def other_case(world: World, target: tuple[Resource, Field]) -> None:
    """Members are spelled in the one casing that was chosen."""
    resource, field = target
    body, _ = world.rows.body(resource, world.maker)
    other = field.name if world.contract.specification.is_camel else _camel(field.name)
    answer = world.maker.post(path_of(resource), {**body, other: world.rows.value(field)})
    expect.error(answer, "VALIDATION_ERROR", None)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _checks(contract: Contract) -> list[tuple[Resource, Check]]:
    return [(r, check) for r in contract.offering("create") for check in r.checks]


@rule("fields.conditional", lambda contract: iter(_checks(contract)))
def conditional(world: World, target: tuple[Resource, Check]) -> None:
    """A field that a check needs may not be null while its conditions hold, and may otherwise."""
    resource, check = target
    body, _ = world.rows.body(resource, world.maker)
    held = {condition.json_name: condition.value for condition in check.not_null_when}
    answer = world.maker.post(path_of(resource), {**body, **held, check.json_name: None})
    expect.field_error(answer, check.json_name, "not_null_when")
    row = world.rows.make_with(resource, world.maker, held)
    if resource.access.allows("update"):
        answer = world.maker.patch(row.path, {check.json_name: None})
        expect.field_error(answer, check.json_name, "not_null_when")


def _out_of_range(field: Field) -> list[Json]:
    match field.type:
        case "integer":
            return [2**31, -(2**31) - 1]
        case "bigint":
            return [2**53, -(2**53)]
        case "decimal":
            room = (field.precision or 1) - (field.scale or 0)
            return [str(Decimal(10) ** room), "1e3", "1" + "0" * 40]
        case "date":
            return ["2030-02-30", "2030-13-01", "30-01-01", "2030-1-1", "2030-01-01T00:00:00Z"]
        case "datetime":
            impossible = ["2030-02-30T00:00:00Z", "2030-01-01T25:00:00Z", "2030-01-01T24:00:00Z"]
            offsets = ["2030-01-01T00:00:00", "2030-01-01T00:00:00+24:00"]
            beyond = ["0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01"]
            return [*impossible, *offsets, *beyond]
        case "uuid":
            return ["0190b8c87f3a7c4e8d213f0a5b6c7d8e", "{0190b8c8-7f3a-7c4e-8d21-3f0a5b6c7d8e}"]
    return []


@rule("fields.ranges", fields("create", where=lambda f: f.creatable and _out_of_range(f)))
def ranges(world: World, target: tuple[Resource, Field]) -> None:
    """What no column of the type can hold is 422 in a body and 400 in a query, never 500."""
    resource, field = target
    body, _ = world.rows.body(resource, world.maker)
    for value in _out_of_range(field):
        answer = world.maker.post(path_of(resource), {**body, field.json_name: value})
        expect.error(answer, "VALIDATION_ERROR", None)
        if field.filter and resource.access.allows("list"):
            listed = world.maker.get(path_of(resource), **{field.json_name: value})
            expect.parameter_error(listed, field.json_name)
