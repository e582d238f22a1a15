"""The guides for generated code, held."""

from __future__ import annotations

import re
import statistics
import subprocess
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.copying import files_of, render
from tests.guides import limits
from tests.guides.limits import allowed
from tests.guides.python_code import Measured, count_lines, functions, modules

PROJECTS: dict[str, dict[str, object]] = {
    "items": {},
    "items on PostgreSQL": {"database": "postgresql"},
    "items on MySQL": {"database": "mysql"},
    "blog in camelCase": {"starter": "blog", "json_case": "camel"},
    "shop": {"starter": "shop"},
    "blank": {"starter": "blank"},
}
CODE = ("src", "tests", "tools")
TASK = {
    "belongs_to": {"item": {"on_delete": "cascade"}},
    "access": {"read": "parent", "write": "parent"},
    "fields": {
        "title": {"type": "string", "max_length": 200, "sort": True},
        "status": {"type": "enum", "values": ["open", "done"], "default": "open", "filter": True},
        "due_on": {"type": "date", "nullable": True, "filter": True, "sort": True},
        "note": {"type": "text", "nullable": True},
    },
}
ITEM = {"fields": {"title": {"type": "string", "max_length": 120}}}
SHOWN_DYNAMIC = re.compile(r"\bAny\b|\bcast\(|# type: ignore|# noqa|# pragma|# pyright")


@pytest.fixture(scope="module", params=PROJECTS)
def project(
    request: pytest.FixtureRequest, plain_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return a project of each kind."""
    folder = tmp_path_factory.mktemp("project") / "service"
    return render(plain_template, folder, **PROJECTS[request.param])


def _functions(project: Path) -> list[Measured]:
    return [function for folder in CODE for function in functions(project / folder)]


def test_functions_are_short(project: Path) -> None:
    long = [f for f in _functions(project) if f.lines > limits.LINES_OF_A_FUNCTION]
    assert not long
    median = statistics.median(f.lines for f in _functions(project))
    assert median <= limits.MEDIAN_OF_FUNCTIONS


def test_files_are_short(project: Path) -> None:
    for folder in CODE:
        for path in modules(project / folder):
            name = str(path.relative_to(project))
            limit = allowed(name, limits.LINES_OF_A_FILE, limits.FILE_EXCEEDED)
            if "migrations/versions" not in name:  # as long as its tables are many
                assert count_lines(path) <= limit, name


def test_handlers_only_translate(project: Path) -> None:
    for handler in functions(project / "src" / "routers"):
        limit = allowed(handler.place, limits.LINES_OF_A_HANDLER, limits.HANDLER_EXCEEDED)
        assert handler.lines <= limit, handler


def test_what_is_public_is_typed_and_documented(project: Path) -> None:
    rules = "D100,D101,D102,D103,D104,D106,ANN001,ANN002,ANN003,ANN201,ANN202,ANN204,ANN205,ANN206"
    command = ["ruff", "check", "--isolated", f"--select={rules}", "--output-format=concise"]
    checked = subprocess.run(
        [*command, "src", "tools"], cwd=project, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_a_dynamic_type_has_its_reason_on_its_line(project: Path) -> None:
    bare = [place for folder in CODE for place in _without_reason(project, folder)]
    limit = allowed("Any, cast and ignore", 0, limits.DYNAMIC_EXCEEDED)
    assert len(bare) <= limit, "\n".join(bare)


def _without_reason(project: Path, folder: str) -> Iterator[str]:
    for path in modules(project / folder):
        for number, code, comment in _lines(path):
            dynamic = SHOWN_DYNAMIC.search(f"{code} {comment}")
            directive = re.sub(r"# (type: ignore|noqa)(\[[\w, -]+\]|: [A-Z0-9, ]+)?", "", comment)
            is_import = code.lstrip().startswith(("from ", "import "))
            if dynamic and not is_import and len(directive.strip(" #-")) < 5:
                yield f"{path.relative_to(project)}:{number} {code}{comment}"


def _lines(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield each line's number, its code without strings, and its comment."""
    code: dict[int, list[str]] = {}
    comments: dict[int, str] = {}
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.COMMENT:
                comments[token.start[0]] = token.string
            elif token.type in (tokenize.NAME, tokenize.OP):
                code.setdefault(token.start[0], []).append(token.string)
    for number in sorted(code.keys() | comments.keys()):
        text = " ".join(code.get(number, [])).replace(" (", "(")
        yield number, text, comments.get(number, "")


def test_formatter_and_linter_change_nothing(project: Path) -> None:
    for command in (["ruff", "format", "--check"], ["ruff", "check", "--no-cache"]):
        checked = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout


@pytest.fixture(scope="module")
def default(plain_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the default project."""
    return render(plain_template, tmp_path_factory.mktemp("default") / "service")


@pytest.mark.parametrize("part", ["src", "src outside src/contract"])
def test_the_default_service_is_small(default: Path, part: str) -> None:
    skipped = default / "src" / "contract" if part != "src" else None
    files, lines = _size(default, skipped)
    assert files <= allowed(f"files of {part}", limits.FILES, limits.SIZE_EXCEEDED)
    assert lines <= allowed(f"lines of {part}", limits.LINES, limits.SIZE_EXCEEDED)


def test_a_further_resource_is_small(plain_template: Path, tmp_path: Path) -> None:
    one = render(plain_template, tmp_path / "one", resources={"item": ITEM})
    two = render(plain_template, tmp_path / "two", resources={"item": ITEM, "task": TASK})
    added = files_of(two).keys() - files_of(one).keys()
    assert len([path for path in added if not path.startswith("tests/")]) <= (
        limits.FILES_FOR_A_RESOURCE
    )
    lines = _size(two)[1] - _size(one)[1]
    limit = allowed("lines of a resource", limits.LINES_FOR_A_RESOURCE, limits.SIZE_EXCEEDED)
    assert lines <= limit


def _size(project: Path, skipped: Path | None = None) -> tuple[int, int]:
    """Return how many files and lines the project's code has, without a folder."""
    files = [
        path
        for path in (project / "src").rglob("*")
        if path.is_file() and (skipped is None or not path.is_relative_to(skipped))
    ]
    return len(files), sum(count_lines(path) for path in files)


def test_the_docs_state_the_figures() -> None:
    docs = (Path(__file__).resolve().parents[2] / "docs" / "architecture.md").read_text("utf-8")
    aims = {"files": limits.FILES, "lines": limits.LINES}
    for name, exceeded in limits.SIZE_EXCEEDED.items():
        aim = limits.LINES_FOR_A_RESOURCE if "resource" in name else aims[name.split()[0]]
        assert f"| {name} | {aim:,} | {exceeded.most:,} |" in docs
