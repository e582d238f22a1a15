"""The specification that most updates begin with, and an owner's edits of the code."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from tests.update.projects import Service

BOOK: dict[str, Any] = {
    "book": {
        "description": "A book on somebody's shelf.",
        "owner": True,
        "access": {"read": "public", "write": "owner"},
        "fields": {
            "title": {"type": "string", "max_length": 120, "sort": True, "search": True},
            "pages": {"type": "integer", "minimum": 1, "default": 1, "filter": True},
            "lent_on": {"type": "date", "nullable": True},
        },
    }
}
"""One resource."""

RULE = "    # Our own rule: titles are told to the log.\n"
ROUTE = '''

@router.get("/own/shelf")
async def shelf() -> Response:
    """Return nothing: it is our own."""
    return no_content()
'''
PROPERTY = '''
    @property
    def shout(self) -> str:
        """Return the title in capitals."""
        return self.title.upper()
'''


def with_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the resource with these fields before its own; None takes one away."""
    resources = deepcopy(BOOK)
    merged = {**fields, **resources["book"]["fields"], **fields}
    resources["book"]["fields"] = {name: each for name, each in merged.items() if each is not None}
    return resources


def edit_code(service: Service) -> dict[str, str]:
    """Edit a service, a router and a model, commit, and return each file with its own words."""
    creating = "    data = schema.BookCreate.parse(body)\n"
    service.replace("src/services/books.py", creating, creating + RULE)
    service.append("src/routers/books.py", ROUTE)
    service.append("src/models/book.py", PROPERTY)
    service.replace("src/models/book.py", "class Book(", "# Our own words.\nclass Book(")
    service.commit("Make it ours")
    return {
        "src/services/books.py": RULE,
        "src/routers/books.py": ROUTE,
        "src/models/book.py": PROPERTY,
    }
