"""The guides for templates, held."""

from __future__ import annotations

import ast

import pytest

from tests.guides import limits, templates
from tests.guides.limits import allowed
from tests.layers import Source, sources

SOURCES = sources()
TEMPLATES = [source for source in SOURCES if source.path.suffix == ".jinja"]
ASYNCHRONOUS = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)


@pytest.mark.parametrize("source", TEMPLATES, ids=lambda source: source.shown)
def test_a_template_has_few_branches_that_do_not_lie_deep(source: Source) -> None:
    text = templates.read(source.path)
    is_manifest = source.path.name in limits.MANIFESTS
    limit = limits.BRANCHES_IN_MANIFESTS if is_manifest else limits.BRANCHES
    assert templates.count_branches(text) <= allowed(source.shown, limit, limits.BRANCHES_EXCEEDED)
    assert templates.nesting(text) <= limits.NESTING


@pytest.mark.parametrize("source", TEMPLATES, ids=lambda source: source.shown)
def test_a_template_compares_nothing_because_flags_have_names(source: Source) -> None:
    assert not templates.comparisons(templates.read(source.path))
    assert not templates.comparisons(str(source.shown))


def test_most_files_have_no_branch() -> None:
    branching = [s for s in TEMPLATES if templates.count_branches(templates.read(s.path))]
    assert len(branching) <= (1 - limits.SHARE_WITHOUT_BRANCHES) * len(SOURCES)


@pytest.mark.parametrize("foreign", [{"node", "express"}, {"python", "fastapi"}], ids=sorted)
def test_a_flag_touches_few_files_of_a_language_outside_its_own_folders(foreign: set[str]) -> None:
    for flag in sorted({flag for source in SOURCES for flag in source.flags}):
        touched = [
            source.shown
            for source in TEMPLATES
            if not foreign.intersection((flag, *source.flags))
            and flag not in source.flags
            and flag in templates.names_used(templates.read(source.path))
        ]
        limit = allowed(flag, limits.FILES_OUTSIDE_OWN_FOLDERS, limits.FLAGS_EXCEEDED)
        assert len(touched) <= limit, touched


def _reads(source: Source, flag: str) -> bool:
    return flag in templates.names_used(templates.read(source.path))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.shown)
def test_only_what_has_a_variable_part_is_a_template(source: Source) -> None:
    text = templates.read(source.path)
    if source.path.suffix == ".jinja":
        is_shared_and_async = source.flags[:1] == ("python",) and _may_be_async(text)
        assert not templates.is_plain(text) or is_shared_and_async
    elif source.path.suffix != ".mako" and source.path.suffixes[-2:] != [".min", ".js"]:
        assert "{%" not in text or source.written.startswith("assets/")


def _may_be_async(text: str) -> bool:
    return any(word in text for word in ("async ", "await "))


def _is_shared_python(source: Source) -> bool:
    """Tell of modules that a synchronous framework shares; tools are programs of their own."""
    is_python = source.flags[:1] == ("python",) and source.path.suffix == ".py"
    return is_python and not source.written.startswith("tools/")


SHARED_PYTHON = [source for source in SOURCES if _is_shared_python(source)]


@pytest.mark.parametrize("source", SHARED_PYTHON, ids=lambda source: source.shown)
def test_shared_python_that_is_not_a_template_is_synchronous(source: Source) -> None:
    tree = ast.parse(templates.read(source.path))
    assert not [node for node in ast.walk(tree) if isinstance(node, ASYNCHRONOUS)]


def test_branches_are_counted_and_measured_right() -> None:
    text = "{% if a %}{% for b in c %}{%- if b %}x{% endif %}{% endfor %}{% elif d %}{% else %}"
    text += "{% endif %}{{ 1 if e else 2 }}{# {% if no %} #}"
    assert templates.count_branches(text) == 5
    assert templates.nesting(text) == 2
    assert templates.nesting("{% if a %}{% elif b %}{% elif c %}{% endif %}") == 1
    assert templates.comparisons("{{ a == 1 }}{% if b != 2 %}{% endif %}== !=") == ["eq", "ne"]
    assert templates.is_plain("a { b }")
    assert not templates.is_plain("{% yield a from b %}{% endyield %}")
