"""What a generated project says about itself: README, AGENTS.md and the pages of its API."""

from __future__ import annotations

import copy
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from stanchion.emitters.examples import create_example
from stanchion.emitters.markdown import cell, code, endpoint_rows, error_rows
from stanchion.specification import Specification, load_specification
from stanchion.specification.starters import starter_resources
from tests.copying import render
from tests.walks import commands_of, walk_of

STARTERS = ("items", "blog", "shop", "blank")
OVERVIEWS = ("README.md", "AGENTS.md", "docs/api/README.md")
THIRTY = Path(__file__).resolve().parent.parent / "fixtures" / "thirty.yml"


def specification(resources: dict[str, Any], *auth: str) -> Specification:
    """Return the views of ``resources``."""
    return load_specification(resources, auth=list(auth), json_case="snake")


@pytest.mark.parametrize("starter", STARTERS)
def test_the_walk_is_at_most_ten_commands_that_bash_reads(
    plain_template: Path, tmp_path: Path, starter: str
) -> None:
    walk = walk_of(render(plain_template, tmp_path / "service", starter=starter))
    assert 4 <= len(commands_of(walk)) <= 10
    subprocess.run(["bash", "-n", "-c", walk], check=True)


def test_the_walk_shows_somebody_elses_row_as_absent_or_forbidden(
    plain_template: Path, tmp_path: Path
) -> None:
    for starter, status in (("items", "403"), ("shop", "404")):
        project = render(plain_template, tmp_path / starter, starter=starter)
        assert f": {status}\n" in walk_of(project)


def test_a_further_field_changes_no_overview(plain_template: Path, tmp_path: Path) -> None:
    resources = starter_resources("items")
    more: dict[str, Any] = copy.deepcopy(resources)
    more["item"]["fields"]["stripes"] = {"type": "integer", "filter": True, "sort": True}
    before = render(plain_template, tmp_path / "before", resources=resources)
    after = render(plain_template, tmp_path / "after", resources=more)
    for name in OVERVIEWS:
        assert (before / name).read_bytes() == (after / name).read_bytes(), name
    assert "`stripes`" in (after / "docs/api/item.md").read_text(encoding="utf-8")


def test_agents_read_at_most_sixty_lines(plain_template: Path, tmp_path: Path) -> None:
    project = render(plain_template, tmp_path / "service")
    assert len((project / "AGENTS.md").read_text(encoding="utf-8").splitlines()) <= 60


@pytest.mark.parametrize("starter", STARTERS)
def test_links_between_pages_lead_somewhere(
    plain_template: Path, tmp_path: Path, starter: str
) -> None:
    project = render(plain_template, tmp_path / "service", starter=starter)
    for page in [project / name for name in OVERVIEWS] + [*project.glob("docs/api/*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_each_resource_has_a_page_that_the_overview_lists(
    plain_template: Path, tmp_path: Path
) -> None:
    project = render(plain_template, tmp_path / "service", starter="shop")
    overview = (project / "docs/api/README.md").read_text(encoding="utf-8")
    pages = {page.name for page in project.glob("docs/api/*.md")} - {"README.md"}
    assert pages == {"category.md", "order.md", "order_line.md", "product.md"}
    assert all(f"({page})" in overview for page in pages)
    assert overview.count("```mermaid") == 1


def test_rows_of_tables_have_the_cells_of_their_heads(plain_template: Path, tmp_path: Path) -> None:
    resources = yaml.safe_load(THIRTY.read_text(encoding="utf-8"))["resources"]
    project = render(plain_template, tmp_path / "service", resources=resources)
    for page in [*project.glob("docs/api/*.md"), project / "README.md"]:
        for table in re.findall(r"(?:^\|.*\n)+", page.read_text(encoding="utf-8"), re.MULTILINE):
            cells = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
            assert len(cells) == 1, f"{page.name}:\n{table}"


def test_examples_name_what_a_create_takes_and_all_that_it_needs() -> None:
    resources = yaml.safe_load(THIRTY.read_text(encoding="utf-8"))["resources"]
    for resource in specification(resources, "jwt").resources:
        example = create_example(resource)
        json.dumps(example)
        members = {member.json_name: member for member in resource.create_members}
        assert example.keys() <= members.keys()
        assert {name for name, member in members.items() if member.required} <= example.keys()
        for name, value in example.items():
            field = members[name].field
            if field is not None and field.pattern is not None:
                assert re.fullmatch(field.pattern, str(value), re.ASCII), (name, value)


def test_errors_of_endpoints_follow_from_rules_and_relations() -> None:
    service = specification(starter_resources("shop"), "jwt")
    answers = {
        row.title: row.answers
        for row in endpoint_rows(service.resource("product"), service, ["jwt"])
    }
    assert answers == {
        "List": "200, 401",
        "Create": "201, 401, 403, 409, 413, 415, 422",
        "Read": "200, 304, 401, 404",
        "Change": "200, 401, 403, 404, 409, 412, 413, 415, 422",
        "Delete": "204, 401, 403, 404, 409, 412",
    }


def test_a_create_that_may_run_twice_can_conflict() -> None:
    service = specification(starter_resources("items"), "jwt")
    for flags, answers in (
        (["jwt"], "201, 401, 413, 415, 422"),
        (["jwt", "with_idempotency"], "201, 401, 409, 413, 415, 422"),
    ):
        rows = endpoint_rows(service.resource("item"), service, flags)
        assert next(row.answers for row in rows if row.title == "Create") == answers


def test_errors_of_tokens_are_listed_where_there_are_tokens() -> None:
    assert "TOKEN_REUSED" in {row.code for row in error_rows(["jwt"])}
    assert "TOKEN_REUSED" not in {row.code for row in error_rows([])}


def test_cells_and_code_keep_their_bars_and_ticks() -> None:
    assert cell("a|b\nc") == "a\\|b c"
    assert code("a`b") == "`` a`b ``"
