"""The cells of the matrix, and which of them a run takes."""

from __future__ import annotations

import hashlib
import itertools
import subprocess
from pathlib import Path
from typing import NamedTuple

from allpairspy import AllPairs

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
FRAMEWORKS = ("fastapi", "express")
STARTERS = ("items", "blog", "shop", "blank", "thirty")
DATABASES = ("postgresql", "sqlite", "mysql")


class Cell(NamedTuple):
    """One service: what it starts from, where its rows lie, and what else was chosen."""

    starter: str
    database: str
    json_case: str = "snake"
    idempotency: bool = True
    rate_limit_store: str = "memory"
    framework: str = "fastapi"

    def __str__(self) -> str:
        """Name the cell as tests show it."""
        repeats = "repeats" if self.idempotency else "once"
        return "-".join((self.framework, *self[:3], repeats, self.rate_limit_store))

    @property
    def is_required(self) -> bool:
        """Whether every run verifies it."""
        return self in REQUIRED

    @property
    def servers(self) -> tuple[str, ...]:
        """The servers that it takes."""
        return tuple(kind for kind in (self.database, self.rate_limit_store) if kind in _SERVERS)

    @property
    def options(self) -> list[str]:
        """The answers, as Copier's command line takes them."""
        data = [f"--data={name}={str(value).lower()}" for name, value in self._asdict().items()][1:]
        fixture = FIXTURES / f"{self.starter}.yml"
        if fixture.exists():
            return [*data, f"--data-file={fixture}"]
        return [*data, f"--data=starter={self.starter}"]


_SERVERS = ("postgresql", "mysql", "redis")
DEFAULT = Cell("items", "sqlite")
REQUIRED = (
    DEFAULT,
    Cell("items", "mysql"),
    Cell("blog", "postgresql", "camel", rate_limit_store="redis"),
    Cell("items", "sqlite", "camel", framework="express"),
    Cell("items", "mysql", framework="express"),
    Cell("blog", "postgresql", rate_limit_store="redis", framework="express"),
)
"""Each framework on each database, whatever time there is."""
_CASES = ("snake", "camel")
_GRID = [Cell(*choice) for choice in itertools.product(("items", "blog"), DATABASES, _CASES)]
_PAIRS = [
    Cell(*choice)
    for choice in AllPairs(
        [STARTERS, DATABASES, _CASES, (True, False), ("memory", "redis")],
        previously_tested=[list(cell)[:-1] for cell in _GRID],
    )
]
_OPTIONAL = [
    cell._replace(framework=framework) for framework in FRAMEWORKS for cell in [*_GRID, *_PAIRS]
]
CELLS = list(dict.fromkeys([*REQUIRED, *_OPTIONAL]))
"""What is required; of each framework two starters on each database in each casing, and every
other pair of choices."""


def commit() -> str:
    """Return the commit that is tested; nothing outside a repository."""
    command = ["git", "rev-parse", "HEAD"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout


def turn(name: str, of_commit: str) -> str:
    """Return what sorts the optional tests: another order for each commit."""
    return hashlib.sha256(f"{of_commit.strip()} {name}".encode()).hexdigest()
