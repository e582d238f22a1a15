"""TypeScript: how fields and resources become schemas."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any


def attribute(name: str) -> str:
    """Return the attribute of what is called ``name`` in snake_case: ``due_on`` is ``dueOn``.

    An underscore before a digit stays, so that the way back is known: ``line_2``.
    """
    return re.sub("_([a-z])", lambda match: match[1].upper(), name)


def literal(value: object) -> str:
    """Return ``value`` as TypeScript writes it; decimals are texts."""
    if isinstance(value, Decimal):
        return json.dumps(format(value, "f"))
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_key(key)}: {literal(part)}' for key, part in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(literal, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _key(name: object) -> str:
    """Return the key of an object; written plainly, ``__proto__`` would not be one."""
    return '["__proto__"]' if name == "__proto__" else literal(str(name))


def comment(text: str) -> str:
    """Return ``text`` as it may stand in a comment, which it does not end."""
    return text.replace("*/", "*\\/")


FILTERS: dict[str, Callable[..., Any]] = {
    "typescript_attribute": attribute,
    "typescript_comment": comment,
    "typescript_literal": literal,
}
