"""Running a hook's work so that Ctrl-C reaches the work, and never Copier.

On an interrupt Copier kills the hook within a quarter of a second: too early to stop servers
and to commit. So the work runs in a child with a process group of its own, which has the
terminal for as long as it lasts. The child notices when its parent is gone.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable

Work = Callable[[threading.Event], None]
_FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run_in_foreground(work: Work) -> None:
    """Run ``work`` in a child that alone is interrupted from the terminal; wait for its end.

    An interrupt sets the event that the work is given, and stops nothing by itself.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    terminal = _own_terminal()
    child = os.fork()
    if child == 0:
        _be_the_child(work, terminal)
    _set_group(child)
    for number in _FORWARDED:
        signal.signal(number, lambda received, _frame: _pass_on(child, received))
    if terminal is None:
        os.waitpid(child, 0)
        return
    group = os.getpgrp()
    _hand_over(terminal, child)
    try:
        os.waitpid(child, 0)
    finally:
        _hand_over(terminal, group)


def _own_terminal() -> int | None:
    """Return the terminal's descriptor where this group has it, else None."""
    try:
        descriptor = sys.stdin.fileno()
        return descriptor if os.tcgetpgrp(descriptor) == os.getpgrp() else None
    except (OSError, ValueError):
        return None


def _be_the_child(work: Work, terminal: int | None) -> None:
    """Do the work and end; nothing of the parent's own ending runs."""
    status = 1
    interrupted = threading.Event()
    try:
        _set_group(0)
        if terminal is not None:
            _hand_over(terminal, os.getpgrp())
        # Nobody could wake the work up again, since the shell waits for Copier's group.
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        for number in _FORWARDED:
            signal.signal(number, lambda _number, _frame: interrupted.set())
        work(interrupted)
        status = 0
    except Exception:
        sys.excepthook(*sys.exc_info())
    finally:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
        os._exit(status)


def _set_group(process: int) -> None:
    with contextlib.suppress(OSError):  # both sides do it, and one of them comes second
        os.setpgid(process, process)


def _hand_over(terminal: int, group: int) -> None:
    """Give the terminal to a group; from the background too, where that would stop the caller."""
    before = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    with contextlib.suppress(OSError):
        os.tcsetpgrp(terminal, group)
    signal.signal(signal.SIGTTOU, before)


def _pass_on(child: int, number: int) -> None:
    with contextlib.suppress(OSError):
        os.killpg(child, number)
