"""The first look: only mappings with text keys, lists, texts, finite numbers, booleans and null."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from ..faults import Fault
from ..words import Path, place, quoted_words, shown
from .expected import expected_at

DEEPEST = 40
MOST_VALUES = 200_000
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]")


class _Dropped:
    """Stands for a value that was refused and left out."""


@dataclass(slots=True)
class PlainReader:
    """Copies a value, leaving out and noting what no specification can hold."""

    faults: list[tuple[Path, Fault]] = field(default_factory=list)
    seen: int = 0

    def read(self, value: object, path: Path) -> object:
        """Copy a value.

        Args:
            value: Anything.
            path: Where it stands.

        Returns:
            The copy; `DROPPED` where nothing of it could be kept.
        """
        self.seen += 1
        if self.seen > MOST_VALUES:
            return self._too_much(path)
        if len(path) > DEEPEST:
            return self._refuse(path, "is nested too deep", f"at most {DEEPEST} levels are read")
        if isinstance(value, dict):
            return self._mapping(value, path)
        if isinstance(value, list | tuple):
            copies = [self.read(item, (*path, number)) for number, item in enumerate(value)]
            return [copy for copy in copies if copy is not DROPPED]
        return self._scalar(value, path)

    def _mapping(self, value: dict[object, object], path: Path) -> dict[str, object]:
        copy = {}
        for key, item in value.items():
            if not isinstance(key, str):
                self._odd_key(key, path)
            elif _UNPRINTABLE.search(key):
                self._refuse((*path, key), "holds a character that cannot be printed", "retype it")
            elif (kept := self.read(item, (*path, key))) is not DROPPED:
                copy[key] = kept
        return copy

    def _odd_key(self, key: object, path: Path) -> None:
        words = quoted_words(key)
        name = (*path, shown(key).strip('"'))
        if words:
            self._refuse(name, f"YAML reads this as {shown(key)}, not as a word", f"write {words}")
        else:
            self._refuse(name, "is not a word", "write a name as the key")

    def _scalar(self, value: object, path: Path) -> object:
        if isinstance(value, str):
            if _UNPRINTABLE.search(value):
                return self._refuse(path, "holds a character that cannot be printed", "retype it")
            return value
        if value is None and not _may_be_null(path):
            mend = f"write {expected_at(path).example}, or take it away"
            return self._refuse(path, "has no value", mend)
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int):
            if value.bit_length() > 64:
                return self._refuse(path, "is too large a number", "write at most 18 digits")
            return value
        if isinstance(value, float):
            if not math.isfinite(value):
                return self._refuse(path, f"{value} is not a finite number", "write a number")
            return value
        return self._foreign(value, path)

    def _foreign(self, value: object, path: Path) -> object:
        words = quoted_words(value)
        if words:
            return self._refuse(path, "YAML reads this as a date, not as a word", f"write {words}")
        kind = type(value).__name__
        return self._refuse(path, f"is no value of JSON ({kind})", "write a text in quotes")

    def _too_much(self, path: Path) -> object:
        if self.seen == MOST_VALUES + 1:
            self._refuse(path[:1], "holds too many values", f"at most {MOST_VALUES} are read")
        return DROPPED

    def _refuse(self, path: Path, message: str, mend: str) -> object:
        self.faults.append((path, Fault(place(path), message, mend)))
        return DROPPED


def _may_be_null(path: Path) -> bool:
    """Tell whether null says something: a default, or a relation without more to say."""
    if len(path) == 4:
        return path[2] in ("belongs_to", "many_to_many")
    return len(path) > 4 and path[2] == "fields" and path[4] == "default"


DROPPED = _Dropped()
"""What `PlainReader.read` gives for a value that it refused."""
