"""Patterns: only what every engine reads alike."""

from __future__ import annotations

import re

from ..patterns import PatternError, portable


def pattern_fault(pattern: str) -> tuple[str, str] | None:
    """Tell what is wrong with a pattern.

    Args:
        pattern: A pattern as written.

    Returns:
        What is wrong and what would do, none where it is sound.
    """
    try:
        re.compile(portable(pattern))
    except PatternError as error:
        return error.message, error.mend
    except (re.error, OverflowError, RecursionError) as error:
        return f"is not a regular expression ({error})", "write another one"
    return None


def matches(pattern: str, text: str) -> bool:
    """Tell whether a pattern matches the whole of a text.

    Args:
        pattern: A sound pattern.
        text: Any text.

    Returns:
        True where it does.
    """
    return re.fullmatch(portable(pattern), text) is not None
