"""Strong entity tags, and what the headers that carry them ask for (RFC 9110, section 13)."""

import re
from dataclasses import dataclass
from typing import Any, Final

from src.contract.casing import json_name
from src.errors import ApiError, Code

_TAG: Final = re.compile(r'(?:W/)?"[!#-~\x80-\xff]*"')
TAGS: Final = rf"\*|{_TAG.pattern}(?:[ \t]*,[ \t]*{_TAG.pattern})*"
"""What a header that carries tags must match."""


def etag_of(version: int) -> str:
    """Return the strong tag of a row at ``version``."""
    return f'"{version}"'


def _tags(header: str, name: str) -> list[str]:
    if not re.fullmatch(TAGS, header.strip()):
        raise ApiError(Code.INVALID_PARAMETER, "malformed_header", name=name)
    return _TAG.findall(header)


def not_modified(header: str | None, version: int) -> bool:
    """Return whether ``If-None-Match`` names the row at ``version``; tags compare weakly."""
    if header is None:
        return False
    if header.strip() == "*":
        return True
    return etag_of(version) in [tag.removeprefix("W/") for tag in _tags(header, "If-None-Match")]


@dataclass(frozen=True)
class Precondition:
    """What ``If-Match`` asks a row to be before it is changed."""

    tags: tuple[str, ...] | None = None

    @classmethod
    def parse(cls, header: str | None) -> "Precondition":
        """Return the precondition in ``header``; a malformed one is a 400."""
        if header is None or header.strip() == "*":
            return cls()
        return cls(tuple(_tags(header, "If-Match")))

    @property
    def is_given(self) -> bool:
        """Whether the row must be at a certain version."""
        return self.tags is not None

    def check(self, row: dict[str, Any]) -> None:  # a row's values are of any type
        """Raise the 412 where ``row`` is at none of the versions; weak tags never match."""
        if self.tags is not None and etag_of(row["version"]) not in self.tags:
            raise ApiError(Code.PRECONDITION_FAILED)


def check_version(row: dict[str, Any], expected: int | None) -> None:  # as above
    """Raise the 409 where a body was written against another version than the row's."""
    if expected is not None and row["version"] != expected:
        raise ApiError(Code.VERSION_MISMATCH, details=[])


VERSION_MEMBER: Final = json_name("version")
