"""The tables that every service has besides its resources, as the first migration makes them.

The models stand in the template, ``src/auth/``; the service's own tests hold both together.
"""

from __future__ import annotations

from typing import NamedTuple


class SystemColumn(NamedTuple):
    """One column: a text of some length, or a type of SQLAlchemy or ``src/models/types.py``."""

    name: str
    type: str = ""
    nullable: bool = False
    length: int = 0


class SystemKey(NamedTuple):
    """One foreign key to the id of another table."""

    column: str
    target: str
    on_delete: str = "CASCADE"


class SystemTable(NamedTuple):
    """One table; names of constraints are derived as they are for resources."""

    name: str
    columns: tuple[SystemColumn, ...]
    primary_key: tuple[str, ...] = ("id",)
    keys: tuple[SystemKey, ...] = ()
    uniques: tuple[tuple[str, ...], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    when: str = ""


_ID = SystemColumn("id", "sa.Uuid()")
_CREATED = SystemColumn("created_at", "UtcDateTime")
_UPDATED = SystemColumn("updated_at", "UtcDateTime")
_VERSION = SystemColumn("version", "sa.Integer()")

SYSTEM_TABLES = (
    SystemTable(
        "users",
        (
            _ID,
            SystemColumn("email", length=254),
            SystemColumn("password_hash", length=255, nullable=True),
            SystemColumn("name", length=120, nullable=True),
            SystemColumn("email_verified", "sa.Boolean()"),
            _CREATED,
            _UPDATED,
            _VERSION,
        ),
        uniques=(("email",),),
    ),
)
