"""Texts that a pattern matches, always the same ones: what tests put into fields with patterns."""

from __future__ import annotations

import re
import re._constants as ops  # type: ignore[import-not-found] # no stubs: it is not public
import re._parser as parser  # type: ignore[import-not-found] # as above
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from math import prod
from typing import Any

_PLAIN = (
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.:;/#@!?+=()[]{}<>*%&$'\" "
)
_REPEATS = (8, 200)
"""How many repeats more than needed are tried, and how many at most."""
_TRIES = 300


def texts_matching(pattern: str, least: int, most: int | None, count: int) -> list[str]:
    """Return up to ``count`` different texts that ``pattern`` matches whole.

    They have ``least`` to ``most`` characters, and the shortest ones come first.
    """
    tree = _sequence(parser.parse(pattern), min(least, _REPEATS[1]))
    tries = {tree.write(index) for index in _spread(tree.count)}
    shortest_first = sorted(tries, key=lambda text: (len(text), text))
    good = (text for text in shortest_first if _fits(text, pattern, least, most))
    return list(islice(good, count))


def matches(pattern: str, text: str) -> bool:
    """Tell whether ``pattern`` matches ``text`` whole, as a service does."""
    return re.fullmatch(pattern, text, re.ASCII) is not None


def text_against(pattern: str, least: int, most: int | None) -> str | None:
    """Return a text of fitting length that ``pattern`` does not match; None where all do."""
    for character in "!- éaA0":
        for length in (least or 1, most or least + 1, least, 1, 2, 3):
            text = character * length
            if least <= length <= (most or length) and not matches(pattern, text):
                return text
    return None


def _fits(text: str, pattern: str, least: int, most: int | None) -> bool:
    return least <= len(text) and (most is None or len(text) <= most) and matches(pattern, text)


def _spread(total: int) -> Iterator[int]:
    """Yield the first indexes, then some from all over the range."""
    yield from range(min(total, _TRIES))
    yield from islice(range(0, total, max(1, total // _TRIES)), _TRIES)


@dataclass(frozen=True)
class _Set:
    """One character of some."""

    characters: str

    @property
    def count(self) -> int:
        return len(self.characters)

    def write(self, index: int) -> str:
        return self.characters[index]


@dataclass(frozen=True)
class _Sequence:
    """Parts, one after the other; the last one changes fastest."""

    parts: Sequence[_Set | _Sequence | _Choice]

    @cached_property
    def count(self) -> int:
        return prod(part.count for part in self.parts)

    def write(self, index: int) -> str:
        texts = []
        for part in reversed(self.parts):
            index, rest = divmod(index, part.count)
            texts.append(part.write(rest))
        return "".join(reversed(texts))


@dataclass(frozen=True)
class _Choice:
    """One of several options, the first ones first."""

    options: Sequence[_Sequence]

    @cached_property
    def count(self) -> int:
        return sum(option.count for option in self.options)

    def write(self, index: int) -> str:
        for option in self.options:
            if index < option.count:
                return option.write(index)
            index -= option.count
        raise IndexError(index)


def _sequence(nodes: Iterable[Any], reach: int) -> _Sequence:  # the parser's tree has no types
    return _Sequence([_part(kind, argument, reach) for kind, argument in nodes])


def _part(kind: Any, argument: Any, reach: int) -> _Set | _Sequence | _Choice:  # as above
    if kind in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        least, most, inner = argument
        once = _sequence(inner, reach)
        times = range(least, min(int(most), least + max(reach, _REPEATS[0])) + 1)
        return _Choice([_Sequence([once] * number) for number in times])
    if kind is ops.SUBPATTERN:
        return _sequence(argument[-1], reach)
    if kind is ops.BRANCH:
        return _Choice([_sequence(option, reach) for option in argument[1]])
    return _Set("".join(dict.fromkeys(_characters(kind, argument))))


def _characters(kind: Any, argument: Any) -> Iterable[str]:  # as above
    """Return the characters that one node takes, plain ones first."""
    if kind is ops.LITERAL:
        return chr(argument)
    if kind is not ops.IN:  # anything, or anything but one
        return (character for character in _PLAIN if kind is ops.ANY or ord(character) != argument)
    listed = set(_listed(argument))
    if argument[0][0] is ops.NEGATE:
        return (character for character in _PLAIN if character not in listed)
    return (*(character for character in _PLAIN if character in listed), *sorted(listed))


def _listed(parts: Iterable[Any]) -> Iterator[str]:  # as above
    for kind, argument in parts:
        if kind is ops.LITERAL:
            yield chr(argument)
        elif kind is ops.RANGE:
            low, high = argument
            yield from (chr(code) for code in range(low, min(high, low + 200) + 1))
