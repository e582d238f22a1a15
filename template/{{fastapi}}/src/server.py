"""The server that stops without turning anybody away whom it has let in."""

import time
from types import FrameType

import uvicorn

from src.middleware.draining import Draining


class Server(uvicorn.Server):
    """uvicorn, except that the first signal to stop only begins to drain.

    It goes on to listen while requests are open, so that whoever asks whether it is ready hears
    that it is not; when the last one is answered, uvicorn stops as it does.
    """

    def __init__(self, config: uvicorn.Config, draining: Draining, patience: float) -> None:
        super().__init__(config)
        self._draining = draining
        self._patience = patience
        self._signal: tuple[int, FrameType | None] | None = None
        self._ends = 0.0

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to drain, or stop at once where that has begun."""
        if self._signal is None:
            self._signal = sig, frame
            self._ends = time.monotonic() + self._patience
            self._draining.begin()
        else:
            super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        """Return whether to stop, which uvicorn asks ten times a second."""
        is_over = not self._draining.open or time.monotonic() >= self._ends
        if self._signal is not None and is_over and not self.should_exit:
            super().handle_exit(*self._signal)
        return await super().on_tick(counter)
