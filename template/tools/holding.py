"""Something that lives exactly as long as somebody holds it: a server, a scratch database.

The keeper is a program of its own. It makes the thing, announces it in one line of JSON
on its standard output, waits until its standard input is closed, and takes the thing away
again. The pipe closes too when the holder is killed, so nothing is ever left behind.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from types import FrameType, TracebackType

RELEASE_SECONDS = 20.0
POLL_SECONDS = 0.5


class HoldError(Exception):
    """The keeper could not make what it was asked for; the message says why."""


class Held:
    """What a keeper made. Use it as a context manager, or call ``release``."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        """Start the keeper. Takes its command and its environment."""
        self._ready = False
        self._keeper = subprocess.Popen(
            command,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,  # an interrupt at the terminal is the holder's to handle
        )

    def announcement(self) -> dict[str, str]:
        """Wait until the thing is there, and return what its keeper says about it.

        Raises HoldError when the keeper could not make it.
        """
        assert self._keeper.stdout is not None  # noqa: S101 - it was asked for above
        line = self._keeper.stdout.readline()
        if not line:
            raise HoldError("it ended before it was ready")
        said: dict[str, str] = json.loads(line)
        if "error" in said:
            raise HoldError(said["error"])
        self._ready = True
        return said

    def release(self) -> None:
        """Have the thing taken away, and wait until that is done."""
        assert self._keeper.stdin is not None  # noqa: S101 - it was asked for above
        self._keeper.stdin.close()
        if not self._ready:
            self._keeper.terminate()
        try:
            self._keeper.wait(RELEASE_SECONDS)
        except subprocess.TimeoutExpired:
            self._keeper.kill()

    def __enter__(self) -> Held:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Release the thing."""
        self.release()


def keep_signals_from_killing() -> None:
    """Make a keeper leave in order when it is told to end, and never on an interrupt."""

    def leave(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


def announce(**said: str) -> None:
    """Tell the holder, in one line, what was made or (``error``) why it was not."""
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def wait_until_released(alive: Callable[[], bool] = lambda: True) -> None:
    """Return when the holder lets go, or when ``alive`` says that there is nothing to keep."""
    while alive():
        readable, _, _ = select.select([sys.stdin], [], [], POLL_SECONDS)
        if readable and not os.read(sys.stdin.fileno(), 1):
            return
