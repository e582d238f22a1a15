"""Texts of paths are compiled once, and Copier's yield still starts anew at each of them."""

from __future__ import annotations

from copier._jinja_ext import YieldExtension, get_yield_context
from jinja2 import Environment

from stanchion.compiling import compile_once

PATH = "{% yield name from names %}{{ name }}{% endyield %}"


def environment() -> Environment:
    made = Environment(extensions=[YieldExtension], autoescape=False)
    compile_once(made)
    return made


def test_the_same_text_gives_the_same_template() -> None:
    made = environment()
    assert made.from_string("{{ a }}") is made.from_string("{{ a }}")
    assert made.from_string("{{ a }}").render(a=1) == "1"
    assert made.from_string("{{ a }}").render(a=2) == "2"


def test_a_known_text_forgets_what_another_one_yielded() -> None:
    made = environment()
    made.from_string("src")
    made.from_string(PATH).render(names=["a"])
    assert get_yield_context(made).yield_name == "name"
    made.from_string("src").render()
    assert get_yield_context(made).yield_name is None


def test_a_known_text_yields_again() -> None:
    made = environment()
    for _ in range(2):
        made.from_string(PATH).render(names=["a", "b"])
        assert get_yield_context(made).yield_iterable == ["a", "b"]
