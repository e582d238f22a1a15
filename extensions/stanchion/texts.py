"""Texts that a project is known by: what they may be, and a slug made of a name."""

from __future__ import annotations

import re
import sys
import unicodedata

from .facts import DEPENDENCIES
from .specification.words import shown

LONGEST_NAME = 80
LONGEST_SLUG = 50
LONGEST_DESCRIPTION = 200

_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NAME = re.compile(r"[^\W_][\w .,&'()+!-]*")
_NOT_IN_TEXT = re.compile('["\\\\`$<>\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]')
_PACKAGES = frozenset(re.split(r"[^a-z0-9-]", row.requirement.lower())[0] for row in DEPENDENCIES)
_TAKEN_SLUGS = (
    frozenset(name.replace("_", "-").strip("-") for name in sys.stdlib_module_names)
    | _PACKAGES
    | {"src", "test", "tests", "node-modules", "con", "prn", "aux", "nul"}
)


def slug_of(project_name: object) -> str:
    """Derive a project's slug from its name.

    Args:
        project_name: The name, whatever it is.

    Returns:
        A valid slug.
    """
    plain = unicodedata.normalize("NFKD", str(project_name)).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40].strip("-")
    if not slug[:1].isalpha():
        slug = f"service-{slug}".strip("-")
    return f"{slug}-service" if _slug_fault(slug) else slug


def _name_fault(value: str) -> tuple[str, str] | None:
    if not 1 <= len(value) <= LONGEST_NAME:
        return f"has {len(value)} characters", f"write 1 to {LONGEST_NAME}"
    if not _NAME.fullmatch(value) or value != value.strip():
        what = "letters, digits, spaces and - . , & ' ( ) + !, a letter or digit first"
        return f"{shown(value)} is not a name", f"write {what}"
    return None


def _slug_fault(value: str) -> tuple[str, str] | None:
    if not 2 <= len(value) <= LONGEST_SLUG or not _SLUG.fullmatch(value):
        what = f"2 to {LONGEST_SLUG} lower-case letters, digits and single hyphens, a letter first"
        return f"{shown(value)} is not a slug", f"write {what}"
    if value in _TAKEN_SLUGS:
        return f"{value} is the name of a module or package", f"write {value}-service"
    return None


def _description_fault(value: str) -> tuple[str, str] | None:
    if not 1 <= len(value) <= LONGEST_DESCRIPTION:
        return f"has {len(value)} characters", f"write 1 to {LONGEST_DESCRIPTION}"
    if _NOT_IN_TEXT.search(value):
        return "has a line break, quote or sign that files cannot carry", "write plain words"
    return None


TEXT_FAULTS = {
    "project_name": _name_fault,
    "project_slug": _slug_fault,
    "description": _description_fault,
}
"""What a text must be, besides being a text."""


def fault_of(name: str, value: object) -> str:
    """Tell what is wrong with one answer, for the prompt.

    Args:
        name: The question.
        value: The answer as Copier holds it.

    Returns:
        What is wrong and what would do, an empty text where nothing is.
    """
    fault = TEXT_FAULTS[name](value) if name in TEXT_FAULTS and isinstance(value, str) else None
    return "; ".join(fault) if fault else ""
