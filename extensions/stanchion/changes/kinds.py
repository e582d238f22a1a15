"""Every kind of change, one row a kind: what it risks, what is said about it, what would do."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from ..specification import Fault
from ..specification.words import Path, place


class Risk(Enum):
    """What a change may do to data that is there."""

    SAFE = "safe"
    MEETS_ROWS = "stops where rows do not fit"
    NEEDS_VALUE = "needs a default"
    LOSES_DATA = "loses data"
    NOT_BUILT = "is not built"


REFUSED = frozenset({Risk.NEEDS_VALUE, Risk.LOSES_DATA, Risk.NOT_BUILT})
"""What this version does not do; what rows may stop is done, and told."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of change.

    Attributes:
        risk: What it risks.
        message: What changes; braces name what the change fills in.
        mend: What to write instead; empty where nothing has to be.
    """

    risk: Risk
    message: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one part of a project.

    Attributes:
        kind: A key of `KINDS`.
        path: Where it stands.
        words: What the message and the mend name.
    """

    kind: str
    path: Path
    words: dict[str, object] = field(default_factory=dict)

    @property
    def risk(self) -> Risk:
        """What it risks."""
        return KINDS[self.kind].risk

    @property
    def fault(self) -> Fault:
        """The change as it is told."""
        kind = KINDS[self.kind]
        message, mend = kind.message.format(**self.words), kind.mend.format(**self.words)
        return Fault(place(self.path), message, mend)


_KEEP = "keep it, with internal: true and nullable: true: the column stays, and no client sees it"

KINDS: dict[str, Kind] = {
    # the project
    "framework": Kind(
        Risk.NOT_BUILT, "a project cannot go from {old} to {new}", "make a new project"
    ),
    "database": Kind(
        Risk.NOT_BUILT,
        "a project cannot go from {old} to {new}: data and migrations would stay behind",
        "make a new project",
    ),
    "strategy removed": Kind(
        Risk.LOSES_DATA, "{old} is gone, and what callers log in with would be lost", "keep it"
    ),
    "json case": Kind(Risk.SAFE, "members are now written in {new} case"),
    # resources
    "resource removed": Kind(
        Risk.LOSES_DATA,
        "is gone, and its rows would be lost",
        'keep it, with access: {{read: "role:admin", write: nobody}}, so that only admins see it',
    ),
    "resource renamed": Kind(
        Risk.NOT_BUILT,
        "a resource cannot be renamed yet",
        "keep the name {old}, and take renamed_from away; plural: changes its paths",
    ),
    "table": Kind(Risk.NOT_BUILT, "a table cannot be renamed yet", "write table: {old}"),
    "resource added": Kind(Risk.SAFE, "is new"),
    "owner added": Kind(
        Risk.NEEDS_VALUE,
        "rows that are there have no owner",
        "take owner away, or add belongs_to: {{keeper: {{resource: user, nullable: true}}}}",
    ),
    "owner removed": Kind(
        Risk.LOSES_DATA, "who owns which row would be lost", "keep owner: true; access decides"
    ),
    # fields
    "field removed": Kind(Risk.LOSES_DATA, "is gone, and its values would be lost", _KEEP),
    "field renamed": Kind(
        Risk.NOT_BUILT,
        "a field cannot be renamed yet",
        "keep the name {old}, and take renamed_from away",
    ),
    "field added": Kind(Risk.SAFE, "is new"),
    "field required": Kind(
        Risk.NEEDS_VALUE,
        "rows that are there have no value for it",
        "write a default, or nullable: true",
    ),
    "column": Kind(Risk.NOT_BUILT, "a column cannot be renamed yet", "write column: {old}"),
    "type": Kind(
        Risk.LOSES_DATA,
        "is {new} and was {old}: not every value could be kept",
        "keep {old}, and add a field of another name",
    ),
    "type widened": Kind(Risk.SAFE, "is {new} and was {old}"),
    "shorter": Kind(
        Risk.LOSES_DATA,
        "is {new} and was {old}: longer values would be cut",
        "write max_length: {old}; a pattern limits new values alone",
    ),
    "limited": Kind(
        Risk.LOSES_DATA, "was not limited: longer values would be cut", "take max_length away"
    ),
    "scale": Kind(
        Risk.NOT_BUILT,
        "is {new} and was {old}: decimals that are stored cannot be converted yet",
        "write scale: {old}",
    ),
    "precision": Kind(
        Risk.LOSES_DATA,
        "is {new} and was {old}: larger values would not fit",
        "write precision: {old}; a maximum limits new values alone",
    ),
    "value removed": Kind(
        Risk.LOSES_DATA, "{old} is gone, and rows may have it", "keep {old} among the values"
    ),
    "null refused": Kind(
        Risk.NEEDS_VALUE,
        "may not be null any more, and rows may be null",
        "write a default, which they get, or nullable: true",
    ),
    "bounds": Kind(Risk.MEETS_ROWS, "has a bound that rows may not keep"),
    # relations
    "relation removed": Kind(
        Risk.LOSES_DATA, "is gone, and what rows point to would be lost", "keep it"
    ),
    "relation renamed": Kind(
        Risk.NOT_BUILT,
        "a relation cannot be renamed yet",
        "keep the name {old}, and take renamed_from away",
    ),
    "relation required": Kind(
        Risk.NEEDS_VALUE, "rows that are there point to nothing", "write nullable: true"
    ),
    "relation target": Kind(
        Risk.LOSES_DATA,
        "points to {new} and pointed to {old}",
        "keep resource: {old}, and add a relation of another name",
    ),
    "link removed": Kind(Risk.LOSES_DATA, "is gone, and its pairs would be lost", "keep it"),
    "link target": Kind(
        Risk.LOSES_DATA,
        "links to {new} and linked to {old}",
        "keep resource: {old}, and add a link of another name",
    ),
    "link table": Kind(Risk.NOT_BUILT, "a table cannot be renamed yet", "write table: {old}"),
    # between fields
    "unique": Kind(Risk.MEETS_ROWS, "{new} are now unique together, and rows may be alike"),
    "check": Kind(Risk.MEETS_ROWS, "rows may not keep it"),
}
"""The kinds."""
