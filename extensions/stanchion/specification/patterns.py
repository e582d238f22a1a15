"""Regular expressions that mean the same to every engine: RE2, ECMAScript `u`, Python, Rust.

What the engines share is small and plain. `portable` reads exactly that and spells it without
shorthand, so that `\\d` and `.` cannot differ: `\\d` becomes `0-9`, `.` anything but a line break.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST_REPEATS = 1000
"""What RE2 allows, repeats within repeats multiplied."""

_SYNTAX = frozenset("^$\\.*+?()[]{}|/")
_CONTROLS = frozenset("tnrfv")
_SHORTHAND = {"d": "0-9", "w": "0-9A-Za-z_"}
_ANY = "[^\\n\\r\\u2028\\u2029]".replace("\\u2028", "\u2028").replace("\\u2029", "\u2029")
_UNSHARED_ESCAPES = {
    "s": ("\\s differs between engines", "write the spaces themselves, such as [ \\t]"),
    "S": ("\\S differs between engines", "write what may stand there, such as [!-~]"),
    "b": ("\\b differs between engines", "write the characters themselves"),
    "B": ("\\B differs between engines", "write the characters themselves"),
    "p": ("\\p is not in every engine", "write the characters themselves, such as [A-Za-z]"),
    "P": ("\\P is not in every engine", "write the characters themselves"),
    "u": ("\\u is not in every engine", "write the character itself"),
    "k": ("a reference back is not in every engine", "write the group again"),
}
_UNSHARED_GROUPS = (
    ("(?=", "looking ahead is not in every engine"),
    ("(?!", "looking ahead is not in every engine"),
    ("(?<=", "looking behind is not in every engine"),
    ("(?<!", "looking behind is not in every engine"),
    ("(?>", "an atomic group is not in every engine"),
    ("(?P", "a named group is not in every engine"),
    ("(?<", "a named group is not in every engine"),
    ("(?", "a flag is not in every engine"),
)


class PatternError(ValueError):
    """A pattern that not every engine reads alike."""

    def __init__(self, message: str, mend: str) -> None:
        """Keep what is wrong apart from what would do.

        Args:
            message: What is wrong.
            mend: What to write instead.
        """
        super().__init__(message)
        self.message, self.mend = message, mend


def portable(pattern: str) -> str:
    """Spell a pattern so that every engine reads it alike.

    Args:
        pattern: A pattern as written.

    Returns:
        The same without shorthand and without anchors, to be matched whole.

    Raises:
        PatternError: It has what some engine has not.
    """
    return _Scanner(pattern).read()


@dataclass(slots=True)
class _Scanner:
    """Reads a pattern once, from left to right; groups by recursion."""

    text: str
    at: int = 0
    depth: int = 0

    def read(self) -> str:
        whole, _ = self._alternatives()
        if self.at < len(self.text):
            raise PatternError("a ) closes nothing", "write \\) for the character")
        return whole

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _take(self) -> str:
        character = self._peek()
        self.at += 1
        return character

    def _alternatives(self) -> tuple[str, int]:
        """Read up to the end or a closing bracket; give the text and its repeats."""
        parts, repeats = [""], 1
        while self._peek() not in ("", ")"):
            if self._peek() == "|":
                parts.append(self._take())
                continue
            atom, inner = self._atom()
            suffix, times = self._quantifier()
            if inner * times > MOST_REPEATS:
                raise PatternError(f"repeats more than {MOST_REPEATS} times", "repeat less")
            repeats = max(repeats, inner * times)
            parts.append(atom + suffix)
        return "".join(parts), repeats

    def _atom(self) -> tuple[str, int]:
        character = self._take()
        if character == "(":
            return self._group()
        if character == "[":
            return self._set(), 1
        if character == "\\":
            return self._escape(in_set=False), 1
        if character == ".":
            return _ANY, 1
        if character in "^$":
            raise PatternError(f"{character} is not needed", "take it away: all is matched whole")
        if character in "*+?":
            raise PatternError(f"{character} repeats nothing", f"write \\{character} for it")
        if character in "{}]":
            raise PatternError(f"{character} stands alone", f"write \\{character} for it")
        return character, 1

    def _group(self) -> tuple[str, int]:
        rest = self.text[self.at - 1 :]
        opening = "(?:" if rest.startswith("(?:") else "("
        if opening == "(":
            for start, message in _UNSHARED_GROUPS:
                if rest.startswith(start):
                    raise PatternError(message, "write the pattern without it, or (?: for a group")
        self.at += len(opening) - 1
        self.depth += 1
        if self.depth > 20:
            raise PatternError("groups are nested too deep", "write at most 20 levels")
        inner, repeats = self._alternatives()
        if self._take() != ")":
            raise PatternError(
                "a group is not closed", "write ) at its end, or \\( for the character"
            )
        self.depth -= 1
        return f"(?:{inner})", repeats

    def _escape(self, *, in_set: bool) -> str:
        character = self._take()
        if character in _SHORTHAND:
            inner = _SHORTHAND[character]
            return inner if in_set else f"[{inner}]"
        if character in "DW" and character and not in_set:
            return f"[^{_SHORTHAND[character.lower()]}]"
        if character in _CONTROLS or character in _SYNTAX or (in_set and character == "-"):
            return f"\\{character}"
        if character in _UNSHARED_ESCAPES:
            raise PatternError(*_UNSHARED_ESCAPES[character])
        if character.isdigit():
            raise PatternError("a reference back is not in every engine", "write the group again")
        if not character:
            raise PatternError("ends in a single \\", "write \\\\ for the character")
        raise PatternError(f"\\{character} is not in every engine", f"write {character} itself")

    def _set(self) -> str:
        parts = ["["]
        if self._peek() == "^":
            parts.append(self._take())
        if self._peek() == "]":
            raise PatternError("a set is empty", "write \\] for the character, or fill the set")
        while self._peek() != "]":
            parts.append(self._range())
        self.at += 1
        return "".join(parts) + "]"

    def _range(self) -> str:
        first = self._member()
        if self._peek() != "-" or self.text[self.at + 1 : self.at + 2] in ("]", ""):
            return first
        self.at += 1
        last = self._member()
        low, high = first.removeprefix("\\"), last.removeprefix("\\")
        if len(low) != 1 or len(high) != 1 or first in _controls() or last in _controls():
            raise PatternError("a range goes from one character to another", "write - at the end")
        if low > high:
            raise PatternError(f"the range {first}-{last} is backwards", f"write {last}-{first}")
        return f"{first}-{last}"

    def _member(self) -> str:
        character = self._take()
        if not character:
            raise PatternError(
                "a set is not closed", "write ] at its end, or \\[ for the character"
            )
        if character == "\\":
            return self._escape(in_set=True)
        if character == "[":
            raise PatternError("[ stands in a set", "write \\[ for the character")
        if character in "&~-" and self._peek() == character:
            raise PatternError(f"{character * 2} has a meaning in some engines", "write it once")
        return f"\\{character}" if character in "-^" else character

    def _quantifier(self) -> tuple[str, int]:
        character = self._peek()
        if character in ("*", "+", "?") and character:
            self.at += 1
            return character + self._lazy(), 1
        if character != "{":
            return "", 1
        end = self.text.find("}", self.at)
        counts = self.text[self.at + 1 : end].split(",") if end > 0 else []
        self.at = end + 1
        return self._counted(counts) + self._lazy(), max(1, int(counts[-1] or counts[0]))

    def _counted(self, counts: list[str]) -> str:
        sound = len(counts) in (1, 2) and counts[0].isdigit() and (counts[-1] or "0").isdigit()
        if not sound or not all(len(count) < 5 and count.isascii() for count in counts):
            raise PatternError("{ begins no count", "write {2}, {2,} or {2,5}, or \\{ for it")
        if counts[-1] and int(counts[0]) > int(counts[-1]):
            raise PatternError("a count is backwards", f"write {{{counts[-1]},{counts[0]}}}")
        return "{" + ",".join(counts) + "}"

    def _lazy(self) -> str:
        if self._peek() in ("+", "*", "{") and self._peek():
            raise PatternError("a repeat is repeated", "put (?:…) around the inner one")
        if self._peek() != "?":
            return ""
        self.at += 1
        if self._peek() in ("?", "+", "*", "{") and self._peek():
            raise PatternError("a repeat is repeated", "put (?:…) around the inner one")
        return "?"


def _controls() -> frozenset[str]:
    return frozenset(f"\\{letter}" for letter in _CONTROLS)
