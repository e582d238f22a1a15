"""What the tables have in common."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from uuid_utils.compat import uuid7

from src.contract.fields.times import now
from src.models.types import UtcDateTime


class Base(DeclarativeBase):
    """Every table; names of constraints are always given."""


class Timestamps:
    """When a row was made and last changed."""

    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, sort_order=101)
    updated_at: Mapped[datetime] = mapped_column(
        UtcDateTime, default=now, onupdate=now, sort_order=102
    )


class ResourceMixin(Timestamps):
    """A row that clients can name, and whose changes they can count."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7, sort_order=-1)
    version: Mapped[int] = mapped_column(default=1, sort_order=103)
