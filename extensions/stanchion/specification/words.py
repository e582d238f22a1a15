"""How values and places are told to a reader: short, quoted, never in the way."""

from __future__ import annotations

import datetime
import difflib
import json
import re
from collections.abc import Iterable, Sequence

Path = tuple[str | int, ...]
"""Where something stands: keys of mappings and positions in lists."""

_PLAIN_KEY = re.compile(r"[\w-]{1,60}", re.ASCII)
_LONGEST = 60
_MOST_WORDS = 14


def place(path: Path) -> str:
    """Write a path as a reader would.

    Args:
        path: Keys and positions.

    Returns:
        The path joined by points; odd keys are quoted and long ones cut.
    """
    return ".".join(_part(part) for part in path)


def _part(part: str | int) -> str:
    if isinstance(part, int) or _PLAIN_KEY.fullmatch(part):
        return str(part)
    return shown(part)


def shown(value: object) -> str:
    """Show a value within a sentence.

    Args:
        value: Anything that YAML or JSON can hold.

    Returns:
        A short text on one line.
    """
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple | set | frozenset):
        return "a list"
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, int) and value.bit_length() > 64:
        return "a very large number"
    text = json.dumps(value, ensure_ascii=True) if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def any_of(words: Iterable[object]) -> str:
    """Join words as alternatives.

    Args:
        words: What to offer.

    Returns:
        `a`, `a or b`, `a, b or c`.
    """
    *head, last = [str(word) for word in words]
    if len(head) >= _MOST_WORDS:
        return f"{', '.join(head[:_MOST_WORDS])} …"
    return f"{', '.join(head)} or {last}" if head else last


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Find the known word that was probably meant.

    Args:
        word: What was written.
        known: What could have been written.

    Returns:
        The closest word, none where nothing is close.
    """
    matches = difflib.get_close_matches(word[:_LONGEST].lower(), sorted(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def write_one_of(word: object, known: Sequence[str]) -> str:
    """Suggest what to write instead of a word.

    Args:
        word: What was written.
        known: What could have been written.

    Returns:
        `write …`, with the closest word, or all of them where none is close.
    """
    close = nearest(word, known) if isinstance(word, str) else None
    return f"write {close or any_of(known)}"


def quoted_words(value: object) -> str | None:
    """Tell which words in quotes YAML's reading may have come from.

    Args:
        value: A boolean, number or date where a text is wanted.

    Returns:
        The words to choose from, each in double quotes; none for other values.
    """
    words = _original_words(value)
    return any_of(f'"{word}"' for word in words) if words else None


def _original_words(value: object) -> list[str]:
    if isinstance(value, bool):
        return ["yes", "on", "true"] if value else ["no", "off", "false"]
    if isinstance(value, int) and value.bit_length() <= 64:
        return _number_words(value)
    if isinstance(value, datetime.datetime):
        return [value.isoformat().replace("+00:00", "Z")]
    if isinstance(value, float | datetime.date):
        return [str(value)]
    return ["null"] if value is None else []


def _number_words(value: int) -> list[str]:
    """YAML 1.1 reads 010 as eight and 12:30 as seven hundred and fifty."""
    words = [str(value)]
    if value > 7:
        words.append(f"0{value:o}")
    if 60 <= value < 60 * 60:
        words.append(f"{value // 60}:{value % 60:02}")
    return words
