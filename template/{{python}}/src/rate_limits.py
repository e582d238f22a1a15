"""How many requests somebody may send, and what answers say about it."""

import math
from typing import Final, NamedTuple, Self

_SECONDS: Final = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}


class Count(NamedTuple):
    """How often something was done in a window, this time included, and when the window ends."""

    number: int
    seconds_left: float


class RateLimit(NamedTuple):
    """At most ``amount`` requests within ``seconds``."""

    name: str
    amount: int
    seconds: int

    @classmethod
    def parse(cls, name: str, text: str) -> Self | None:
        """Return the limit that ``600/minute`` says; None for ``off``."""
        if text == "off":
            return None
        amount, _, unit = text.partition("/")
        return cls(name, int(amount), _SECONDS[unit])

    def allows(self, count: Count) -> bool:
        """Return whether the request that was counted last may be answered."""
        return count.number <= self.amount

    def headers(self, count: Count) -> dict[str, str]:
        """Return the limit and what is left of it (draft-ietf-httpapi-ratelimit-headers)."""
        left = max(self.amount - count.number, 0)
        return {
            "RateLimit-Policy": f'"{self.name}";q={self.amount};w={self.seconds}',
            "RateLimit": f'"{self.name}";r={left};t={retry_after(count)}',
        }


def retry_after(count: Count) -> int:
    """Return after how many whole seconds the window has ended."""
    return max(math.ceil(count.seconds_left), 1)
