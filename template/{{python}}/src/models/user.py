"""The tables of accounts and of their roles."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from src.models.base import Base, ResourceMixin, Timestamps


class User(ResourceMixin, Base):
    """An account; ``email`` is in lower case, and who has no password logs in otherwise."""

    __tablename__ = "users"
    __table_args__ = (
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("email", name="uq_users_email"),
    )

    email: Mapped[str] = mapped_column(sa.String(254))
    password_hash: Mapped[str | None] = mapped_column(sa.String(255))
    name: Mapped[str | None] = mapped_column(sa.String(120))
    email_verified: Mapped[bool] = mapped_column(default=False)


class UserRole(Timestamps, Base):
    """A role that an account has."""

    __tablename__ = "user_roles"
    __table_args__ = (sa.PrimaryKeyConstraint("user_id", "role", name="pk_user_roles"),)

    user_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("users.id", name="fk_user_roles_user_id_users", ondelete="CASCADE")
    )
    role: Mapped[str] = mapped_column(sa.String(60))
