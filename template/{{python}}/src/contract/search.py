"""The parameter ``q``: each of its words must occur in some field that is declared searchable.

Two letters are one where Unicode's simple case folding (one code point for one) makes them so.
Every database is given the same expression for a word, which lists the letters, and so none
brings rules of its own.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from src.contract.fields import Text
from src.errors import invalid_parameter

MAX_LENGTH: Final = 200
SEARCH: Final = Text(min_length=1, max_length=MAX_LENGTH)
_CASED_BELOW: Final = 0x20000  # no letter of a later plane has a case


def words_of(text: str) -> tuple[str, ...]:
    """Return the words that white space parts, each once; a 400 where there is none."""
    words = tuple(dict.fromkeys(SEARCH.accept(text).split()))
    if not words:
        raise invalid_parameter("q", "min_length", limit=1)
    return words


@lru_cache(maxsize=1024)
def expression_of(word: str) -> str:
    """Return a regular expression, as every database reads it, of ``word`` in any letter case."""
    return "".join(map(_one_of, word))


def _one_of(character: str) -> str:
    letters = _letters().get(_fold(character), character)
    return f"[{letters}]" if len(letters) > 1 else re.escape(character)


def _fold(character: str) -> str:
    folded = character.casefold()
    if len(folded) > 1:
        folded = character.lower()
    return folded if len(folded) == 1 else character


@lru_cache(maxsize=1)
def _letters() -> Mapping[str, str]:
    """Return the letters that fold to each one, itself among them, where there are several."""
    alike: dict[str, str] = {}
    for character in map(chr, range(_CASED_BELOW)):
        if character.casefold() != character and _fold(character) != character:
            folded = _fold(character)
            alike[folded] = alike.get(folded, folded) + character
    return alike
