"""The cells of the matrix, and which of them a run takes."""

from __future__ import annotations

import hashlib
import itertools
import subprocess
from pathlib import Path
from typing import NamedTuple

STARTERS = ("items", "blog", "shop", "blank", "thirty")
DATABASES = ("sqlite", "postgresql", "mysql")
ROOT = Path(__file__).resolve().parents[2]
THIRTY = ROOT / "tests" / "fixtures" / "thirty.yml"
_CAMEL = {("blog", "postgresql"), ("shop", "mysql"), ("items", "mysql"), ("thirty", "sqlite")}
_REQUIRED = {("items", database) for database in DATABASES} | {("blog", "postgresql")}


class Cell(NamedTuple):
    """One service: what it starts from, and where its rows lie."""

    starter: str
    database: str

    def __str__(self) -> str:
        """Name the cell as tests show it."""
        return f"{self.starter}-{self.database}-{self.json_case}"

    @property
    def json_case(self) -> str:
        """How its clients spell members."""
        return "camel" if self in _CAMEL else "snake"

    @property
    def is_required(self) -> bool:
        """Whether every run verifies it."""
        return self in _REQUIRED

    @property
    def options(self) -> list[str]:
        """The answers, as Copier's command line takes them."""
        data = [f"--data=database={self.database}", f"--data=json_case={self.json_case}"]
        if self.starter == "thirty":
            return [*data, f"--data-file={THIRTY}"]
        return [*data, f"--data=starter={self.starter}"]


CELLS = [Cell(*choice) for choice in itertools.product(STARTERS, DATABASES)]


def commit() -> str:
    """Return the commit that is tested; nothing outside a repository."""
    command = ["git", "rev-parse", "HEAD"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout


def turn(name: str, of_commit: str) -> str:
    """Return what sorts the optional tests: another order for each commit."""
    return hashlib.sha256(f"{of_commit.strip()} {name}".encode()).hexdigest()
