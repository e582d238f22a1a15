"""Conditions of check constraints, read back from what each database makes of them.

Columns that are compared with values, joined by AND or by OR: PostgreSQL adds casts, MariaDB
writes booleans as numbers. Read, they can be compared, and printed as in models.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Final, NamedTuple

from sqlalchemy import CheckConstraint, Dialect, TextClause

from src.migrations.dialect import ESCAPES

Value = str | Decimal | bool

_PARTS: Final = r"""
    (?P<cast>::\s*(?:character\ varying|double\ precision|timestamp\ with(?:out)?\ time\ zone|\w+)
        (?:\(\d+(?:,\s*\d+)?\))?(?:\[\])?)
  | (?P<text>(?:_utf8mb4\s*)?%s)
  | (?P<number>-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)
  | (?P<name>"[^"]+"|`[^`]+`|[a-z_]\w*)
  | (?P<sign><>|!=|<=|>=|<|>|=)
  | (?P<mark>[()\[\],])
  | (?P<other>\S)
"""
_TEXT: Final = r"'(?:[^'\\]|''|\\.)*'" if ESCAPES else r"'(?:[^']|'')*'"
_TOKEN: Final = re.compile(_PARTS % _TEXT, re.IGNORECASE | re.VERBOSE)
_LEFT_OUT: Final = {"any", "array"}
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")


class _Token(NamedTuple):
    kind: str
    text: str

    @property
    def word(self) -> str:
        """The token as a keyword; empty where it is none."""
        return self.text.lower() if self.kind == "name" else ""


class Comparison(NamedTuple):
    """A column, a sign (``in`` and ``is not null`` too), and what it is compared with."""

    column: str
    sign: str
    values: tuple[Value, ...] = ()

    def python(self) -> str:
        """Return the comparison as a model writes it."""
        column = f"sa.column({_quoted(self.column)})"
        if self.sign == "in":
            return f"{column}.in_([{', '.join(map(_printed, self.values))}])"
        if not self.values:
            return f"{column}.{'is_not' if 'not' in self.sign else 'is_'}(None)"
        return f"{column} {self.sign} {_printed(self.values[0])}"


@dataclass(frozen=True)
class Condition:
    """Comparisons that must all hold (``and``), or one of them (``or``)."""

    joint: str
    parts: tuple[Comparison, ...]

    def python(self) -> str:
        """Return the condition as a model writes it."""
        parts = [part.python() for part in self.parts]
        return parts[0] if len(parts) == 1 else f"sa.{self.joint}_({', '.join(parts)})"

    def says_the_same(self, other: "Condition") -> bool:
        """Return whether both hold for the same rows; the order of parts makes no difference."""
        return self.joint == other.joint and _unordered(self) == _unordered(other)


def _unordered(condition: Condition) -> frozenset[tuple[str, str, frozenset[Value]]]:
    return frozenset((part.column, part.sign, frozenset(part.values)) for part in condition.parts)


def _quoted(text: str) -> str:
    return f'"{text}"' if text.isidentifier() else repr(text)


def _printed(value: Value) -> str:
    if isinstance(value, bool):
        return f"sa.{str(value).lower()}()"
    if isinstance(value, str):
        return repr(value)
    return str(value) if value % 1 == 0 else f'sa.literal_column("{value}")'


def text_of(check: CheckConstraint, dialect: Dialect) -> str:
    """Return a check's condition as SQL."""
    if isinstance(check.sqltext, TextClause):
        return check.sqltext.text.replace("\\:", ":")
    return str(check.sqltext.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def read_check(check: CheckConstraint, dialect: Dialect) -> Condition | None:
    """Read a check; None for what is more than comparisons under one joint."""
    return read_condition(text_of(check, dialect))


def read_condition(text: str) -> Condition | None:
    """Read the text of a check; None for what is more than comparisons under one joint."""
    tokens = _tokens(text)
    joints = {token.word for token in tokens} & {"and", "or"}
    if len(joints) > 1:
        return None
    joint = joints.pop() if joints else "and"
    parts = [_comparison(part) for part in _split(tokens, joint)]
    read = tuple(part for part in parts if part is not None)
    return Condition(joint if len(read) > 1 else "and", read) if len(read) == len(parts) else None


def _tokens(text: str) -> list[_Token]:
    found = (_Token(str(match.lastgroup), match.group()) for match in _TOKEN.finditer(text))
    return [
        token
        for token in found
        if token.kind not in ("cast", "mark") and token.word not in _LEFT_OUT
    ]


def _split(tokens: Sequence[_Token], joint: str) -> list[list[_Token]]:
    parts: list[list[_Token]] = [[]]
    for token in tokens:
        if token.word == joint:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _comparison(tokens: Sequence[_Token]) -> Comparison | None:
    if len(tokens) < 3 or tokens[0].kind != "name":
        return None
    column, rest = tokens[0].text.strip('"`'), tokens[1:]
    words = " ".join(token.word for token in rest)
    if words in ("is null", "is not null"):
        return Comparison(column, words)
    sign = {"<>": "!="}.get(rest[0].text, rest[0].text.lower())
    values = [_value(token, sign) for token in rest[1:]]
    read = tuple(chain.from_iterable([value] for value in values if value is not None))
    if len(read) != len(values) or (rest[0].kind != "sign" and sign != "in"):
        return None
    if sign == "=" and all(isinstance(value, str) for value in read):
        sign = "in"
    return Comparison(column, sign, read) if sign == "in" or len(read) == 1 else None


def _value(token: _Token, sign: str) -> Value | None:
    if token.kind == "number":
        return Decimal(token.text)
    if token.word in ("true", "false"):
        return token.word == "true"
    if token.kind != "text":
        return None
    text = token.text[token.text.index("'") + 1 : -1].replace("''", "'")
    if ESCAPES:
        text = re.sub(r"\\(.)", r"\1", text)
    # PostgreSQL prints numbers below zero as texts.
    return Decimal(text) if sign[0] in "<>" and _NUMBER.fullmatch(text) else text
