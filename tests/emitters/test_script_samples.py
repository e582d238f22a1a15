"""Values that tests of Node services put into fields are those of Python services."""

from __future__ import annotations

import pytest

from stanchion.emitters.samples import Repeated
from stanchion.emitters.script_samples import sent, value_of
from tests.specification.samples import resource


@pytest.mark.parametrize(
    ("definition", "expression"),
    [
        ({"type": "string", "max_length": 200}, "`Score ${number}`"),
        ({"type": "string", "max_length": 3}, "String(number % 1000).padStart(3, '0')"),
        ({"type": "text", "min_length": 9}, "`Score ${number}`.padEnd(9, '.')"),
        (
            {"type": "text", "pattern": "[A-Z]{2}[0-9]{4}"},
            "`AA${String(number).padStart(4, '0')}`",
        ),
        ({"type": "text", "pattern": "yes|no"}, '["no", "yes"][number % 2]'),
        ({"type": "integer", "minimum": 3, "maximum": 3}, "3"),
        ({"type": "integer", "minimum": 1, "maximum": 9, "multiple_of": 4}, "4 + (number % 2) * 4"),
        ({"type": "number", "maximum": 0}, "-number / 4"),
        ({"type": "decimal", "precision": 5, "scale": 2}, "decimal(BigInt(number), 2)"),
        (
            {"type": "decimal", "precision": 2, "scale": 1, "minimum": "9.5"},
            "decimal(95n + BigInt(number % 5), 1)",
        ),
        ({"type": "date"}, "dayAfter(number)"),
        ({"type": "email"}, "`score${number}@example.com`"),
    ],
)
def test_a_value_is_written_as_plainly_as_its_bounds_let(
    definition: dict[str, object], expression: str
) -> None:
    assert value_of(resource({"fields": {"score": definition}}).field("score")) == expression


def test_long_texts_are_written_shortly() -> None:
    assert sent(Repeated("x", 500, before="http://a/")) == '"http://a/" + "x".repeat(500)'
    assert sent([1, {"a": None}]) == '[1, {"a": null}]'
