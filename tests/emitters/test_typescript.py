"""Names and values as TypeScript has them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from stanchion.emitters.typescript import attribute, comment, literal


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("id", "id"),
        ("created_at", "createdAt"),
        ("a_b_c", "aBC"),
        ("line_2", "line_2"),
        ("line_2_text", "line_2Text"),
    ],
)
def test_attributes_are_in_camel_case_and_lead_back(name: str, expected: str) -> None:
    """An underscore before a digit stays, or nobody could tell where it was."""
    assert attribute(name) == expected
    back = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in expected)
    assert back == name


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "null"),
        (True, "true"),
        (1.5, "1.5"),
        (Decimal("1E+2"), '"100"'),
        (Decimal("0.50"), '"0.50"'),
        ('it\'s "ä"\n\\', '"it\'s \\"ä\\"\\n\\\\"'),
        ((1, "a"), '[1, "a"]'),
        ({"a": [None], "b c": {}}, '{"a": [null], "b c": {}}'),
        ({"__proto__": 1}, '{["__proto__"]: 1}'),
    ],
)
def test_literals_mean_the_same_in_typescript(value: object, expected: str) -> None:
    """Written plainly, ``__proto__`` would set the prototype of the object."""
    assert literal(value) == expected


def test_a_comment_ends_where_the_template_ends_it() -> None:
    """Descriptions are anybody's words."""
    assert comment("a */ b") == "a *\\/ b"
