"""How a server stops: what is open is answered, what comes is refused."""

from typing import Final

from starlette.types import Scope

_ALIVE: Final = "/healthz"
"""A process that stops still lives: nobody shall kill it for that."""


class Draining:
    """Which requests are open, and whether new ones are taken."""

    def __init__(self) -> None:
        self.open = 0
        self.has_begun = False

    def begin(self) -> None:
        """Take no new request; the health check says that the service is not ready."""
        self.has_begun = True

    def refuses(self, scope: Scope) -> bool:
        """Return whether a request is not taken any more."""
        return self.has_begun and scope["path"] != _ALIVE
