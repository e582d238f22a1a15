"""Names in every casing that generated code needs, and database identifiers that always fit."""

from __future__ import annotations

import hashlib
import re

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
"""What a resource, field, relation or role may be called: snake_case, ASCII."""

LONGEST_IDENTIFIER = 60
"""PostgreSQL cuts at 63 bytes and MySQL at 64; three are kept back for tools that add a suffix."""

_HASH_LENGTH = 8

_ODD_PLURALS = {
    "cow": "cows",
    "criterion": "criteria",
    "gas": "gases",
    "foot": "feet",
    "hero": "heroes",
    "index": "indexes",
    "leaf": "leaves",
    "phenomenon": "phenomena",
    "tooth": "teeth",
    "virus": "viruses",
}


def is_name(text: str) -> bool:
    """Tell whether a text is a plain snake_case name.

    Args:
        text: What was written in the specification.

    Returns:
        True where it may be used as a name.
    """
    return NAME.fullmatch(text) is not None


def suggest_name(text: str) -> str:
    """Turn any text into the nearest valid name.

    Args:
        text: A name as somebody wrote it, such as `LineItem` or `due-on`.

    Returns:
        A snake_case name, or an empty string where nothing of it can be kept.
    """
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text)
    plain = re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_")
    return plain.lstrip("0123456789_")


def pluralize(singular: str) -> str:
    """Give the English plural of a snake_case name; only its last word changes.

    Args:
        singular: A name such as `line_item`.

    Returns:
        Its plural, such as `line_items`.
    """
    from inflection import pluralize as pluralize_word

    head, separator, last = singular.rpartition("_")
    return head + separator + (_ODD_PLURALS.get(last) or pluralize_word(last))


def camel(snake: str) -> str:
    """Turn `line_item` into `lineItem`.

    Args:
        snake: A snake_case name.

    Returns:
        The first part as it is, the others with a capital first letter.
    """
    first, *others = snake.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in others)


def pascal(snake: str) -> str:
    """Turn `line_item` into `LineItem`.

    Args:
        snake: A snake_case name.

    Returns:
        Every part with a capital first letter.
    """
    return "".join(part[:1].upper() + part[1:] for part in snake.split("_"))


def kebab(snake: str) -> str:
    """Turn `line_items` into `line-items`.

    Args:
        snake: A snake_case name.

    Returns:
        The name as it stands in a path.
    """
    return snake.replace("_", "-")


def json_name(snake: str, json_case: str) -> str:
    """Name a member as clients see it.

    Args:
        snake: A snake_case name.
        json_case: The answer `json_case`: `snake` or `camel`.

    Returns:
        The name in that casing.
    """
    return camel(snake) if json_case == "camel" else snake


def identifier(*parts: str) -> str:
    """Join parts into a database identifier that every database accepts.

    Args:
        parts: A prefix, a table, columns: whatever tells this name from others.

    Returns:
        The parts joined by `_`; where that is too long, its beginning and a hash of the whole.
    """
    name = "_".join(parts)
    if len(name) <= LONGEST_IDENTIFIER:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:_HASH_LENGTH]
    return f"{name[: LONGEST_IDENTIFIER - _HASH_LENGTH - 1].rstrip('_')}_{digest}"
