"""Until when the request in hand may take."""

import math
from contextvars import ContextVar
from typing import Final

DEADLINE: Final[ContextVar[float]] = ContextVar("deadline", default=math.inf)
"""The end, as ``time.monotonic()`` counts; what is no request has none."""
