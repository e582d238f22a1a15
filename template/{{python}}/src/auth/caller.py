"""Who calls: all that access rules see of a request."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Caller:
    """An authenticated account, whatever strategy recognised it."""

    user_id: UUID
    roles: frozenset[str] = frozenset()
    scopes: frozenset[str] | None = None
    """What a key narrows the account's rights to; None means that nothing is narrowed."""
    strategy: str = ""
    session_id: UUID | None = None
    """The log-in that the request belongs to: what a log-out ends."""
