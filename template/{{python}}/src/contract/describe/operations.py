"""The descriptions of endpoints: a resource's five, and any other that works alike."""

from collections.abc import Iterable
from typing import Final

from pydantic import BaseModel

from src.contract.access import Action
from src.contract.describe.answers import Described, answer, failures
from src.contract.describe.components import Component, JsonSchema
from src.contract.describe.parameters import (
    IF_MATCH,
    IF_NONE_MATCH,
    REQUEST_ID,
    ROW_ID,
    fields_parameter,
    list_parameters,
)
from src.contract.describe.rules import conflicts, may_be_forbidden, who_may
from src.contract.describe.schemas import page_of, readable, schema_of
from src.contract.describe.security import REFUSALS, required_by, signed_in
from src.contract.repository import Repository
from src.contract.schema import Input
from src.errors import Code

_ALWAYS: Final = (Code.INVALID_PARAMETER, Code.INTERNAL_ERROR, Code.SERVICE_UNAVAILABLE)
_OF_BODIES: Final = (
    Code.MALFORMED_JSON,
    Code.PAYLOAD_TOO_LARGE,
    Code.UNSUPPORTED_MEDIA_TYPE,
    Code.VALIDATION_ERROR,
)
_OF_CHANGES: Final = (Code.NOT_FOUND, Code.PRECONDITION_FAILED)

_JSON: Final = ("application/json",)
_PATCH: Final = (*_JSON, "application/merge-patch+json")

_Parameters = Iterable[Component | JsonSchema]


def list_of(resource: Repository) -> Described:
    """Describe the list of ``resource``."""
    found = answer("A page of rows.", page_of(resource.representation), ["Link"])
    parameters = list_parameters(resource.listing)
    return _described(resource, "list", {"200": found}, parameters)


def get_of(resource: Repository) -> Described:
    """Describe the reading of one row."""
    found = answer(
        "The row; its ETag only if it is whole.", readable(resource.representation), ["ETag"]
    )
    answers = {"200": found, "304": answer("The client has the row as it is.", None, ["ETag"])}
    parameters = (ROW_ID, fields_parameter(resource.listing), IF_NONE_MATCH)
    return _described(resource, "get", answers, parameters, [Code.NOT_FOUND])


def create_of(resource: Repository, body: type[Input]) -> Described:
    """Describe the making of a row from ``body``."""
    row = schema_of(resource.representation)
    answers = {"201": answer("The row that was made.", row, ["Location", "ETag"])}
    described = _described(resource, "create", answers, codes=_OF_BODIES)
    return {**described, "requestBody": _body(body, _JSON)}


def update_of(resource: Repository, body: type[Input]) -> Described:
    """Describe the change of a row by ``body``, a JSON merge patch."""
    row = schema_of(resource.representation)
    answers = {"200": answer("The row as it is now.", row, ["ETag"])}
    codes = (*_OF_BODIES, *_OF_CHANGES)
    described = _described(resource, "update", answers, [ROW_ID, IF_MATCH], codes)
    return {**described, "requestBody": _body(body, _PATCH)}


def delete_of(resource: Repository) -> Described:
    """Describe the deletion of a row."""
    answers = {"204": answer("The row is gone.")}
    return _described(resource, "delete", answers, [ROW_ID, IF_MATCH], _OF_CHANGES)


def _described(
    resource: Repository,
    action: Action,
    answers: Described,
    parameters: _Parameters = (),
    codes: Iterable[Code] = (),
) -> Described:
    policy = resource.policy
    refusals = [*REFUSALS, *([Code.FORBIDDEN] if may_be_forbidden(policy, action) else [])]
    all_codes = [*_ALWAYS, *codes, *refusals, *conflicts(policy, action)]
    return {
        "description": who_may(policy, action),
        "parameters": [*parameters, REQUEST_ID],
        "responses": {**answers, **failures(all_codes)},
        "security": required_by(policy.rules(action)),
    }


def endpoint(
    status: int,
    row: type[BaseModel] | None = None,
    body: type[Input] | None = None,
    *,
    needs_account: bool = False,
    is_patch: bool = False,
    codes: Iterable[Code] = (),
    headers: Iterable[str] = (),
) -> Described:
    """Describe any other endpoint that takes no query and answers ``row`` with ``status``.

    ``codes`` are the errors that it can answer besides those of every endpoint, of bodies and
    of callers.
    """
    answers = {str(status): answer("Done.", schema_of(row) if row else None, headers)}
    refusals = REFUSALS if needs_account else ()
    all_codes = [*_ALWAYS, *codes, *refusals, *(_OF_BODIES if body else ())]
    described: Described = {
        "parameters": [REQUEST_ID],
        "responses": {**answers, **failures(all_codes)},
        "security": signed_in() if needs_account else [],
    }
    if body is not None:
        described["requestBody"] = _body(body, _PATCH if is_patch else _JSON)
    return described


def _body(model: type[Input], media_types: tuple[str, ...]) -> Described:
    content = {media_type: {"schema": schema_of(model)} for media_type in media_types}
    return {"required": True, "content": content}
