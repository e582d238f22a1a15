"""What verification consists of: one row a step, with the commands that make's targets run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

PROGRAMS = "node_modules/.bin"
Command = tuple[str, ...]


class Step(NamedTuple):
    """One step. It begins when all that it ``needs`` have passed.

    ``database`` names the database that its commands get, if any.
    """

    name: str
    title: str
    commands: tuple[Command, ...]
    needs: tuple[str, ...] = ()
    database: str = ""


INSTALL = Step(
    "install",
    "Install the packages",
    (("npm", "install", "--no-audit", "--no-fund"), ("python3", "tools/write_env.py")),
)
DATABASE = Step("database", "Find or start a database", (), ("install",))

STEPS = (
    INSTALL,
    DATABASE,
    Step(
        "upgrade",
        "Migrate up",
        (("node", "tools/migrate.ts", "up"),),
        ("database",),
        "migrations",
    ),
    Step(
        "types",
        "Check the types",
        ((f"{PROGRAMS}/tsc",),),
        ("install",),
    ),
    Step(
        "downgrade",
        "Migrate down to nothing",
        (("node", "tools/migrate.ts", "reset"),),
        ("upgrade",),
        "migrations",
    ),
    Step(
        "upgrade-again",
        "Migrate up again",
        (("node", "tools/migrate.ts", "up"),),
        ("downgrade",),
        "migrations",
    ),
    Step(
        "compare",
        "Compare tables with schema",
        (("node", "tools/check-schema.ts"),),
        ("upgrade-again",),
        "migrations",
    ),
    Step(
        "lint",
        "Check lint and format",
        (
            (f"{PROGRAMS}/oxlint", "--type-aware", "--deny-warnings"),
            (f"{PROGRAMS}/oxfmt", "--check"),
        ),
        ("install",),
    ),
    Step(
        "tests",
        "Run the tests",
        ((f"{PROGRAMS}/vitest", "run", "--coverage"),),
        ("upgrade",),
        "tests",
    ),
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
