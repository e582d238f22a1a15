"""The whole document, from the endpoints that a framework serves."""

from collections.abc import Iterable
from inspect import cleandoc
from typing import Final, NamedTuple

from src.contract.describe.answers import Described, failures
from src.contract.describe.components import Components
from src.contract.describe.security import SCHEMES
from src.errors import Code

VERSION: Final = "3.1.0"
_ROW_ID: Final = "{row_id}", "{id}"
"""What handlers call the id in a path, and what clients read: ``id`` is Python's own word."""

_EVERYWHERE: Final = """\
Every answer with a status of 400 or above holds an `Error`. A path that is not listed here is
answered 404, a method that a path lacks 405 with the header `Allow`. HEAD works wherever GET does,
OPTIONS on every path. A parameter or member that is not listed here is refused, never ignored.
Besides the headers that are listed, every answer has `Cache-Control`, `Vary` and headers that
keep browsers from doing more with it than was meant."""

INVALID: Final = failures([Code.VALIDATION_ERROR])["422"]
"""How every endpoint answers a body that will not do."""


class Endpoint(NamedTuple):
    """One method of one path, and all that its router says about it."""

    path: str
    method: str
    operation_id: str
    tags: tuple[str, ...]
    docstring: str
    described: Described


def document(
    title: str, description: str, version: str, endpoints: Iterable[Endpoint], tags: Described
) -> Described:
    """Return the OpenAPI document of ``endpoints``; ``tags`` holds what each tag stands for."""
    components = Components()
    if SCHEMES:
        components.sections["securitySchemes"] = dict(SCHEMES)
    paths: Described = {}
    for endpoint in endpoints:
        path = endpoint.path.replace(*_ROW_ID)
        paths.setdefault(path, {})[endpoint.method.lower()] = _operation(endpoint, components)
    return {
        "openapi": VERSION,
        "info": {
            "title": title,
            "description": f"{description}\n\n{_EVERYWHERE}",
            "version": version,
            "contact": {"name": f"Maintainers of {title}"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": text} for name, text in tags.items()],
        "paths": paths,
        "components": components.sections,
    }


def _operation(endpoint: Endpoint, components: Components) -> Described:
    summary, _, rest = cleandoc(endpoint.docstring).partition("\n\n")
    described: Described = components.resolve(dict(endpoint.described))
    texts = (rest.strip(), described.pop("description", ""))
    description = "\n\n".join(text for text in texts if text)
    operation: Described = {
        "operationId": endpoint.operation_id,
        "summary": " ".join(summary.split()).removesuffix("."),
        "tags": list(endpoint.tags),
        "description": description or summary,
    }
    return operation | described
