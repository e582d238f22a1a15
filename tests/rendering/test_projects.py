"""Projects as Copier writes them: nothing overwritten, no odd name, nothing of another choice."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
import yaml
from pytest_copier.plugin import CopierFixture

from tests.copying import QUICKLY, copy_as_process, copy_here, files_of, render, segments_of
from tests.layers import sources

STARTERS = ("items", "blog", "shop", "blank")
DATABASES = ("sqlite", "postgresql", "mysql")
CASINGS = itertools.cycle(["snake", "camel", "camel", "snake"])  # each beside each other answer
CASES = [(*pair, next(CASINGS)) for pair in itertools.product(STARTERS, DATABASES)]
THIRTY = Path(__file__).resolve().parent.parent / "fixtures" / "thirty.yml"


@pytest.mark.parametrize(("starter", "database", "json_case"), CASES)
def test_a_project_holds_exactly_what_its_flags_say(
    plain_template: Path, tmp_path: Path, starter: str, database: str, json_case: str
) -> None:
    answers = {"starter": starter, "database": database, "json_case": json_case}
    written = files_of(render(plain_template, tmp_path / "service", **answers))
    on = {"python", "fastapi", "jwt", "memory", database, json_case, "with_idempotency"}
    on |= {"database_server"} - ({"database_server"} if database == "sqlite" else set())
    expected = [s.written for s in sources(plain_template / "template") if on.issuperset(s.flags)]
    assert {path for path in expected if "<" not in path} <= written.keys()
    resources = yaml.safe_load(written["resources.yml"])["resources"]
    assert len(written) == sum(len(resources) if "<" in path else 1 for path in expected)


def test_without_idempotency_nothing_of_it_is_left(plain_template: Path, tmp_path: Path) -> None:
    written = files_of(render(plain_template, tmp_path / "service", idempotency=False))
    used = {path for path in written if "idempoten" in path}
    used |= {path for path, content in written.items() if b"idempotent" in content.lower()}
    assert not used
    assert b"idempotency_keys" not in written["src/migrations/versions/0001_initial.py"]


def test_a_specification_of_thirty_resources_is_written(
    plain_template: Path, tmp_path: Path
) -> None:
    resources = yaml.safe_load(THIRTY.read_text(encoding="utf-8"))["resources"]
    written = files_of(render(plain_template, tmp_path / "service", resources=resources))
    assert sum(path.startswith("src/models/") for path in written) > 30


@pytest.mark.parametrize("starter", STARTERS)
def test_no_name_comes_of_a_flag_or_an_expression(
    plain_template: Path, tmp_path: Path, starter: str
) -> None:
    names = segments_of(render(plain_template, tmp_path / "service", starter=starter))
    odd = {name for name in names if name in ("True", "False", "None", ".jinja")}
    assert not odd
    assert not [name for name in names if re.search(r"[{}%<> ]|\.jinja$", name)]


def test_nothing_of_jinja_is_left_in_a_project(plain_template: Path, tmp_path: Path) -> None:
    written = files_of(render(plain_template, tmp_path / "service", starter="shop"))
    for path, content in written.items():
        if path.startswith("assets/") or path.endswith((".mako", "ci.yml")):
            continue  # other languages that have braces of their own
        assert not re.search(rb"\{%|\{\{ |StrictUndefined|\bNone\.\w", content), path


def test_two_sources_for_one_path_would_be_seen(tmp_path: Path) -> None:
    template = tmp_path / "template"
    for flag in ("one", "two"):
        (template / f"{{{{{flag}}}}}").mkdir(parents=True)
        (template / f"{{{{{flag}}}}}" / "same.txt").write_text(flag, encoding="utf-8")
    (template / "copier.yml").write_text("one: {default: .}\ntwo: {default: .}\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="conflict"):
        render(template, tmp_path / "project")


def test_a_project_is_the_same_twice_and_from_git_and_by_every_way_of_running(
    template: Path, plain_template: Path, copier: CopierFixture, tmp_path: Path
) -> None:
    first = files_of(render(plain_template, tmp_path / "first", starter="blog"))
    options = [*QUICKLY, "--data=starter=blog"]
    assert copy_as_process(template, tmp_path / "second", *options).status == 0
    copier.defaults.update(starter="blog", verify="none", git=False)
    third = files_of(copier.copy(tmp_path / "third").path)
    third.pop(".env")
    second = files_of(tmp_path / "second")
    differing = {name for name, content in second.items() if content != first.get(name)}
    assert differing == {".copier-answers.yml"}
    assert third.keys() == second.keys() == first.keys()
    assert {name for name in second if second[name] != third[name]} == {".copier-answers.yml"}


def test_a_second_run_over_a_project_changes_nothing(plain_template: Path, tmp_path: Path) -> None:
    before = files_of(render(plain_template, tmp_path / "service"))
    outcome = copy_here(plain_template, tmp_path / "service", *QUICKLY)
    assert outcome.status == 0
    assert "conflict" not in outcome.errors
    assert files_of(tmp_path / "service") == before
