"""Conditions of checks are read back from what databases make of them."""

import pytest

from src.migrations.conditions import read_condition

READ = [
    ("state IN ('new', 'old')", "sa.column(\"state\").in_(['new', 'old'])"),
    (
        "state::text = ANY (ARRAY['new'::character varying, 'it''s'::character varying]::text[])",
        'sa.column("state").in_([\'new\', "it\'s"])',
    ),
    ("`state` = 'new'", "sa.column(\"state\").in_(['new'])"),
    ('"order" >= 3', 'sa.column("order") >= 3'),
    ("a >= '-3'::integer AND a <= 5.50", None),
    ("`a` is not null or `b` <> 1", 'sa.or_(sa.column("a").is_not(None), sa.column("b") != 1)'),
    ("a IS NULL", 'sa.column("a").is_(None)'),
    ("b <> true", 'sa.column("b") != sa.true()'),
]


@pytest.mark.parametrize(("text", "python"), READ)
def test_a_condition_is_printed_as_models_write_it(text: str, python: str | None) -> None:
    condition = read_condition(text)
    assert condition is not None
    two = 'sa.and_(sa.column("a") >= -3, sa.column("a") <= sa.literal_column("5.50"))'
    assert condition.python() == (python or two)


@pytest.mark.parametrize(
    "text",
    [
        "a > b",
        "length(a) > 3",
        "NOT a",
        "a",
        "a BETWEEN 1 AND 3",
        "a = 1 AND b = 2 OR c = 3",
        "a LIKE 'x%'",
        "a IN (b)",
        "a >= 1 2",
    ],
)
def test_what_is_more_than_comparisons_is_not_read(text: str) -> None:
    assert read_condition(text) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a IN ('x', 'y')", "a IN ('y', 'x')", True),
        ("a >= 0.50", "a >= '0.5'::numeric", True),
        ("a IS NOT NULL OR b <> true", "`b` <> 1 or `a` is not null", True),
        ("a >= 0 AND b >= 0", "a >= 0 OR b >= 0", False),
        ("a >= 0", "a <= 0", False),
        ("a >= 0", "b >= 0", False),
        ("a IN ('x')", "a IN ('x', 'y')", False),
    ],
)
def test_conditions_are_compared_by_what_they_mean(one: str, other: str, same: bool) -> None:
    first, second = read_condition(one), read_condition(other)
    assert first is not None
    assert second is not None
    assert first.says_the_same(second) is same
