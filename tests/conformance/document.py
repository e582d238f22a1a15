"""The OpenAPI document of a service, read as its clients read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from jsonschema import Draft202012Validator

from tests.conformance.exchange import Answer, Failure

Json = Any  # whatever JSON holds
METHODS = ("get", "post", "patch", "delete")


@dataclass(frozen=True)
class Operation:
    """One method of one path; references are followed."""

    document: Document
    path: str
    method: str
    content: Mapping[str, Json]

    @property
    def statuses(self) -> set[int]:
        """What it may be answered."""
        return {int(status) for status in self.content["responses"]}

    @property
    def parameters(self) -> list[Json]:
        """What a request may say outside its body."""
        return [self.document.resolved(entry) for entry in self.content.get("parameters", [])]

    def names(self, place: str) -> list[str]:
        """Return the names of the parameters in ``place``: ``query``, ``header`` or ``path``."""
        return [entry["name"] for entry in self.parameters if entry["in"] == place]

    def response(self, status: int) -> Json:
        """Return what is said of the answer with that status."""
        return self.document.resolved(self.content["responses"][str(status)])

    def headers(self, status: int) -> dict[str, Json]:
        """Return the headers of an answer, by name in lower case."""
        found = self.response(status).get("headers", {})
        return {name.lower(): self.document.resolved(entry) for name, entry in found.items()}

    def schema(self, status: int) -> Json:
        """Return the schema of the body with that status; None where there is no body."""
        media = self.response(status).get("content", {}).get("application/json")
        return None if media is None else media["schema"]


@dataclass
class Document:
    """A document as it was read."""

    content: Json
    _validators: dict[str, Draft202012Validator] = field(default_factory=dict)

    def resolved(self, entry: Json) -> Json:
        """Return what a reference stands for; anything else stands for itself."""
        while "$ref" in entry:
            found = self.content
            for part in entry["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            entry = found
        return entry

    @cached_property
    def operations(self) -> list[Operation]:
        """Every method of every path."""
        return [
            Operation(self, path, method, operation)
            for path, methods in self.content["paths"].items()
            for method, operation in methods.items()
        ]

    def at(self, path: str) -> dict[str, Operation]:
        """Return the operations of a path as the document writes it, by method."""
        return {each.method: each for each in self.operations if each.path == path}

    def schema(self, name: str) -> Json:
        """Return the schema of that name.

        Raises ``Failure`` where there is none.
        """
        schemas = self.content["components"]["schemas"]
        if name not in schemas:
            raise Failure(f"the document has no schema {name}")
        return schemas[name]

    def template_of(self, path: str) -> str | None:
        """Return the path that ``path`` is one of, the one without an id where two fit."""
        fitting = [template for template, pattern in self._patterns if pattern.fullmatch(path)]
        return min(fitting, key=lambda template: template.count("{"), default=None)

    @cached_property
    def _patterns(self) -> list[tuple[str, re.Pattern[str]]]:
        return [
            (path, re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))))
            for path in self.content["paths"]
        ]

    def faults(self, schema: Json, value: Json) -> Iterator[str]:
        """Yield where ``value`` does not fit ``schema``."""
        key = json.dumps(schema)
        if key not in self._validators:
            rooted = {"components": self.content["components"], **schema}
            self._validators[key] = Draft202012Validator(rooted)
        for error in self._validators[key].iter_errors(value):
            yield f"{error.json_path}: {error.message[:200]}"


def told_of(document: Document, answer: Answer) -> Iterator[str]:
    """Yield where ``answer`` is not what ``document`` says of its operation.

    Methods that a path lacks, and paths that are not in it, have their own rules.
    """
    template = document.template_of(answer.path.partition("?")[0])
    operations = {} if template is None else document.at(template)
    is_head = answer.method == "HEAD"
    operation = operations.get("get" if is_head else answer.method.lower())
    if operation is None:
        return
    if answer.status not in operation.statuses:
        yield f"the status {answer.status} is not documented"
        return
    for name, header in operation.headers(answer.status).items():
        if header.get("required") and name not in answer.headers:
            yield f"the header {name} is missing"
    if not is_head:
        yield from _told_of_body(document, operation, answer)


def _told_of_body(document: Document, operation: Operation, answer: Answer) -> Iterator[str]:
    schema = operation.schema(answer.status)
    if schema is None:
        if answer.body:
            yield "a body is not documented"
        return
    if answer.headers.get("content-type") != "application/json":
        yield f"the content type is {answer.headers.get('content-type')!r}"
        return
    yield from document.faults(schema, answer.json)
