"""The audit log: who did what with which row, when and from where; never a secret.

What a unit of work does is written once it is committed, a fact of security at once.
"""

import logging
from enum import StrEnum
from functools import partial
from uuid import UUID

from structlog.contextvars import get_contextvars

from src.contract.fields.times import format_moment, now
from src.db import Session


class Event(StrEnum):
    """What is recorded."""

    CREATED = "created"
    UPDATED = "updated"
    DELETED = "deleted"
    REFUSED = "refused"
    REGISTERED = "registered"
    LOGGED_IN = "logged_in"
    LOG_IN_FAILED = "log_in_failed"
    LOGGED_OUT = "logged_out"
    REFRESHED = "refreshed"
    TOKEN_REUSED = "token_reused"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_RESET = "password_reset"
    EMAIL_VERIFIED = "email_verified"
    EMAIL_CHANGE_REQUESTED = "email_change_requested"
    EMAIL_CHANGED = "email_changed"
    ROLE_GRANTED = "role_granted"
    ROLE_REVOKED = "role_revoked"


# Apart from LOG_LEVEL: whoever silences the service does not silence this.
logger = logging.getLogger("audit")
logger.setLevel(logging.INFO)


def record(
    session: Session,
    event: Event,
    user_id: UUID | None,
    table: str,
    row_id: UUID | None,
    **details: object,
) -> None:
    """Write, when ``session`` is committed, that ``user_id`` did this with a row of ``table``."""
    session.on_commit(partial(_write, event, _entry(user_id, table, row_id, details)))


def record_at_once(
    event: Event, user_id: UUID | None, table: str | None, row_id: UUID | None, **details: object
) -> None:
    """Write what counts whether or not the request goes on to commit anything."""
    _write(event, _entry(user_id, table, row_id, details))


def _entry(
    user_id: UUID | None, table: str | None, row_id: UUID | None, details: dict[str, object]
) -> dict[str, object]:
    context = get_contextvars()  # empty in a command
    return {
        "user_id": user_id and str(user_id),
        "table": table,
        "row_id": row_id and str(row_id),
        "occurred_at": format_moment(now()),
        "request_id": context.get("request_id"),
        "client": context.get("client"),
        "details": details,
    }


def _write(event: Event, entry: dict[str, object]) -> None:
    logger.info(event.value, extra=entry)
