"""Templates as Jinja reads them: their branches, how deep these lie, their comparisons."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

_BRANCHES = ("if", "elif", "else")


class _Yield(Extension):
    """The tag of Copier that loops in file names; here only its expressions matter."""

    tags = {"yield"}  # noqa: RUF012 (Jinja declares it without ClassVar)

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        target = parser.parse_assign_target(with_tuple=False)
        parser.stream.expect("name:from")
        items = parser.parse_expression()
        body = parser.parse_statements(("name:endyield",), drop_needle=True)
        return nodes.For(target, items, body, [], None, False, lineno=line)


_JINJA = jinja2.Environment(extensions=[_Yield], autoescape=False)


def count_branches(text: str) -> int:
    """Count the tags ``if``, ``elif`` and ``else``, and expressions with an ``if``."""
    tags = _tags(text)
    conditional = sum(1 for _ in _JINJA.parse(text).find_all(nodes.CondExpr))
    return sum(tag in _BRANCHES for tag in tags) + conditional


def _tags(text: str) -> Iterator[str]:
    previous = ""
    for _, kind, value in _JINJA.lex(text):
        if kind != "whitespace":
            if previous == "block_begin" and kind == "name":
                yield value
            previous = kind


def nesting(text: str) -> int:
    """Return how deep the branches of a template lie in one another."""
    return _depth(_JINJA.parse(text))


def _depth(node: nodes.Node, is_alternative: bool = False) -> int:
    if isinstance(node, nodes.If):
        alternatives = (_depth(child, is_alternative=True) for child in node.elif_)
        inner = (_depth(child) for child in [*node.body, *node.else_])
        own = 0 if is_alternative else 1
        return max(own + max(inner, default=0), own + max(alternatives, default=0))
    return max((_depth(child) for child in node.iter_child_nodes()), default=0)


def comparisons(text: str) -> list[str]:
    """Return the operators ``==`` and ``!=`` of a template."""
    found = _JINJA.parse(text).find_all(nodes.Operand)
    return [operand.op for operand in found if operand.op in ("eq", "ne")]


def names_used(text: str) -> set[str]:
    """Return the names that a template reads."""
    return {name.name for name in _JINJA.parse(text).find_all(nodes.Name)}


def is_plain(text: str) -> bool:
    """Tell whether a text has nothing for Jinja to do."""
    return all(kind == "data" for _, kind, _ in _JINJA.lex(text))


def read(path: Path) -> str:
    """Return a file's text; nothing for what is none, such as a picture."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
