"""The table of links that were mailed."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from src.models.base import Base, Timestamps
from src.models.types import UtcDateTime


class Purpose(StrEnum):
    """What a link is good for."""

    VERIFY_EMAIL = "verify_email"
    CHANGE_EMAIL = "change_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - no password


class EmailLink(Timestamps, Base):
    """A link that is good once, and only its hash is known here; that of nobody is never good."""

    __tablename__ = "email_links"
    __table_args__ = (
        sa.PrimaryKeyConstraint("id", name="pk_email_links"),
        sa.UniqueConstraint("token_hash", name="uq_email_links_token_hash"),
        sa.Index("ix_email_links_user_id", "user_id"),
        sa.Index("ix_email_links_expires_at", "expires_at"),
    )

    id: Mapped[UUID] = mapped_column(default=uuid7)
    user_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("users.id", name="fk_email_links_user_id_users", ondelete="CASCADE")
    )
    purpose: Mapped[str] = mapped_column(sa.String(20))
    email: Mapped[str] = mapped_column(sa.String(254))
    token_hash: Mapped[str] = mapped_column(sa.String(64))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
