"""The tables that every service has besides its resources, as the first migration makes them.

The models stand in the template, ``src/models/``; the service's own tests hold both together.
"""

from __future__ import annotations

from typing import NamedTuple


class SystemColumn(NamedTuple):
    """One column; ``type`` is SQLAlchemy's, or a name of ``src/models/types.py``."""

    name: str
    type: str
    nullable: bool = False


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
            SystemColumn("email", "sa.String(254)"),
            SystemColumn("password_hash", "sa.String(255)", nullable=True),
            SystemColumn("name", "sa.String(120)", nullable=True),
            SystemColumn("email_verified", "sa.Boolean()"),
            _CREATED,
            _UPDATED,
            _VERSION,
        ),
        uniques=(("email",),),
    ),
    SystemTable(
        "user_roles",
        (
            SystemColumn("user_id", "sa.Uuid()"),
            SystemColumn("role", "sa.String(60)"),
            _CREATED,
            _UPDATED,
        ),
        primary_key=("user_id", "role"),
        keys=(SystemKey("user_id", "users"),),
    ),
    SystemTable(
        "email_links",
        (
            _ID,
            SystemColumn("user_id", "sa.Uuid()", nullable=True),
            SystemColumn("purpose", "sa.String(20)"),
            SystemColumn("email", "sa.String(254)"),
            SystemColumn("token_hash", "sa.String(64)"),
            SystemColumn("expires_at", "UtcDateTime"),
            _CREATED,
            _UPDATED,
        ),
        keys=(SystemKey("user_id", "users"),),
        uniques=(("token_hash",),),
        indexes=(("user_id",), ("expires_at",)),
    ),
    SystemTable(
        "token_families",
        (
            _ID,
            SystemColumn("user_id", "sa.Uuid()"),
            SystemColumn("revoked_at", "UtcDateTime", nullable=True),
            _CREATED,
            _UPDATED,
        ),
        keys=(SystemKey("user_id", "users"),),
        indexes=(("user_id",),),
        when="jwt",
    ),
    SystemTable(
        "refresh_tokens",
        (
            _ID,
            SystemColumn("family_id", "sa.Uuid()"),
            SystemColumn("predecessor_id", "sa.Uuid()", nullable=True),
            SystemColumn("token_hash", "sa.String(64)"),
            SystemColumn("expires_at", "UtcDateTime"),
            SystemColumn("used_at", "UtcDateTime", nullable=True),
            _CREATED,
            _UPDATED,
        ),
        keys=(
            SystemKey("family_id", "token_families"),
            SystemKey("predecessor_id", "refresh_tokens", "SET NULL"),
        ),
        uniques=(("token_hash",),),
        indexes=(("family_id",), ("predecessor_id",)),
        when="jwt",
    ),
    SystemTable(
        "idempotency_keys",
        (
            SystemColumn("key_hash", "sa.String(64)"),
            SystemColumn("user_id", "sa.Uuid()"),
            SystemColumn("body_hash", "sa.String(64)"),
            SystemColumn("lease_id", "sa.Uuid()"),
            SystemColumn("lease_expires_at", "UtcDateTime"),
            SystemColumn("status", "sa.Integer()", nullable=True),
            SystemColumn("headers", "JsonValue", nullable=True),
            SystemColumn("body", "LongText", nullable=True),
            _CREATED,
            _UPDATED,
        ),
        primary_key=("key_hash",),
        keys=(SystemKey("user_id", "users"),),
        indexes=(("user_id",), ("created_at",)),
        when="with_idempotency",
    ),
)

SYSTEM_MODELS = (
    ("user", ""),
    ("email_link", ""),
    ("token", "jwt"),
    ("idempotency_key", "with_idempotency"),
)
"""The modules of ``src/models/`` that hold them, and when they are there."""

SYSTEM_ROUTERS = (("accounts", ""), ("email_links", ""), ("users", ""), ("tokens", "jwt"))
"""The modules of ``src/routers/`` that are no resource's, and when they are there."""
