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
from processes import run_command
from step_commands import PYTHON
from toolchain import FOREIGN_VARIABLES, database_kind

PROJECT = Path(__file__).resolve().parent.parent
VERSIONS = PROJECT / "src" / "migrations" / "versions"
NUMBER_DIGITS = 4
MESSAGE_LENGTH = 60


class MigrationError(Exception):
    """The next migration cannot be written; the message says why and what to do."""


def next_number() -> str:
    """Return the number after the highest that a migration's file begins with."""
    numbers = [re.match("([0-9]{4,9})_", path.name) for path in VERSIONS.glob("*.py")]
    highest = max((int(match[1]) for match in numbers if match), default=0)
    return str(highest + 1).zfill(NUMBER_DIGITS)


async def write_migration(message: str) -> Path | None:
    """Write the next migration and return its path; None where models and schema agree."""
    if not (PROJECT / PYTHON).exists():
        raise MigrationError("There is no .venv yet: run `make install`, then try again.")
    number = next_number()
    with ExitStack() as stack:
        databases = await provide(database_kind(PROJECT), PROJECT, stack)
        with kept_if_proven(number):
            program = str(PROJECT / "tools" / "next_migration.py")
            command = (str(PROJECT / PYTHON), program, number, message)
            env = environment(databases.urls["migrations"])
            finished = await run_command(command, env, PROJECT)
            if finished.status:
                raise MigrationError(finished.output.strip())
    return next(VERSIONS.glob(f"{number}_*.py"), None)


def environment(url: str) -> dict[str, str]:
    """Return the environment of the project's commands on the database at ``url``."""
    env = {name: value for name, value in os.environ.items() if name not in FOREIGN_VARIABLES}
    env.setdefault("SECRET_KEY", secrets.token_hex(32))
    return {**env, "APP_ENV": "test", "DATABASE_URL": url}


@contextmanager
def kept_if_proven(number: str) -> Iterator[None]:
    """Take a new migration away where proving it fails, or is interrupted."""
    try:
        yield
    except BaseException:
        for path in VERSIONS.glob(f"{number}_*.py"):
            path.unlink()
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
