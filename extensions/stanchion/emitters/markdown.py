"""The written API: tables of endpoints, members, filters and errors, and one diagram."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, NamedTuple

from ..facts import applies
from ..naming import json_name
from ..views import Field, Link, Member, Relation, Resource, Rule, Specification
from .examples import create_example, row_example
from .members import BOUNDS, TYPES
from .outcomes import error_statuses, is_kept
from .walk import walk

_ENDPOINTS = {
    "list": ("List", "GET", "", 200),
    "create": ("Create", "POST", "", 201),
    "get": ("Read", "GET", "/{id}", 200),
    "update": ("Change", "PATCH", "/{id}", 200),
    "delete": ("Delete", "DELETE", "/{id}", 204),
}
_RULES = {
    "public": "everybody",
    "authenticated": "every account",
    "owner": "its owner",
    "role": "role `{}`",
    "parent": "whoever may {} the row that `{}` names",
}


class ErrorRow(NamedTuple):
    """One code of errors, and when a service can answer it."""

    status: int
    code: str
    meaning: str
    when: str = ""


ERRORS = (
    ErrorRow(400, "INVALID_PARAMETER", "A query parameter or a header cannot be used."),
    ErrorRow(400, "MALFORMED_JSON", "The body is empty, or no JSON that every parser reads alike."),
    ErrorRow(401, "UNAUTHENTICATED", "Log in first; or the credentials are of no use.", "jwt"),
    ErrorRow(401, "TOKEN_EXPIRED", "The token was good once: refresh it, or log in again.", "jwt"),
    ErrorRow(401, "INVALID_CREDENTIALS", "The log-in failed, or the token is not known.", "jwt"),
    ErrorRow(
        401, "TOKEN_REUSED", "The refresh token was used before, so its log-in is over.", "jwt"
    ),
    ErrorRow(403, "FORBIDDEN", "This account may not do this, whatever it sends."),
    ErrorRow(404, "NOT_FOUND", "There is nothing here, or nothing that the caller may see."),
    ErrorRow(405, "METHOD_NOT_ALLOWED", "The path has other methods; `Allow` lists them."),
    ErrorRow(409, "CONFLICT", "A value is taken, or other rows still need this one."),
    ErrorRow(409, "VERSION_MISMATCH", "The row is not at the `version` that the body names."),
    ErrorRow(412, "PRECONDITION_FAILED", "The row is at none of the versions in `If-Match`."),
    ErrorRow(413, "PAYLOAD_TOO_LARGE", "The body has more than `MAX_BODY_BYTES`."),
    ErrorRow(415, "UNSUPPORTED_MEDIA_TYPE", "The body is not `application/json`, or encoded."),
    ErrorRow(422, "VALIDATION_ERROR", "The body is JSON; `details` names each member at fault."),
    ErrorRow(
        422,
        "IDEMPOTENCY_KEY_REUSED",
        "The `Idempotency-Key` came with another body before.",
        "with_idempotency",
    ),
    ErrorRow(500, "INTERNAL_ERROR", "Our fault. The log has more, under the request's id."),
    ErrorRow(503, "SERVICE_UNAVAILABLE", "The database is away or busy; try again."),
)


def error_rows(flags: Collection[str]) -> list[ErrorRow]:
    """Return the errors that a service can answer whose ``flags`` are on."""
    return [row for row in ERRORS if applies(row.when, flags)]


class EndpointRow(NamedTuple):
    """One endpoint of a resource."""

    title: str
    request: str
    who: str
    answers: str


def endpoint_rows(
    resource: Resource, service: Specification, flags: Collection[str]
) -> list[EndpointRow]:
    """Return the endpoints of a resource, with whom they are open to and what they answer."""
    rows = []
    for method, (title, verb, suffix, status) in _ENDPOINTS.items():
        if resource.access.allows(method):
            statuses = (status, *([304] if method == "get" else []))
            errors = error_statuses(resource, method, service, flags)
            request = f"`{verb} /api/v1/{resource.names.path}{suffix}`"
            answers = ", ".join(map(str, (*statuses, *errors)))
            rows.append(EndpointRow(title, request, _who(resource, method), answers))
    return rows


def _who(resource: Resource, method: str) -> str:
    words = (_rule(rule, resource, method) for rule in resource.access.rules(method))
    return ", ".join(dict.fromkeys(words))


def _rule(rule: Rule, resource: Resource, method: str) -> str:
    if rule.is_owner and method == "create":
        return _RULES["authenticated"]  # whoever creates a row owns it
    if rule.is_parent:
        verb = "read" if method in ("list", "get") else "change"
        return _RULES["parent"].format(verb, resource.relation(rule.relation or "").json_name)
    return _RULES[rule.kind].format(rule.role)


class MemberRow(NamedTuple):
    """One member: what it is, and what a create and a change may say of it."""

    name: str
    type: str
    create: str
    change: str
    notes: str


def member_rows(resource: Resource) -> list[MemberRow]:
    """Return every member that a resource's clients can read or write."""
    read = {member.name: member for member in resource.read_members}
    create = {member.name: member for member in resource.create_members}
    change = {member.name: member for member in resource.update_members}
    return [
        MemberRow(
            f"`{member.json_name}`",
            _type(member),
            _create(create.get(name)) if resource.access.allows("create") else "no",
            "yes" if name in change and resource.access.allows("update") else "no",
            cell(" ".join(_notes(member, is_read=name in read))),
        )
        for name, member in (read | create | change).items()
    ]


def _type(member: Member) -> str:
    field = member.field
    text = TYPES[member.type]
    if field is not None:
        text = ", ".join([text, *(part for bound in BOUNDS for part in bound(field))])
    return cell(f"{text}, or null" if member.nullable else text)


def _create(member: Member | None) -> str:
    if member is None:
        return "no"
    if member.required:
        return "required"
    field = member.field
    if field is None or not field.has_default or field.default is None:
        return "`[]`" if member.is_link else "`null`"
    value = str(field.default) if field.is_decimal else field.default
    return cell(code(json.dumps(value, ensure_ascii=False)))


def _notes(member: Member, *, is_read: bool) -> Iterator[str]:
    field, target = member.field, member.relation or member.link
    if field is not None:
        yield from _field_notes(field)
    elif target is not None:
        yield from _target_notes(target)
    elif member.is_owner:
        yield "The account that made the row."
    if not is_read:
        yield "Never answered."


def _field_notes(field: Field) -> Iterator[str]:
    if field.description:
        yield _sentence(field.description)
    if field.unique:
        yield "Unique."
    if field.unique_per_owner:
        yield "Unique among its owner's rows."
    if field.read_only:
        yield "Set by the service."
    if field.sensitive:
        yield "Never logged."


def _target_notes(target: Relation | Link) -> Iterator[str]:
    if target.description:
        yield _sentence(target.description)
    many = isinstance(target, Link)
    if target.to_user:
        yield "Ids of accounts." if many else "Id of an account."
    else:
        words = target.target_names.words_plural
        yield (
            f"Ids of [{words}]({target.target}.md)."
            if many
            else (f"Id of one of the [{words}]({target.target}.md).")
        )


def filter_rows(resource: Resource) -> list[tuple[str, str]]:
    """Return the filters of a resource's list, each with its operators."""
    relations = [(relation.json_name, _EVERY) for relation in resource.relations]
    fields = [
        (field.json_name, _EVERY + (_ORDERED if field.is_comparable else ()))
        for field in resource.filters
    ]
    links = [(link.filter_name, _OF_LINKS) for link in resource.links]
    return [
        (f"`{name}`", " ".join(f"`{operator}`" for operator in operators))
        for name, operators in [*relations, *fields, *links]
    ]


_OF_LINKS = ("=", "[in]")
_EVERY = ("=", "[in]", "[ne]", "[null]")
_ORDERED = ("[gt]", "[gte]", "[lt]", "[lte]")


def sort_keys(resource: Resource, json_case: str) -> str:
    """Return the keys that a resource's list may be sorted by."""
    names = [field.json_name for field in resource.sorts]
    names += [json_name(name, json_case) for name in ("created_at", "updated_at")]
    return ", ".join(f"`{name}`" for name in names)


def searched_fields(resource: Resource) -> str:
    """Return the fields that a search looks into."""
    return ", ".join(f"`{field.json_name}`" for field in resource.searched)


def particular_errors(resource: Resource, service: Specification) -> list[str]:
    """Return what makes a write of this resource fail besides a member that is invalid."""
    return list(_particular_errors(resource, service))


def _particular_errors(resource: Resource, service: Specification) -> Iterator[str]:
    writes = resource.access.allows("create") or resource.access.allows("update")
    for unique in resource.uniques if writes else ():
        if unique.members:
            whose = " of the same owner" if "owner" in unique.fields else ""
            yield f"409 `CONFLICT`: another row{whose} has the same {_all(unique.members)}."
    for check in resource.checks if writes else ():
        when = " and ".join(
            f"`{each.json_name}` is {code(json.dumps(each.value))}" for each in check.not_null_when
        )
        yield f"422 `VALIDATION_ERROR`: `{check.json_name}` is null while {when}."
    targets: list[Relation | Link] = [*resource.relations, *resource.links]
    for target in targets if writes else ():
        whom = "no active account" if target.to_user else "nothing that the caller may read"
        yield f"422 `VALIDATION_ERROR`: `{target.json_name}` names {whom}."
    if resource.access.allows("delete") and is_kept(resource, service, set()):
        yield "409 `CONFLICT`: a delete of a row that other rows still need."


def _all(names: Iterable[str]) -> str:
    return " and ".join(f"`{name}`" for name in names)


def diagram(service: Specification, auth: Collection[str]) -> str:
    """Return the resources and their relations as Mermaid draws entities."""
    lines = [f"    {resource.names.class_name}" for resource in service.resources]
    for resource in service.resources:
        name = resource.names.class_name
        if resource.owned and auth:
            lines.append(f'    User ||--o{{ {name} : "owns"')
        for relation in resource.relations:
            end = "o|" if relation.nullable else "||"
            lines.append(f'    {_class(relation)} {end}--o{{ {name} : "{relation.name}"')
        for link in resource.links:
            lines.append(f'    {name} }}o--o{{ {_class(link)} : "{link.name}"')
    return "\n".join(lines)


def _class(target: Relation | Link) -> str:
    return "User" if target.to_user else target.target_names.class_name


def json_block(value: object) -> str:
    """Return ``value`` as JSON for people."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def code(text: str) -> str:
    """Return ``text`` as inline code, whatever is in it."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def cell(text: str) -> str:
    """Return ``text`` for the cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?")) else f"{text}."


FILTERS: dict[str, Callable[..., Any]] = {  # filters take and return anything
    "markdown_cell": cell,
    "markdown_create_example": lambda resource: json_block(create_example(resource)),
    "markdown_diagram": diagram,
    "markdown_endpoints": endpoint_rows,
    "markdown_errors": error_rows,
    "markdown_filters": filter_rows,
    "markdown_members": member_rows,
    "markdown_particular_errors": particular_errors,
    "markdown_row_example": lambda resource: json_block(row_example(resource)),
    "markdown_searched": searched_fields,
    "markdown_sorts": sort_keys,
    "markdown_walk": walk,
    "json_name": json_name,
}
