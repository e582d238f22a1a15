"""The OpenAPI document: endpoints as they describe themselves, users' own as FastAPI sees them."""

import sys
from collections.abc import Iterator
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import RouteContext, iter_route_contexts

from src.contract import describe as contract
from src.contract.describe.components import Components
from src.contract.describe.document import INVALID

_OF_FASTAPI: Final = ("HTTPValidationError", "ValidationError")
_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")

Document = dict[str, Any]  # OpenAPI is any JSON


def describe(app: FastAPI) -> None:
    """Make ``app.openapi()`` return the document; it is put together once, when first asked for."""

    def openapi() -> Document:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # how FastAPI says to replace it


def _document(app: FastAPI) -> Document:
    shown = [
        route
        for route in iter_route_contexts(app.routes)
        if getattr(route.original_route, "include_in_schema", False)
    ]
    described = [route for route in shown if _is_described(route)]
    others = [route for route in shown if not _is_described(route)]
    endpoints = [endpoint for route in described for endpoint in _endpoints(route)]
    tags: dict[str, str] = {}
    for route in shown:
        for tag in route.tags:
            tags.setdefault(str(tag), _about(route, str(tag)))
    document = contract.document(app.title, app.description, app.version, endpoints, tags)
    if others:
        _add(document, get_openapi(title=app.title, version=app.version, routes=others))
    return document


def _is_described(route: RouteContext) -> bool:
    return "responses" in (route.openapi_extra or {})


def _endpoints(route: RouteContext) -> Iterator[contract.Endpoint]:
    for method in _METHODS:
        if method in (route.methods or ()):
            yield contract.Endpoint(
                path=route.path_format or "",
                method=method,
                operation_id=route.operation_id or route.unique_id,
                tags=tuple(str(tag) for tag in route.tags),
                docstring=(route.endpoint.__doc__ if route.endpoint else None) or "",
                described=route.openapi_extra,
            )


def _about(route: RouteContext, tag: str) -> str:
    """Return what a tag stands for: the first line of the module that uses it first."""
    module = sys.modules.get(route.endpoint.__module__) if route.endpoint else None
    return ((module.__doc__ if module else None) or tag).strip().split("\n")[0]


def _add(document: Document, other: Document) -> None:
    """Add what FastAPI says of the routes that do not describe themselves."""
    components = Components(document["components"])
    for path, item in other["paths"].items():
        for operation in item.values():
            if "422" in operation["responses"]:
                operation["responses"]["422"] = components.resolve(INVALID)
        document["paths"].setdefault(path, {}).update(item)
    for section, parts in other.get("components", {}).items():
        known = document["components"].setdefault(section, {})
        known.update({name: part for name, part in parts.items() if name not in _OF_FASTAPI})
