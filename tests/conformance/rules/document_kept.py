"""The OpenAPI document is what answers are, and the page that shows it loads nothing foreign."""

from __future__ import annotations

import re

from tests.conformance import expecting as expect
from tests.conformance.document import told_of
from tests.conformance.exchange import SAMPLE
from tests.conformance.registry import rule
from tests.conformance.rules.document import document_of
from tests.conformance.world import World


@rule("document.answers", last=True)
def answers(world: World, _: str) -> None:
    """Every answer that a run was given has a status, headers and a body that are documented."""
    document = document_of(world)
    faults = [
        f"{answer.method} {answer.path} {answer.status}: {fault}"
        for answer in SAMPLE.answers()
        for fault in told_of(document, answer)
    ]
    expect.holds(not faults, "\n  ".join([f"{len(faults)} answers differ", *faults[:20]]))


_LINK = re.compile(r"""(?:href|src|url)\s*[=(]\s*["']?([^"'\s>)]+)""")
_FOREIGN = re.compile(r"(?:https?:)?//")
_SOURCES = {"'none'", "'self'", "data:"}


@rule("document.page")
def page(world: World, _: str) -> None:
    """/docs and all that it loads come from the service alone, by its policy too."""
    shown = expect.status(world.anonymous.get("/docs"), 200)
    policy = shown.headers.get("content-security-policy", "")
    directives = [part.split() for part in policy.split(";") if part.strip()]
    expect.holds(["default-src", "'none'"] in directives, f"the policy is {policy!r}")
    for directive, *sources in directives:
        expect.equal(set(sources) - _SOURCES, set(), f"the sources of {directive}")
    links = _LINK.findall(shown.body.decode())
    expect.holds(links, "the page loads nothing")
    for link in links:
        expect.holds(not _FOREIGN.match(link), f"the page loads {link}")
        part = expect.status(world.anonymous.get(f"/{link.lstrip('/')}"), 200)
        if part.headers["content-type"].startswith("text/css"):
            foreign = [url for url in _LINK.findall(part.body.decode()) if _FOREIGN.match(url)]
            expect.equal(foreign, [], f"what {link} loads")
