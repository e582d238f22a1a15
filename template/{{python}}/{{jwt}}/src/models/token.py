"""The tables of refresh tokens and of the log-ins that they prolong."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from src.models.base import Base, Timestamps
from src.models.types import UtcDateTime


class TokenFamily(Timestamps, Base):
    """One log-in: every token that descends from it dies with it."""

    __tablename__ = "token_families"
    __table_args__ = (
        sa.PrimaryKeyConstraint("id", name="pk_token_families"),
        sa.Index("ix_token_families_user_id", "user_id"),
    )

    id: Mapped[UUID] = mapped_column(default=uuid7)
    user_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("users.id", name="fk_token_families_user_id_users", ondelete="CASCADE")
    )
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RefreshToken(Timestamps, Base):
    """A token that is good for one refresh; only its hash is known here."""

    __tablename__ = "refresh_tokens"
    __table_args__ = (
        sa.PrimaryKeyConstraint("id", name="pk_refresh_tokens"),
        sa.UniqueConstraint("token_hash", name="uq_refresh_tokens_token_hash"),
        sa.Index("ix_refresh_tokens_family_id", "family_id"),
        sa.Index("ix_refresh_tokens_predecessor_id", "predecessor_id"),
    )

    id: Mapped[UUID] = mapped_column(default=uuid7)
    family_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey(
            "token_families.id",
            name="fk_refresh_tokens_family_id_token_families",
            ondelete="CASCADE",
        )
    )
    predecessor_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey(
            "refresh_tokens.id",
            name="fk_refresh_tokens_predecessor_id_refresh_tokens",
            ondelete="SET NULL",
        )
    )
    token_hash: Mapped[str] = mapped_column(sa.String(64))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
