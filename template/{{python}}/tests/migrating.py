"""Running migrations from tests, as `make migrate` does."""

import os
import subprocess
import sys


def alembic(url: str, *arguments: str) -> str:
    """Run Alembic on the database at ``url`` and return what it printed."""
    command = [sys.executable, "-m", "alembic", *arguments]
    environment = {**os.environ, "DATABASE_URL": url}
    done = subprocess.run(  # noqa: S603 - the tests' own command
        command, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def migrate(url: str) -> None:
    """Bring the database at ``url`` up to the newest migration."""
    alembic(url, "upgrade", "head")
