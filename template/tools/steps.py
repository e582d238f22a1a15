"""What verification consists of: one row a step. What a step runs stands in step_commands.py."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from step_commands import COMMANDS, Command


class Step(NamedTuple):
    """One step. It begins when all that it ``needs`` have passed.

    ``database`` names the database that its commands get, if any.
    """

    name: str
    title: str
    needs: tuple[str, ...] = ()
    database: str = ""

    @property
    def commands(self) -> tuple[Command, ...]:
        """Return the commands that make's targets run."""
        return COMMANDS.get(self.name, ())


INSTALL = Step("install", "Install the packages")
DATABASE = Step("database", "Find or start a database", ("install",))

STEPS = (
    INSTALL,
    DATABASE,
    Step("upgrade", "Migrate up", ("database",), "migrations"),
    Step("types", "Check the types", ("install",)),
    Step("downgrade", "Migrate down to nothing", ("upgrade",), "migrations"),
    Step("upgrade-again", "Migrate up again", ("downgrade",), "migrations"),
    Step("compare", "Compare tables with schema", ("upgrade-again",), "migrations"),
    Step("lint", "Check lint and format", ("install",)),
    Step("tests", "Run the tests", ("upgrade",), "tests"),
)
NAMES = tuple(step.name for step in STEPS)
MIGRATION_STEPS = ("compare",)
DATABASES = ("migrations", "tests")


def chosen_steps(extent: str, only: str | None) -> tuple[Step, ...]:
    """Return the steps to run: all (``full``), those of migrations (``migrate``), or one.

    What a chosen step needs is chosen too.
    """
    wanted = (only,) if only else MIGRATION_STEPS if extent == "migrate" else NAMES
    names = set(_with_needs(wanted))
    return tuple(step for step in STEPS if step.name in names)


def _with_needs(names: Iterable[str]) -> Iterable[str]:
    by_name = {step.name: step for step in STEPS}
    for name in names:
        yield name
        yield from _with_needs(by_name[name].needs)
