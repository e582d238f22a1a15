"""A person at the prompts: reads a question, types an answer."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pexpect

from tests.copying import copier_command

DOWN = "\x1b[B"
_ENTER = "\r"
_META_ENTER = "\x1b\r"
_START_OF_LINE, _KILL_LINE, _START_OF_TEXT = "\x01", "\x0b", "\x1b[1;5H"
_ESCAPES = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|[=>])")
PATIENCE = 60


class Person:
    """Somebody who runs ``copier copy`` on a terminal."""

    def __init__(self, template: Path, project: Path, *options: str) -> None:
        """Start Copier. Takes the template, the new project's folder, and more options."""
        command = [*copier_command(), "copy", "--trust", *options, str(template), str(project)]
        environment = {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
        # pexpect takes a mapping of its own kind, which its types do not say.
        env: Any = environment
        self._copier = pexpect.spawn(
            command[0],
            command[1:],
            env=env,
            encoding="utf-8",
            dimensions=(60, 160),
            timeout=PATIENCE,
        )
        self._seen = ""

    def reads(self, text: str) -> None:
        """Wait until a text is on the screen."""
        self._copier.expect_exact(text)
        self._seen += str(self._copier.before) + text

    def accepts(self, question: str) -> None:
        """Press Enter at a question."""
        self.reads(question)
        self._copier.send(_ENTER)

    def types(self, question: str, text: str) -> None:
        """Replace what stands at a question by a text."""
        self.reads(question)
        self.retypes(text)

    def retypes(self, text: str) -> None:
        """Replace what was typed by another text."""
        self._copier.send(_START_OF_LINE + _KILL_LINE + text + _ENTER)

    def chooses(self, question: str, steps_down: int) -> None:
        """Go down some lines of a list, and take what is there."""
        self.reads(question)
        self._copier.send(DOWN * steps_down + _ENTER)

    def says(self, question: str, letter: str) -> None:
        """Answer y or n."""
        self.reads(question)
        self._copier.send(letter)

    def accepts_text(self, question: str) -> None:
        """Keep a text of several lines."""
        self.reads(question)
        self._copier.send(_META_ENTER)

    def writes_text(self, question: str, line: str) -> None:
        """Replace a text of several lines by one line."""
        self.reads(question)
        self._copier.send(_START_OF_TEXT + _KILL_LINE * 200 + line + _META_ENTER)

    def interrupts(self, question: str) -> None:
        """Press Ctrl-C at a question."""
        self.reads(question)
        self._copier.sendintr()

    def waits(self) -> int:
        """Wait for Copier's end, and return its status."""
        self._copier.expect(pexpect.EOF)
        self._seen += str(self._copier.before)
        self._copier.close()
        return int(self._copier.exitstatus if self._copier.exitstatus is not None else -1)

    def leaves(self) -> None:
        """Close the terminal, whatever Copier does."""
        self._copier.close(force=True)

    @property
    def seen(self) -> str:
        """All that was on the screen, without colours."""
        return _ESCAPES.sub("", self._seen)
