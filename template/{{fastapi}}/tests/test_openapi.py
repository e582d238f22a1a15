"""The OpenAPI document holds every route, those of the project's own too."""

from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel

from src.http.openapi import describe


class Greeting(BaseModel):
    """A body as FastAPI reads it."""

    text: str


def documented(app: FastAPI) -> dict[str, Any]:  # OpenAPI is any JSON
    """Return the document of ``app``."""
    describe(app)
    return app.openapi()


def test_every_route_is_in_the_document(app: FastAPI) -> None:
    paths = app.openapi()["paths"]
    for route in iter_route_contexts(app.routes):
        if getattr(route.original_route, "include_in_schema", False):
            path = (route.path_format or "").replace("{row_id}", "{id}")
            assert {method.lower() for method in route.methods or ()} <= set(paths[path])


def test_document_is_made_once(app: FastAPI) -> None:
    assert app.openapi() is app.openapi()


def test_routes_that_do_not_describe_themselves_are_documented_too() -> None:
    router = APIRouter(prefix="/greetings", tags=["greetings"])

    @router.post("", operation_id="greet")
    async def greet(greeting: Greeting) -> Greeting:
        """Greet somebody."""
        return greeting

    own = FastAPI(title="Own")
    own.include_router(router)
    document = documented(own)
    operation = document["paths"]["/greetings"]["post"]
    assert operation["operationId"] == "greet"
    assert operation["responses"]["422"] == {"$ref": "#/components/responses/ValidationError"}
    assert "Greeting" in document["components"]["schemas"]
    assert "HTTPValidationError" not in document["components"]["schemas"]
    assert document["tags"] == [{"name": "greetings", "description": (__doc__ or "").strip()}]
