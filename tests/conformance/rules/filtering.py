"""Filters: what each operator of each field lets through."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from stanchion.views import Field, Link, Resource
from tests.conformance import expecting as expect
from tests.conformance.contract import Contract, path_of
from tests.conformance.registry import rule
from tests.conformance.rows import Json
from tests.conformance.rules.listing import pages
from tests.conformance.targets import fields
from tests.conformance.world import World

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}
_FILTERED = fields("list", "create", where=lambda field: field.filter and field.readable)


def as_text(value: Json) -> str:
    """Return a value as queries spell it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def comparable(field: Field, value: Json) -> Any:  # of the field's type
    """Return what a value is compared by."""
    return Decimal(value) if field.is_decimal else value


def found(world: World, resource: Resource, **query: object) -> list[dict[str, Json]]:
    """Return all rows that a query finds."""
    answers = pages(world.maker, path_of(resource), limit=100, **query)
    return [row for answer in answers for row in answer.json["data"]]


def _some_rows(world: World, resource: Resource, field: Field) -> list[dict[str, Json]]:
    rows = [world.make(resource).json]
    body = {} if not field.creatable else {field.json_name: world.rows.value(field)}
    rows.append(world.rows.make_with(resource, world.maker, body).json)
    if (
        field.nullable
        and field.creatable
        and not any(c.field == field.name for c in resource.checks)
    ):
        rows.append(world.rows.make_with(resource, world.maker, {field.json_name: None}).json)
    return rows


def _check(
    world: World,
    target: tuple[Resource, Field],
    rows: list[dict[str, Json]],
    name: str,
    text: str,
    lets_through: Callable[[Json], bool],
) -> None:
    resource, field = target
    seen = found(world, resource, **{name: text})
    for row in seen:
        value = row[field.json_name]
        expect.holds(lets_through(value), f"{name}={text} finds {field.json_name} {value!r}")
    wanted = {row["id"] for row in rows if lets_through(row[field.json_name])}
    missing = wanted - {row["id"] for row in seen}
    expect.holds(not missing, f"{name}={text} misses {sorted(missing)}")


@rule("filter.equals", _FILTERED)
def equals(world: World, target: tuple[Resource, Field]) -> None:
    """A filter finds the rows with exactly that value, in its own letter case."""
    resource, field = target
    rows = _some_rows(world, resource, field)
    for row in rows:
        value = row[field.json_name]
        if value is not None:
            name, text = field.json_name, as_text(value)
            _check(world, target, rows, name, text, partial(operator.eq, value))


@rule("filter.not_equals", _FILTERED)
def not_equals(world: World, target: tuple[Resource, Field]) -> None:
    """[ne] finds the rows with another value, and those with null."""
    resource, field = target
    rows = _some_rows(world, resource, field)
    value = next(row[field.json_name] for row in rows if row[field.json_name] is not None)
    name, text = f"{field.json_name}[ne]", as_text(value)
    _check(world, target, rows, name, text, lambda other: other != value)


@rule("filter.in", fields("list", "create", where=lambda f: f.filter and not f.is_boolean))
def in_list(world: World, target: tuple[Resource, Field]) -> None:
    """[in] finds the rows with one of the values, at most 100."""
    resource, field = target
    rows = _some_rows(world, resource, field)
    values = [row[field.json_name] for row in rows if row[field.json_name] is not None]
    if any("," in as_text(value) for value in values):
        return
    name = f"{field.json_name}[in]"
    text = ",".join(as_text(value) for value in values)
    _check(world, target, rows, name, text, lambda other: other in values)
    many = ",".join([as_text(values[0])] * 101)
    expect.parameter_error(world.maker.get(path_of(resource), **{name: many}), name)


@rule("filter.null", fields("list", "create", where=lambda f: f.filter and f.nullable))
def null(world: World, target: tuple[Resource, Field]) -> None:
    """[null] finds the rows without a value, or those with one."""
    resource, field = target
    rows = _some_rows(world, resource, field)
    name = f"{field.json_name}[null]"
    _check(world, target, rows, name, "true", lambda value: value is None)
    _check(world, target, rows, name, "false", lambda value: value is not None)
    for bad in ("", "1", "True", "null"):
        expect.parameter_error(world.maker.get(path_of(resource), **{name: bad}), name)


@rule("filter.compares", fields("list", "create", where=lambda f: f.filter and f.is_comparable))
def compares(world: World, target: tuple[Resource, Field]) -> None:
    """[gt] [gte] [lt] [lte] compare numbers, decimals, dates and times; null is never found."""
    resource, field = target
    rows = _some_rows(world, resource, field)
    value = next(row[field.json_name] for row in rows if row[field.json_name] is not None)
    for name, compare in _COMPARE.items():
        limit = comparable(field, value)

        def lets_through(
            other: Json, compare: Callable[[Any, Any], bool] = compare, limit: Any = limit
        ) -> bool:
            return other is not None and compare(comparable(field, other), limit)

        _check(world, target, rows, f"{field.json_name}[{name}]", as_text(value), lets_through)


@rule("filter.range", fields("list", "create", where=lambda f: f.filter and f.is_comparable))
def ranges(world: World, target: tuple[Resource, Field]) -> None:
    """Two operators on one field hold both."""
    resource, field = target
    rows = _some_rows(world, resource, field)
    value = next(row[field.json_name] for row in rows if row[field.json_name] is not None)
    query = {f"{field.json_name}[gte]": as_text(value), f"{field.json_name}[lte]": as_text(value)}
    for row in found(world, resource, **query):
        expect.equal(row[field.json_name], value, field.json_name)


@rule("filter.no_comparison", fields("list", where=lambda f: f.filter and not f.is_comparable))
def no_comparison(world: World, target: tuple[Resource, Field]) -> None:
    """What has no order is not compared: such an operator is unknown."""
    resource, field = target
    for name in (*_COMPARE, "like", "EQ", "eq", "", "in]["):
        named = f"{field.json_name}[{name}]"
        expect.parameter_error(world.maker.get(path_of(resource), **{named: "1"}), named)


@rule("filter.not_declared", fields("list", where=lambda field: not field.filter))
def not_declared(world: World, target: tuple[Resource, Field]) -> None:
    """What is not declared as a filter is an unknown parameter."""
    resource, field = target
    if field.json_name in ("q", "sort", "limit", "cursor", "fields", "count"):
        return
    answer = world.maker.get(path_of(resource), **{field.json_name: "1"})
    expect.parameter_error(answer, field.json_name, "unknown")


def _bad_texts(field: Field) -> list[str]:
    match field.type:
        case "boolean":
            return ["", "1", "True", "yes"]
        case "integer" | "bigint":
            return ["", "one", "1.5", "1e3", " 1", "+1", "0x1", "\uff11"]
        case "number":
            return ["", "one", "NaN", "inf", "1e999"]
        case "decimal":
            return ["", "one", "1e2", ".5", "+1", "1."]
        case "date":
            return ["", "today", "2030-02-30"]
        case "datetime":
            return ["", "now", "2030-01-01T00:00:00"]
        case "uuid":
            return ["", "1"]
        case "enum":
            return ["", "nonsense", field.values[0].upper() + "x"]
    return ["\0"]


@rule("filter.faults", fields("list", where=lambda field: field.filter))
def faults(world: World, target: tuple[Resource, Field]) -> None:
    """A filter's value is held to its field's type: 400 that names the parameter."""
    resource, field = target
    for text in _bad_texts(field):
        answer = world.maker.get(path_of(resource), **{field.json_name: text})
        expect.parameter_error(answer, field.json_name)


@rule("filter.all_faults", fields("list", where=lambda f: f.filter and f.is_boolean))
def all_faults(world: World, target: tuple[Resource, Field]) -> None:
    """Every parameter at fault is named, once."""
    resource, field = target
    query = {field.json_name: "maybe", "limit": "0", "nonsense": "1"}
    answer = expect.error(world.maker.get(path_of(resource), **query), "INVALID_PARAMETER", None)
    named = [entry["field"] for entry in answer.json["error"]["details"]]
    expect.equal(sorted(named), sorted(query), "the parameters at fault")


def _links(contract: Contract) -> list[tuple[Resource, Link]]:
    return [
        (r, link)
        for r in contract.offering("list", "create")
        for link in r.links
        if not link.to_user and not link.to_self
    ]


@rule("filter.many_to_many", lambda contract: iter(_links(contract)))
def many_to_many(world: World, target: tuple[Resource, Link]) -> None:
    """A many-to-many relation is filtered by the id of one that it names."""
    resource, link = target
    other = world.make(world.contract.specification.resource(link.target))
    linked = world.rows.make_with(resource, world.maker, {link.json_name: [other.id]})
    world.make(resource)
    rows = found(world, resource, **{link.filter_name: other.id})
    expect.equal([row["id"] for row in rows], [linked.id], "the rows")
    answer = world.maker.get(path_of(resource), **{link.filter_name: "1"})
    expect.parameter_error(answer, link.filter_name)


@rule(
    "text.exact",
    fields(
        "list",
        "create",
        where=lambda f: f.filter and f.type == "string" and f.creatable and not f.pattern,
    ),
)
def exact(world: World, target: tuple[Resource, Field]) -> None:
    """Texts are compared by code point: case, accents and trailing spaces count."""
    resource, field = target
    base = "Abc".ljust(field.min_length or 0, "x")
    if field.max_length is not None and len(base) + 1 > field.max_length:
        return
    row = world.rows.make_with(resource, world.maker, {field.json_name: base})
    for other in (base.lower(), base.upper(), base + " ", "Á" + base[1:]):
        rows = found(world, resource, **{field.json_name: other})
        expect.holds(row.id not in [entry["id"] for entry in rows], f"{other!r} finds {base!r}")
