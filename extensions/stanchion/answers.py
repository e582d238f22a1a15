"""Answers to the questions: each is checked as it was given, before Copier converts it.

Copier takes `5` for true, drops recorded answers that a question refuses, and shows a traceback
for a choice that does not exist. Here every fault is named, with what to write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from .specification import Fault, SpecificationError, read_resources_text
from .specification.words import any_of, nearest, quoted_words, shown
from .texts import TEXT_FAULTS

Questions = Mapping[str, Mapping[str, Any]]
"""The questions as copier.yml has them, by name."""

TRUE_WORDS = frozenset({"y", "yes", "t", "true", "on", "1"})
FALSE_WORDS = frozenset({"n", "no", "f", "false", "off", "0"})


def find_faults(data: Mapping[str, object], questions: Questions) -> Iterator[Fault]:
    """Check answers that were given.

    Args:
        data: The answers by question, as given.
        questions: The questions.

    Yields:
        One fault for each answer that cannot be.
    """
    for name, value in data.items():
        if not isinstance(name, str):
            words = quoted_words(name)
            yield Fault(shown(name), "is not a question", f"write {words or 'a name'}")
        elif name not in questions:
            if not name.startswith("_"):
                yield _unknown(name, questions)
        elif is_hidden(name, questions):
            yield Fault(name, "is worked out from the other answers", "take it away")
        else:
            yield from _answer_faults(name, value, questions[name])


def find_recorded_faults(recorded: Mapping[str, object], questions: Questions) -> Iterator[Fault]:
    """Check answers that a project has on record; what is not asked any more does not matter.

    Args:
        recorded: The answers in the project's answers file.
        questions: The questions of this version.

    Yields:
        One fault for each answer that is not offered any more; Copier would drop it in silence.
    """
    for name, value in recorded.items():
        if name in questions and not is_hidden(name, questions):
            for fault in _answer_faults(name, value, questions[name]):
                message = f"on record: {fault.message}"
                yield Fault(fault.place, message, f"{fault.mend}, with --data {name}=…")


def is_hidden(name: str, questions: Questions) -> bool:
    """Tell whether a question is never asked.

    Args:
        name: The question.
        questions: All questions.

    Returns:
        True for what is worked out, and for guards.
    """
    return questions[name].get("when", True) is False or name.startswith("guard_")


def _unknown(name: str, questions: Questions) -> Fault:
    known = [question for question in questions if not is_hidden(question, questions)]
    close = nearest(name, known)
    mend = f"write {close}" if close else f"known are {', '.join(known)}"
    return Fault(name[:60], "is not a question", mend)


def _answer_faults(name: str, value: object, question: Mapping[str, Any]) -> Iterator[Fault]:
    if question.get("multiselect"):
        yield from _list_faults(name, value, question)
        return
    if _is_document(question):
        yield from _document_faults(name, value)
        return
    check = _bool_fault if _type_of(question) == "bool" else _text_fault
    fault = check(value) or _choice_fault(value, question)
    if fault is None and name in TEXT_FAULTS and isinstance(value, str):
        fault = TEXT_FAULTS[name](value)
    if fault:
        yield Fault(name, *fault)


def _type_of(question: Mapping[str, Any]) -> str:
    given = question.get("type")
    if isinstance(given, str):
        return given
    return type(question.get("default", "")).__name__


def _is_document(question: Mapping[str, Any]) -> bool:
    return _type_of(question) in ("yaml", "json")


def _bool_fault(value: object) -> tuple[str, str] | None:
    if isinstance(value, bool) or (isinstance(value, int) and value in (0, 1)):
        return None
    if isinstance(value, str) and value.strip().lower() in TRUE_WORDS | FALSE_WORDS:
        return None
    return f"{shown(value)} is not true or false", "write true or false"


def _text_fault(value: object) -> tuple[str, str] | None:
    if isinstance(value, str):
        return None
    words = None if value is None else quoted_words(value)
    return f"{shown(value)} is not a text", f"write {words or 'a text'}"


def choices_of(question: Mapping[str, Any]) -> list[object]:
    """List what a question offers.

    Args:
        question: The question.

    Returns:
        The values, none where anything goes.
    """
    choices = question.get("choices") or []
    values = choices.values() if isinstance(choices, Mapping) else choices
    return [_choice_value(value) for value in values]


def _choice_value(choice: object) -> object:
    if isinstance(choice, Sequence) and not isinstance(choice, str):
        choice = choice[1]
    return choice["value"] if isinstance(choice, Mapping) else choice


def _choice_fault(value: object, question: Mapping[str, Any]) -> tuple[str, str] | None:
    choices = [str(choice) for choice in choices_of(question)]
    if not choices or str(value) in choices:
        return None
    close = nearest(str(value), choices)
    mend = f"write {close or any_of(choices)}"
    return f"{shown(value)} is not offered", mend


def _list_faults(name: str, value: object, question: Mapping[str, Any]) -> Iterator[Fault]:
    """Check an answer that is a list; from the command line it comes as the text of one."""
    example = f"write [{choices_of(question)[0]}], or [] for none"
    items = _parsed(value) if isinstance(value, str) else value
    if not isinstance(items, list):
        yield Fault(name, f"{shown(value)} is not a list", example)
        return
    for number, item in enumerate(items):
        fault = _text_fault(item) or _choice_fault(item, question)
        if fault:
            yield Fault(f"{name}.{number}", *fault)
        elif item in items[:number]:
            yield Fault(f"{name}.{number}", f"{shown(item)} stands here twice", "write it once")


def _parsed(text: str) -> object:
    try:
        value: object = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return value


def _document_faults(name: str, value: object) -> Iterator[Fault]:
    """A text is read strictly: what YAML would hide is seen here for the last time."""
    if not isinstance(value, str):
        return
    try:
        read_resources_text(value)
    except SpecificationError as error:
        for fault in error.faults:
            place = name + fault.place.removeprefix("resources")
            yield Fault(place if fault.place.startswith("resources") else name, *_told(fault))


def _told(fault: Fault) -> tuple[str, str]:
    if fault.place.startswith("resources"):
        return fault.message, fault.mend
    return f"{fault.message} ({fault.place})", fault.mend
