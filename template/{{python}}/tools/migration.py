"""Write the next migration: what the models say that the migrations so far do not.

``make migration message="add colour"`` runs this. The two are compared on an empty database of
its own, so it makes no difference what the one you work with holds. The new migration is run up,
down and up again before it is kept.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from databases import NoDatabaseError, provide
from processes import Finished, run_command
from steps import PYTHON
from verification import FOREIGN_VARIABLES, database_kind

PROJECT = Path(__file__).resolve().parent.parent
VERSIONS = PROJECT / "src" / "migrations" / "versions"
NUMBER_DIGITS = 4
MESSAGE_LENGTH = 60


class MigrationError(Exception):
    """The next migration cannot be written; the message says why and what to do."""


class Alembic:
    """Alembic on one database."""

    def __init__(self, url: str) -> None:
        """Take the database's URL."""
        env = {name: value for name, value in os.environ.items() if name not in FOREIGN_VARIABLES}
        env.setdefault("SECRET_KEY", secrets.token_hex(32))
        self._env = {**env, "APP_ENV": "test", "DATABASE_URL": url}

    async def try_run(self, *arguments: str) -> Finished:
        """Run a command, whatever comes of it."""
        command = (str(PROJECT / PYTHON), "-m", "alembic", *arguments)
        return await run_command(command, self._env, PROJECT)

    async def run(self, *arguments: str) -> str:
        """Run a command and return what it printed; MigrationError where it fails."""
        finished = await self.try_run(*arguments)
        if finished.status:
            raise MigrationError(f"alembic {' '.join(arguments)} failed:\n{finished.output}")
        return finished.output


def next_number() -> str:
    """Return the number after the highest that a migration's file begins with."""
    names = [re.match("[0-9]+", path.name) for path in VERSIONS.glob("*.py")]
    highest = max((int(match[0]) for match in names if match), default=0)
    return str(highest + 1).zfill(NUMBER_DIGITS)


async def write_migration(message: str) -> Path | None:
    """Write the next migration and return its path; None where models and schema agree."""
    if not (PROJECT / PYTHON).exists():
        raise MigrationError("There is no .venv yet: run `make install`, then try again.")
    with ExitStack() as stack:
        databases = await provide(database_kind(PROJECT), PROJECT, stack)
        alembic = Alembic(databases.urls["migrations"])
        await alembic.run("upgrade", "head")
        if not (await alembic.try_run("check")).status:
            return None
        number = next_number()
        await alembic.run("revision", "--autogenerate", "--rev-id", number, "-m", message)
        path = next(VERSIONS.glob(f"{number}_*.py"))
        with kept_if_proven(path):
            await prove(alembic)
    return path


async def prove(alembic: Alembic) -> None:
    """Run a new migration up, down and up, and compare."""
    await alembic.run("upgrade", "head")
    await alembic.run("downgrade", "-1")
    await alembic.run("upgrade", "head")
    await alembic.run("check")


@contextmanager
def kept_if_proven(path: Path) -> Iterator[None]:
    """Take a new migration away where proving it fails, or is interrupted."""
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def main() -> int:
    """Read the command line, write the migration, and return the exit status."""
    parser = argparse.ArgumentParser(description="Write the next migration.")
    parser.add_argument("message", nargs="?", default="", help="what changes")
    message = parser.parse_args().message.strip()
    if not message:
        print('Say what changes: make migration message="add colour"', file=sys.stderr)
        return 1
    try:
        path = asyncio.run(write_migration(message[:MESSAGE_LENGTH]))
    except (MigrationError, NoDatabaseError) as problem:
        print(f"No migration was written: {problem}", file=sys.stderr)
        return 1
    where = "Models and schema agree: no migration is needed."
    print(where if path is None else f"Written and run up, down, up: {path.relative_to(PROJECT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
