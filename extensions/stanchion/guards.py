"""Guards: questions that are never asked, whose rendering refuses what cannot be generated.

Copier shows the message of a `UserMessageError` without a traceback, exits with 1 and writes
nothing, in a copy and in an update.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from copier.errors import UserMessageError

from .answers import Questions, find_faults, find_recorded_faults
from .changes import refusals, warnings
from .project import Project, has_migrations, read_recorded
from .specification import (
    Fault,
    Specification,
    SpecificationError,
    describe,
    load_specification,
    starter_resources,
)
from .texts import fault_of, slug_of


class AnswersError(UserMessageError):
    """Answers that cannot be, every fault in one message."""


def check_answers(data: Mapping[str, object], questions: Questions) -> None:
    """Check the answers that were given.

    Args:
        data: The answers by question, as `--data` and `--data-file` hold them.
        questions: The questions of copier.yml by name.

    Raises:
        AnswersError: Some cannot be; every fault is named.
    """
    _refuse(list(find_faults(data, questions)))


def check_specification(resources: object, *, auth: Sequence[str], json_case: str) -> Specification:
    """Check the answer `resources`.

    Args:
        resources: The resources as Copier holds them.
        auth: The strategies that were chosen.
        json_case: How clients spell members.

    Returns:
        The specification, worked out.

    Raises:
        AnswersError: It is not valid; every fault is named.
    """
    try:
        return load_specification(resources, auth=auth, json_case=json_case)
    except SpecificationError as error:
        raise AnswersError(error.text) from None


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise AnswersError(describe("The answers have", faults))


@lru_cache(maxsize=8)
def read_questions(template: Path) -> Questions:
    """Read the questions of a template.

    Args:
        template: The folder that holds `questions/`.

    Returns:
        The questions by name, in the order of the files.
    """
    questions: dict[str, Mapping[str, Any]] = {}
    for file in sorted((template / "questions").glob("*.yml")):
        for document in yaml.safe_load_all(file.read_text(encoding="utf-8")):
            questions |= document or {}
    return questions


def guard_answers(conf: Mapping[str, Any]) -> bool:
    """Check given and recorded answers; the first question of all renders this.

    Args:
        conf: Copier's own settings (`_copier_conf`).

    Returns:
        False, so that it serves as `when` and as a default.

    Raises:
        AnswersError: Some cannot be; every fault is named.
    """
    questions = read_questions(Path(conf["src_path"]))
    given: Mapping[str, object] = conf["data"]
    project = Project(Path(conf["dst_path"]))
    kept = {name: value for name, value in project.recorded.items() if name not in given}
    faults = [*find_faults(given, questions), *find_recorded_faults(kept, questions)]
    _refuse([*faults, *project.file_faults()])
    return False


def guard_resources(conf: Mapping[str, Any], auth: Sequence[str], json_case: str) -> bool:
    """Check given or recorded resources before Copier takes them; their question renders this.

    Copier shows a traceback for a given answer that a validator refuses, and drops a recorded one.

    Args:
        conf: Copier's own settings (`_copier_conf`).
        auth: The answer `auth`.
        json_case: The answer `json_case`.

    Returns:
        True, so that it serves as `when` of the question `resources`.

    Raises:
        AnswersError: They are not valid; every fault is named.
    """
    given: Mapping[str, object] = conf["data"]
    answers = given if "resources" in given else read_recorded(Path(conf["dst_path"]))
    if "resources" in answers:
        resources = answers["resources"]
        if isinstance(resources, str):
            resources = yaml.safe_load(resources)
        check_specification(resources, auth=auth, json_case=json_case)
    if not auth:
        _refuse([Fault("auth", "is empty, which is not offered", "write [jwt]")])
    return True


def guard_specification(
    conf: Mapping[str, Any],
    resources: object,
    auth: Sequence[str],
    json_case: str,
    framework: str,
    database: str,
) -> bool:
    """Check what the answers say together; the last question of all renders this.

    Args:
        conf: Copier's own settings (`_copier_conf`).
        resources: The answer `resources`.
        auth: The answer `auth`.
        json_case: The answer `json_case`.
        framework: The answer `framework`.
        database: The answer `database`.

    Returns:
        False, so that it serves as `when` and as a default.

    Raises:
        AnswersError: The specification is not valid, is not the project's own, or would lose
            data; every fault is named.
    """
    specification = check_specification(resources, auth=auth, json_case=json_case)
    project = Project(Path(conf["dst_path"]))
    _refuse(list(project.difference(resources)))
    answers = {
        "framework": framework,
        "database": database,
        "auth": auth,
        "json_case": json_case,
    }
    _check_changes(project, specification, answers, quiet=bool(conf["quiet"]))
    return False


def _check_changes(
    project: Project, specification: Specification, answers: Mapping[str, Any], *, quiet: bool
) -> None:
    """Refuse what would lose data, and tell what rows that are there may stop."""
    try:
        changes = project.changes(specification, answers)
    except SpecificationError as error:
        unread = "What is on record cannot be read by this version of the template"
        mend = "Run make update with the version that the project has, then make upgrade."
        raise AnswersError(f"{unread}.\n{error.text}\n{mend}") from None
    refused = refusals(changes)
    if refused:
        raise AnswersError(describe("The changes have", refused))
    told = warnings(changes)
    if told and not quiet:
        lines = ["The migration will stop where rows that are there do not fit:", *told]
        sys.stderr.write("\n  ".join(lines) + "\n")


def fault_of_resources(resources: object, auth: Sequence[str], json_case: str) -> str:
    """Tell what is wrong with a specification, for the prompt, which shows one line.

    Args:
        resources: The answer `resources`.
        auth: The answer `auth`.
        json_case: The answer `json_case`.

    Returns:
        The first fault and how many more there are; nothing where there is none.
    """
    try:
        load_specification(resources, auth=auth, json_case=json_case)
    except SpecificationError as error:
        first, *others = error.faults
        return f"{first} (and {len(others)} more)" if others else str(first)
    return ""


TEMPLATE_FUNCTIONS: dict[str, Callable[..., object]] = {
    "check_answers": guard_answers,
    "check_resources": guard_resources,
    "check_together": guard_specification,
    "fault_of": fault_of,
    "has_migrations": has_migrations,
    "fault_of_resources": fault_of_resources,
    "slug_of": slug_of,
    "starter_resources": starter_resources,
}
"""What questions may call."""
