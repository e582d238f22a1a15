"""What verification found, for machines: .verification.json, kept up to date while it runs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

SCHEMA_VERSION = 1
FILE_NAME = ".verification.json"
Outcome = Literal["passed", "failed", "not_run"]
Overall = Literal["passed", "incomplete", "failed", "interrupted"]


@dataclass
class StepReport:
    """One step: its commands, how it ended, and what it wrote if that was not well."""

    name: str
    command: str
    outcome: Outcome = "not_run"
    seconds: float = 0.0
    note: str = ""
    output: str = ""


@dataclass
class Versions:
    """What the steps ran with."""

    runtime: str = ""
    installer: str = ""
    database: str = ""
    packages: dict[str, str] = field(default_factory=dict)


@dataclass(kw_only=True)
class Report:
    """All steps of one run. ``outcome`` says interrupted until the run is over."""

    schema: int = SCHEMA_VERSION
    outcome: Overall = "interrupted"
    started_at: str = field(default_factory=lambda: datetime.now(UTC).isoformat())
    seconds: float = 0.0
    steps: list[StepReport]
    versions: Versions = field(default_factory=Versions)

    def conclude(self) -> None:
        """Set the outcome of the whole from those of the steps."""
        outcomes = {step.outcome for step in self.steps}
        self.outcome = (
            "failed"
            if "failed" in outcomes
            else "incomplete"
            if "not_run" in outcomes
            else "passed"
        )

    def names(self, outcome: Outcome) -> list[str]:
        """Return the names of the steps that ended so."""
        return [step.name for step in self.steps if step.outcome == outcome]

    def write(self, project: Path) -> None:
        """Write the report into the project, in one go."""
        draft = project / f"{FILE_NAME}.new"
        draft.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
        draft.replace(project / FILE_NAME)
