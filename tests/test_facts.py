"""The tables of facts: when a row holds, and what projects get from them."""

from __future__ import annotations

import re

import pytest

from stanchion.facts import DATABASES, ENVIRONMENT_VARIABLES, applies, project_facts

DRIVERS = {"sqlite": "aiosqlite", "postgresql": "asyncpg", "mysql": "asyncmy"}


@pytest.mark.parametrize(
    ("when", "flags", "holds"),
    [
        ("", set(), True),
        ("jwt", {"jwt"}, True),
        ("jwt", {"session"}, False),
        ("jwt session", {"session"}, True),
        ("fastapi+sqlite", {"fastapi", "sqlite"}, True),
        ("fastapi+sqlite", {"fastapi"}, False),
        ("flask+sqlite mysql", {"mysql"}, True),
    ],
)
def test_row_holds_for_one_alternative_with_all_its_flags(
    when: str, flags: set[str], holds: bool
) -> None:
    assert applies(when, flags) is holds


@pytest.mark.parametrize("database", DRIVERS)
def test_project_gets_the_driver_of_its_database_only(database: str) -> None:
    facts = project_facts({"python", "fastapi", "jwt", database})
    names = {re.split(r"[~=\[]", line)[0] for line in facts.dependencies["main"]}
    assert names & set(DRIVERS.values()) == {DRIVERS[database]}


@pytest.mark.parametrize("database", DRIVERS)
def test_example_of_database_url_is_one_that_settings_accept(database: str) -> None:
    facts = project_facts({"python", "fastapi", database})
    (url,) = [row.value for row in facts.environment if row.name == "DATABASE_URL"]
    assert re.match(facts.database_url_pattern, url)


def test_without_tokens_there_are_no_settings_of_tokens() -> None:
    names = {row.name for row in project_facts({"python", "fastapi", "sqlite"}).environment}
    assert not any("TOKEN" in name for name in names)


def test_each_variable_has_one_row_for_each_choice() -> None:
    for database in DATABASES:
        flags = {"python", "fastapi", "jwt", database.flag}
        names = [row.name for row in ENVIRONMENT_VARIABLES if applies(row.when, flags)]
        assert len(names) == len(set(names))
