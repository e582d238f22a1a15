"""One run of the steps: as many at once as there are processors, each when its needs are met."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import shutil
import sys
import time
import tomllib
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from databases import Databases, NoDatabaseError, provide
from processes import run_command
from progress import Progress
from report import Report, StepReport, installed_packages, installed_python
from steps import DATABASE, INSTALL, PYTHON, Command, Step

NO_UV = "uv is missing: get it with `pip install uv`, then run `make verify`"
NO_UV_BUT_VENV = "uv is missing, so the .venv is used as it is: `pip install uv` brings it"
NO_DATABASE = "{reason}: run `make verify` with DATABASE_URL set to a {kind} server"
# What a command says, and what to do about it.
HINTS = (
    (
        r"error sending request|dns error|client error \(Connect\)|connectivity is disabled",
        "the package index could not be reached: see to the network, then run `make verify`",
    ),
    (
        r"invalid peer certificate|UnknownIssuer",
        "the package index has a certificate that is not trusted: set SSL_CERT_FILE",
    ),
)
# Settings of the caller's own environment that would lead the project's commands astray.
FOREIGN_VARIABLES = ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "UV_PROJECT_ENVIRONMENT")


class Verification:
    """Runs steps and reports on them."""

    def __init__(
        self, project: Path, steps: Sequence[Step], progress: Progress, stack: ExitStack
    ) -> None:
        """Take the steps, whom to tell, and the stack for what has to be taken away again."""
        self.report = Report(steps=[StepReport(step.name, command_line(step)) for step in steps])
        self._project = project
        self._steps = steps
        self._progress = progress
        self._stack = stack
        self._turns = asyncio.Semaphore(max(2, os.cpu_count() or 1))
        self._tasks: dict[str, asyncio.Task[bool]] = {}
        self._databases = Databases({}, "")

    async def run(self) -> None:
        """Run the steps. When that is cancelled, end them first."""
        self.report.write(self._project)
        async with asyncio.TaskGroup() as group:
            for step, told in zip(self._steps, self.report.steps, strict=True):
                self._tasks[step.name] = group.create_task(self._take(step, told))
        self.report.conclude()

    async def _take(self, step: Step, told: StepReport) -> bool:
        """Run one step when its turn has come; tell whether what needs it can be run."""
        missing = [need for need in step.needs if not await self._tasks[need]]
        if missing:
            told.note = f"needs {' and '.join(missing)}"
            return self._end(told, usable=False)
        async with self._turns:
            self._progress.begin(step.name)
            began = time.monotonic()
            try:
                usable = await self._run(step, told)
            except asyncio.CancelledError:
                told.note = "interrupted"
                raise
            finally:
                told.seconds = round(time.monotonic() - began, 2)
        return self._end(told, usable)

    def _end(self, told: StepReport, usable: bool) -> bool:
        self._progress.end(told)
        self.report.write(self._project)
        return usable

    async def _run(self, step: Step, told: StepReport) -> bool:
        if step is INSTALL:
            return await self._install(step, told)
        if step is DATABASE:
            return await self._provide_databases(told)
        return await self._run_commands(step.commands, told, self._environment(step))

    async def _install(self, step: Step, told: StepReport) -> bool:
        uv = find_uv(self._project)
        venv = (self._project / PYTHON).exists()
        if uv is None:
            told.outcome, told.note = ("not_run", NO_UV_BUT_VENV) if venv else ("failed", NO_UV)
            usable = venv
        else:
            # Where there is no .venv yet, the Python that runs this is as good as another.
            chosen = {} if venv else {"UV_PYTHON": sys.executable}
            commands = [tuple(uv if part == "uv" else part for part in c) for c in step.commands]
            usable = await self._run_commands(commands, told, chosen | self._environment(step))
            self.report.versions.uv = (await run_command([uv, "--version"])).output.strip()
        self.report.versions.python = installed_python(self._project)
        self.report.versions.packages = installed_packages(self._project)
        return usable

    async def _provide_databases(self, told: StepReport) -> bool:
        kind = database_kind(self._project)
        try:
            self._databases = await provide(kind, self._project, self._stack)
        except NoDatabaseError as problem:
            told.note = NO_DATABASE.format(reason=problem, kind=kind)
            return False
        self.report.versions.database = self._databases.server
        told.outcome = "passed"
        told.note = self._databases.server + (
            f" ({note})" if (note := self._databases.note) else ""
        )
        return True

    async def _run_commands(
        self, commands: Sequence[Command], told: StepReport, env: dict[str, str]
    ) -> bool:
        for command in commands:
            finished = await run_command(command, env, self._project)
            told.output += finished.output
            if finished.status:
                told.outcome, told.note = "failed", hint(finished.output)
                return False
        told.outcome, told.output = "passed", ""
        return True

    def _environment(self, step: Step) -> dict[str, str]:
        env = {name: value for name, value in os.environ.items() if name not in FOREIGN_VARIABLES}
        env.setdefault("SECRET_KEY", secrets.token_hex(32))
        env["APP_ENV"] = "test"
        if step.database:
            env["DATABASE_URL"] = self._databases.urls[step.database]
        return env


def command_line(step: Step) -> str:
    """Return a step's commands as they would be typed."""
    return " && ".join(" ".join(command) for command in step.commands)


def find_uv(project: Path) -> str | None:
    """Return uv from the PATH, from beside the running Python, or from the project's .venv."""
    beside = (str(Path(sys.executable).parent), str(project / PYTHON).rpartition("/")[0])
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), *beside))
    return shutil.which("uv", path=path)


def database_kind(project: Path) -> str:
    """Return which database the project is made for, as its pyproject.toml says."""
    settings = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    return str(settings["tool"]["verify"]["database"])


def hint(output: str) -> str:
    """Return what to do about a failure, where what was written tells."""
    return next((advice for words, advice in HINTS if re.search(words, output)), "")
