"""What the suite says of itself: every rule has cases somewhere, and each of them is one rule."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.conformance.contract import Contract
from tests.conformance.registry import RULES
from tests.conformance.rules import load_rules
from tests.matrix.cells import FIXTURES
from tests.matrix.conftest import require_server
from tests.matrix.projects import generate, make
from tests.matrix.test_services import assert_keeps_the_contract

load_rules()
_ANSWERS = {"auth": ["jwt"], "database": "postgresql", "json_case": "snake"}


def _contract(folder: Path, fixture: str, **answers: object) -> Contract:
    resources = yaml.safe_load((FIXTURES / fixture).read_text(encoding="utf-8"))["resources"]
    file = folder / f"{fixture}-{len(list(folder.iterdir()))}.yml"
    text = yaml.safe_dump({**_ANSWERS, "resources": resources, **answers})
    file.write_text(text, encoding="utf-8")
    return Contract.of(file)


def test_each_rule_has_a_case(tmp_path: Path) -> None:
    contracts = [
        _contract(tmp_path, "thirty.yml", idempotency=False),
        _contract(tmp_path, "workshop.yml", idempotency=True),
    ]
    without = [
        rule.id
        for rule in RULES.values()
        if not any(list(rule.targets(contract)) for contract in contracts)
    ]
    assert without == []


def test_each_rule_says_what_it_holds() -> None:
    assert [rule.id for rule in RULES.values() if not rule.sentence.endswith(".")] == []


@pytest.mark.when_time_allows
def test_two_replicas_keep_the_contract_together(template: Path, tmp_path: Path) -> None:
    for kind in ("postgresql", "redis"):
        require_server(kind)
    project = tmp_path / "service"
    options = ("--data=verify=none", "--data=database=postgresql", "--data=rate_limit_store=redis")
    generated = generate(template, project, *options, f"--data-file={FIXTURES / 'workshop.yml'}")
    assert generated.status == 0, generated.errors
    assert make(project, "install").status == 0
    assert_keeps_the_contract(project, "--replicas=2")
