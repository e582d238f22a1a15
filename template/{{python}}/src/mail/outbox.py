"""Mails that wait: they are sent by one thread, outside of any request's time."""

import logging
import random
import time
from functools import lru_cache
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread
from typing import Final

from src.config import Settings, get_settings
from src.errors import ApiError, Code
from src.mail.messages import Message
from src.mail.transport import MailRefusedError, deliver

CAPACITY: Final = 1000
ATTEMPTS: Final = 5
FIRST_PAUSE_SECONDS: Final = 1.0
# Work that began at once would slow the answer down, and so tell that there was a mail to send.
DELAY_SECONDS: Final = (0.05, 0.15)

logger = logging.getLogger(__name__)


class Outbox:
    """The mails of one process, in order; what cannot be sent after some attempts is logged."""

    def __init__(self, settings: Settings, capacity: int = CAPACITY) -> None:
        self._settings = settings
        self._queue: Queue[tuple[float, Message | None]] = Queue(capacity)
        self._closing = Event()
        self._starting = Lock()
        self._thread: Thread | None = None
        self.accepted = 0

    def require_room(self) -> None:
        """Raise ``SERVICE_UNAVAILABLE`` where so many mails wait that no other can."""
        if self._queue.full():
            raise ApiError(Code.SERVICE_UNAVAILABLE)

    def put(self, message: Message | None) -> None:
        """Take a mail to be sent; None takes its turn too and is sent to nobody."""
        try:
            self._queue.put_nowait((time.monotonic() + _jitter(*DELAY_SECONDS), message))
        except Full:
            logger.error("a mail was dropped: too many wait")
            return
        self.accepted += 1
        with self._starting:
            if self._thread is None:
                self._thread = Thread(target=self._work, name="outbox", daemon=True)
                self._thread.start()

    def flush(self) -> None:
        """Wait until every mail was sent or given up."""
        self._queue.join()

    def close(self, seconds: float) -> None:
        """Send what waits, for at most that long and without pauses; log how much is left."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join(seconds)
            self._thread = None
        self._closing.clear()
        if left := self._queue.unfinished_tasks:
            logger.error("mails were not sent before the end", extra={"count": left})

    def _work(self) -> None:
        while True:
            try:
                due, message = self._queue.get(timeout=0.5)
            except Empty:
                if self._closing.is_set():
                    return
                continue
            try:
                self._closing.wait(max(0.0, due - time.monotonic()))
                if message is not None:
                    self._deliver(message)
            except Exception:
                logger.exception("a mail was not sent")
            finally:
                self._queue.task_done()

    def _deliver(self, message: Message) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return deliver(message, self._settings)
            except MailRefusedError as error:
                return logger.error("a mail was refused", extra={"reason": str(error)})
            except OSError as error:
                told = {"reason": str(error), "attempt": attempt}
                logger.warning("a mail could not be sent yet", extra=told)
            self._pause(attempt)
        return logger.error("a mail was given up")

    def _pause(self, attempt: int) -> None:
        if attempt < ATTEMPTS:
            self._closing.wait(FIRST_PAUSE_SECONDS * 2 ** (attempt - 1) * _jitter(0.5, 1.0))


def _jitter(least: float, most: float) -> float:
    return random.uniform(least, most)  # noqa: S311 - no secret


@lru_cache(maxsize=1)
def get_outbox() -> Outbox:
    """Return the outbox of this process."""
    return Outbox(get_settings())
