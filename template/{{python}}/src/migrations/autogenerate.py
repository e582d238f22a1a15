"""How models and schema are compared: what counts as a difference, and how it is written down."""

import re
from typing import Any, Final, Literal

from alembic import context
from alembic.autogenerate import comparators
from alembic.autogenerate.api import AutogenContext
from alembic.operations import ops
from sqlalchemy import CheckConstraint, Connection, Table, inspect
from sqlalchemy.sql.schema import SchemaItem
from sqlalchemy.types import TypeDecorator, TypeEngine

from src.migrations.rewrites import rewriter
from src.models import Base

_LITERALS: Final = re.compile(r"'(?:[^']|'')*'|-?\b\d+(?:\.\d+)?\b")


def configure(connection: Connection) -> None:
    """Set Alembic up to migrate, and to compare, by these rules."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        transaction_per_migration=True,
        include_object=_is_ours,
        render_item=_render_type,
        process_revision_directives=rewriter,
    )


def _is_ours(
    item: SchemaItem, name: str | None, kind: str, reflected: bool, other: SchemaItem | None
) -> bool:
    """Leave alone every table that no model describes, and its parts."""
    return not (kind == "table" and reflected and other is None)


def _render_type(kind: str, item: object, autogenerate: AutogenContext) -> str | Literal[False]:
    """Print a type of ours as the database's own, so that migrations need no model."""
    migration = autogenerate.migration_context
    if kind != "type" or not isinstance(item, TypeDecorator) or migration is None:
        return False
    dialect = migration.dialect
    stored: TypeEngine[Any] = item.load_dialect_impl(dialect)
    module = type(stored).__module__
    if not module.startswith("sqlalchemy.dialects."):
        return f"sa.{stored!r}"
    name = module.split(".")[2]
    autogenerate.imports.add(f"from sqlalchemy.dialects import {name}")
    return f"{name}.{stored!r}"


@comparators.dispatch_for("table")
def _compare_checks(
    autogenerate: AutogenContext,
    changes: ops.ModifyTableOps,
    schema: str | None,
    name: str,
    stored: Table | None,
    model: Table | None,
) -> None:
    """Compare check constraints, which Alembic does not: by name, and by the values in them."""
    if stored is None or model is None or autogenerate.connection is None:
        return
    there = {
        str(check["name"]): str(check["sqltext"])
        for check in inspect(autogenerate.connection).get_check_constraints(name, schema=schema)
    }
    wanted = {
        str(check.name): check for check in model.constraints if isinstance(check, CheckConstraint)
    }
    for check_name in sorted(there.keys() | wanted.keys()):
        _compare_check(autogenerate, changes, model, check_name, there, wanted)


def _compare_check(
    autogenerate: AutogenContext,
    changes: ops.ModifyTableOps,
    model: Table,
    name: str,
    there: dict[str, str],
    wanted: dict[str, CheckConstraint],
) -> None:
    new = _condition(autogenerate, wanted[name]) if name in wanted else None
    old = there.get(name)
    if old is not None and new is not None and _values(old) == _values(new):
        return
    made = [ops.CreateCheckConstraintOp(name, model.name, text) for text in (old, new) if text]
    if old is not None:
        changes.ops.append(ops.DropConstraintOp(name, model.name, type_="check", _reverse=made[0]))
    if new is not None:
        changes.ops.append(made[-1])


def _condition(autogenerate: AutogenContext, check: CheckConstraint) -> str:
    if autogenerate.migration_context is None:
        return str(check.sqltext)
    compiled = check.sqltext.compile(
        dialect=autogenerate.migration_context.dialect, compile_kwargs={"literal_binds": True}
    )
    return str(compiled)


def _values(condition: str) -> list[str]:
    """Return the literals of a condition: each database rewrites the rest of it."""
    return sorted(_LITERALS.findall(condition))
