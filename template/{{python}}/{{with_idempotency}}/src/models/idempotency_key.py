"""The table of requests that may be sent again, and of their first answers."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from src.models.base import Base, Timestamps
from src.models.types import JsonValue, LongText, UtcDateTime


class IdempotencyKey(Timestamps, Base):
    """A key that a caller gave, leased to one request; ``status`` is null until that is done."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        sa.PrimaryKeyConstraint("key_hash", name="pk_idempotency_keys"),
        sa.Index("ix_idempotency_keys_user_id", "user_id"),
        sa.Index("ix_idempotency_keys_created_at", "created_at"),
    )

    key_hash: Mapped[str] = mapped_column(sa.String(64))
    user_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("users.id", name="fk_idempotency_keys_user_id_users", ondelete="CASCADE")
    )
    body_hash: Mapped[str] = mapped_column(sa.String(64))
    lease_id: Mapped[UUID]
    lease_expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[int | None]
    headers: Mapped[dict[str, str] | None] = mapped_column(JsonValue)
    body: Mapped[str | None] = mapped_column(LongText)
