"""The one table, and where the database is."""

from __future__ import annotations

import os

from sqlalchemy import String, make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

DRIVERS = {"sqlite": "aiosqlite", "postgresql": "asyncpg", "mysql": "asyncmy"}


class Base(DeclarativeBase):
    """What tables share."""


class Thing(Base):
    """One thing."""

    __tablename__ = "things"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))


def database_url() -> str:
    """Return the database's URL with the driver that is installed."""
    url = make_url(os.environ["DATABASE_URL"])
    kind = url.get_backend_name()
    return url.set(drivername=f"{kind}+{DRIVERS[kind]}").render_as_string(hide_password=False)
