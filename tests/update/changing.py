"""A specification before and after every safe change, and rows that are there in between."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

ODD_TEXT = "50% of 'it': :all \\ {x}"
LONG_VALUES = [f"state_number_{number}_of_a_long_list_of_states" for number in range(6)]

BEFORE: dict[str, Any] = {
    "shelf": {
        "access": {"read": "authenticated"},
        "fields": {"label": {"type": "string", "max_length": 40}},
    },
    "tag": {"fields": {"label": {"type": "string", "max_length": 40, "unique": True}}},
    "book": {
        "owner": True,
        "belongs_to": {"shelf": {"on_delete": "cascade"}},
        "fields": {
            "title": {"type": "string", "max_length": 40, "sort": True},
            "status": {
                "type": "enum",
                "values": ["draft", "active"],
                "default": "draft",
                "filter": True,
            },
            "rating": {"type": "integer", "nullable": True},
            "price": {
                "type": "decimal",
                "precision": 6,
                "scale": 2,
                "minimum": 0,
                "nullable": True,
            },
            "pages": {"type": "integer", "minimum": 1, "default": 1},
            "motto": {"type": "string", "max_length": 80, "nullable": True},
            "lent": {"type": "boolean", "default": False},
            "due_on": {"type": "date", "nullable": True},
            "blurb": {"type": "string", "max_length": 80},
        },
    },
}

NEW_FIELDS: dict[str, Any] = {
    "words": {"type": "string", "max_length": 80, "default": ODD_TEXT},
    "prose": {"type": "text", "default": ODD_TEXT},
    "copies": {"type": "integer", "default": 7, "minimum": 1, "filter": True},
    "large": {"type": "bigint", "default": 9007199254740991},
    "ratio": {"type": "number", "default": 0.25},
    "cost": {"type": "decimal", "precision": 8, "scale": 2, "default": "12.50", "minimum": "0.50"},
    "lent_out": {"type": "boolean", "default": True},
    "bought_on": {"type": "date", "default": "2030-01-31"},
    "read_at": {"type": "datetime", "default": "2030-01-31T12:30:00Z", "sort": True},
    "isbn_id": {"type": "uuid", "default": "01900000-0000-7000-8000-000000000001"},
    "state": {"type": "enum", "values": LONG_VALUES, "default": LONG_VALUES[0]},
    "contact": {"type": "email", "default": "ada@example.com"},
    "page": {"type": "url", "default": "https://example.com/a?b=c%20d"},
    "extra": {"type": "json", "default": {"a": [1, "it's 5% :x"], "b": None}},
    "maybe": {"type": "json", "nullable": True},
    "later": {"type": "datetime", "nullable": True, "filter": True},
}


def after() -> dict[str, Any]:
    """Return the specification with every kind of safe change in it."""
    resources = deepcopy(BEFORE)
    book = resources["book"]
    fields = book["fields"]
    fields["title"]["max_length"] = 90
    fields["status"]["values"] = ["draft", "active", "archived_for_ever"]
    fields["rating"] |= {"minimum": 0, "maximum": 10, "filter": True}
    fields["price"] |= {"precision": 9, "minimum": "0.50"}
    fields["pages"]["maximum"] = 9000
    fields["motto"] |= {"nullable": False, "default": ODD_TEXT}
    fields["lent"]["filter"] = True
    fields["due_on"]["sort"] = True
    fields["blurb"]["nullable"] = True
    fields |= NEW_FIELDS
    book["belongs_to"]["wish"] = {"resource": "user", "nullable": True, "on_delete": "set_null"}
    book["belongs_to"]["sequel"] = {"resource": "book", "nullable": True, "on_delete": "set_null"}
    book["many_to_many"] = ["tag"]
    book["unique"] = [["shelf", "title"]]
    book["checks"] = {
        "due_when_active": {"field": "rating", "not_null_when": {"status": "active", "lent": True}}
    }
    resources["loan"] = {
        "owner": True,
        "belongs_to": {"book": {"on_delete": "cascade"}},
        "fields": {
            "until": {"type": "datetime", "sort": True},
            "note": {"type": "text", "nullable": True},
            "fine": {
                "type": "decimal",
                "precision": 6,
                "scale": 2,
                "default": "0.00",
                "minimum": 0,
            },
            "state": {"type": "enum", "values": LONG_VALUES, "filter": True},
        },
    }
    return resources


def identifier(number: int, database: str) -> str:
    """Return a row's id as the database takes it."""
    plain = f"0190{number:028x}"
    if database == "postgresql":
        return "-".join((plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:]))
    return plain


def statements(database: str) -> list[str]:
    """Return what puts rows into every table of the first specification."""
    user, shelf, first, second = (identifier(number, database) for number in range(1, 5))
    stamp = "'2030-01-31 12:00:00.000', '2030-01-31 12:00:00.000', 1"
    price = "1250" if database == "sqlite" else "12.50"
    times = "created_at, updated_at, version"
    book = (
        "INSERT INTO books (id, owner_id, shelf_id, title, status, rating, price, pages, motto,"
        f" lent, blurb, {times}) VALUES"
    )
    return [
        f"INSERT INTO users (id, email, email_verified, {times})"
        f" VALUES ('{user}', 'ada@example.com', true, {stamp})",
        f"INSERT INTO shelves (id, label, {times}) VALUES ('{shelf}', 'left', {stamp})",
        f"{book} ('{first}', '{user}', '{shelf}', 'One', 'draft', NULL, {price}, 1, NULL, false,"
        f" 'x', {stamp})",
        f"{book} ('{second}', '{user}', '{shelf}', 'Two', 'active', 5, NULL, 2, 'mine', false,"
        f" 'y', {stamp})",
    ]


def filled(database: str) -> dict[str, str]:
    """Return what the new columns of the rows must hold, as text."""
    isbn = "01900000-0000-7000-8000-000000000001"
    return {
        "words": ODD_TEXT,
        "prose": ODD_TEXT,
        "copies": "7",
        "large": "9007199254740991",
        "ratio": "0.25",
        "cost": "1250" if database == "sqlite" else "12.50",
        "bought_on": "2030-01-31",
        "isbn_id": isbn.replace("-", "") if database == "sqlite" else isbn,
        "state": LONG_VALUES[0],
        "contact": "ada@example.com",
        "page": "https://example.com/a?b=c%20d",
        "maybe": "None",
        "later": "None",
        "wish_id": "None",
        "sequel_id": "None",
    }
