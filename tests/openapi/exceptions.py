"""Where a check of Schemathesis is wrong about the contract: each exception, and why.

Schemathesis loads this module by its name; it is also told of ``STATUSES``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import schemathesis
from schemathesis import Case, HookContext, Response
from schemathesis.core.failures import Failure
from schemathesis.openapi.checks import RejectedPositiveData

# The generator's messages stand in its own package.
import tests.conformance  # noqa: F401 - puts it on the path
from stanchion.messages import MESSAGES

STATUSES: Mapping[str, tuple[str, ...]] = {
    # A precondition speaks of the row's state, as a conflict does, and is judged before the body.
    "positive_data_acceptance": ("412",),
    "negative_data_rejection": ("412",),
}
"""What each check takes besides the statuses that it expects by itself."""

_EXCUSED = {
    "relation": "A schema cannot say which rows there are.",
    "cursor": "A schema cannot say which cursors the service has given.",
    "token": "A schema cannot say which tokens the service has given.",
    "password_wrong": "A schema cannot say what the caller's password is.",
    "not_null_when": "A schema of a patch does not know the row's other members.",
    "minimum": "JSON Schema bounds no number that is written as a string, as decimals are.",
    "maximum": "JSON Schema bounds no number that is written as a string, as decimals are.",
    "multiple_of": "JSON Schema knows no steps of a number that is written as a string.",
    "null_character": "A schema of any JSON says nothing of the texts inside of it.",
    "duplicates": "JSON Schema takes `title` and `-title` for different things to sort by.",
}
"""Why a request that fits the document may be refused with such a message."""

_EXCUSED_CODES = {
    "IDEMPOTENCY_KEY_REUSED": "A schema cannot say which keys were sent before.",
}

_ONLY_OF_TEXTS = {"minimum", "maximum", "multiple_of"}


@schemathesis.hook
def filter_failure(_: HookContext, failure: Failure, case: Case[Any], response: Response) -> bool:
    """Return whether a failure counts."""
    if not isinstance(failure, RejectedPositiveData):
        return True
    return not _is_excused(case, response)


def _is_excused(case: Case[Any], response: Response) -> bool:
    if response.status_code not in (400, 422):
        return False
    if _breaks_a_pattern(case):
        return True
    error = response.json()["error"]
    if error["code"] in _EXCUSED_CODES:
        return True
    details = error["details"]
    return bool(details) and all(
        any(_explains(key, detail, case) for key in _EXCUSED) for detail in details
    )


def _breaks_a_pattern(case: Case[Any]) -> bool:
    """Return whether a header differs from its own schema: one phase tries only ``0`` and such."""
    patterns = {
        header.name.lower(): header.definition["schema"].get("pattern", "")
        for header in case.operation.headers
    }
    return any(
        not re.search(patterns.get(name.lower(), ""), value) for name, value in case.headers.items()
    )


def _explains(key: str, detail: Mapping[str, str], case: Case[Any]) -> bool:
    if not _pattern(MESSAGES[key]).fullmatch(detail["message"]):
        return False
    if key == "duplicates":
        return detail["field"] == "sort"
    if key == "null_character":
        return any(isinstance(value, dict | list) for value in _values(case, detail["field"]))
    if key in _ONLY_OF_TEXTS:
        return any(_is_text(value) for value in _values(case, detail["field"]))
    return True


def _pattern(message: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", ".*", re.escape(message)))


def _values(case: Case[Any], name: str) -> Iterable[Any]:  # any JSON
    for container in (case.body, case.query):
        if isinstance(container, Mapping) and name in container:
            yield container[name]


def _is_text(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(map(_is_text, value)))
