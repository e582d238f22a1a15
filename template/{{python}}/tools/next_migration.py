"""Write the next migration on an empty database, and run it up, down and up again.

Run with the project's own Python: ``next_migration.py NUMBER MESSAGE``. One process does it all,
since most of a single command's time goes into imports. Nothing is written where models and
migrations agree.
"""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.operations.ops import MigrationScript, UpgradeOps
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError

PROJECT = Path(__file__).resolve().parent.parent


def drop_empty(
    _context: MigrationContext, _revision: object, scripts: list[MigrationScript]
) -> None:
    """Write no migration in which nothing changes."""
    steps: Iterable[UpgradeOps] = (ops for script in scripts for ops in script.upgrade_ops_list)
    if all(step.is_empty() for step in steps):
        scripts.clear()


def write_and_prove(config: Config, number: str, message: str) -> None:
    """Write the migration that the models need, if any, and run it to and fro."""
    command.upgrade(config, "head")
    written = command.revision(
        config,
        message,
        autogenerate=True,
        rev_id=number,
        process_revision_directives=drop_empty,
    )
    if written:
        command.upgrade(config, "head")
        command.downgrade(config, "-1")
        command.upgrade(config, "head")
        command.check(config)


def main(number: str, message: str) -> None:
    """Run Alembic as pyproject.toml configures it; a refusal of its is a sentence."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            write_and_prove(Config(toml_file=PROJECT / "pyproject.toml"), number, message)
    except (CommandError, SQLAlchemyError) as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
