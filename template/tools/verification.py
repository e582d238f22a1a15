"""One run of the steps: as many at once as there are processors, each when its needs are met."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from databases import Databases, NoDatabaseError, provide
from processes import run_command
from progress import Progress
from report import Report, StepReport
from step_commands import Command
from steps import DATABASE, INSTALL, Step
from toolchain import (
    FOREIGN_VARIABLES,
    HINTS,
    INSTALLER,
    NO_INSTALLER,
    NO_INSTALLER_BUT_INSTALLED,
    RUNTIME,
    database_kind,
    find_installer,
    install_environment,
    installed_packages,
    installed_runtime,
)

NO_DATABASE = "{reason}: run `make verify` with DATABASE_URL set to a {kind} server"


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
        installer = find_installer(self._project)
        if installer is None:
            usable = (self._project / RUNTIME).exists()
            told.outcome = "not_run" if usable else "failed"
            told.note = NO_INSTALLER_BUT_INSTALLED if usable else NO_INSTALLER
        else:
            environment = install_environment(self._project) | self._environment(step)
            commands = [
                tuple(installer if part == INSTALLER else part for part in command)
                for command in step.commands
            ]
            usable = await self._run_commands(commands, told, environment)
            version = await run_command([installer, "--version"])
            self.report.versions.installer = version.output.strip()
        self.report.versions.runtime = installed_runtime(self._project)
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


def hint(output: str) -> str:
    """Return what to do about a failure, where what was written tells."""
    return next((advice for words, advice in HINTS if re.search(words, output)), "")
