"""What is changed in a migration that was just compared, before it is written."""

from collections.abc import Collection
from typing import Any

from alembic.autogenerate.rewriter import Rewriter
from alembic.operations import ops
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, DefaultClause, literal, text
from sqlalchemy.sql.schema import ScalarElementColumnDefault

rewriter = Rewriter()


@rewriter.rewrites(ops.UpgradeOps)
def _rewrite_up(context: MigrationContext, revision: Any, step: ops.UpgradeOps) -> ops.UpgradeOps:
    step.ops = _rewritten(context, step.ops)
    return step


@rewriter.rewrites(ops.DowngradeOps)
def _rewrite_down(
    context: MigrationContext, revision: Any, step: ops.DowngradeOps
) -> ops.DowngradeOps:
    step.ops = _rewritten(context, step.ops)
    return step


def _rewritten(
    context: MigrationContext, steps: list[ops.MigrateOperation]
) -> list[ops.MigrateOperation]:
    dropped = {step.table_name for step in steps if isinstance(step, ops.DropTableOp)}
    kept = [step for step in steps if _remains(step, dropped)]
    return [part for step in kept for part in _filled(context, step)]


def _remains(step: ops.MigrateOperation, dropped: Collection[str]) -> bool:
    """Leave out what a dropped table takes along: MySQL refuses some of it (error 1553)."""
    if isinstance(step, ops.ModifyTableOps) and step.table_name in dropped:
        step.ops = [part for part in step.ops if not isinstance(part, ops.DropIndexOp)]
        return bool(step.ops)
    return not (isinstance(step, ops.DropIndexOp) and step.table_name in dropped)


def _filled(context: MigrationContext, step: ops.MigrateOperation) -> list[ops.MigrateOperation]:
    """Give rows that are there the default of a new column, and take it from the schema again.

    The two are apart because SQLite makes the table anew for the second.
    """
    if not isinstance(step, ops.ModifyTableOps):
        return [step]
    emptied = [
        _without_default(context, step, part.column)
        for part in step.ops
        if isinstance(part, ops.AddColumnOp) and _must_be_filled(part.column)
    ]
    if not emptied:
        return [step]
    return [step, ops.ModifyTableOps(step.table_name, emptied, schema=step.schema)]


def _must_be_filled(column: Column[Any]) -> bool:
    return not column.nullable and isinstance(column.default, ScalarElementColumnDefault)


def _without_default(
    context: MigrationContext, step: ops.ModifyTableOps, column: Column[Any]
) -> ops.AlterColumnOp:
    default = column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None
    value = literal(default, column.type).compile(
        dialect=context.dialect, compile_kwargs={"literal_binds": True}
    )
    column.server_default = DefaultClause(text(str(value)))
    return ops.AlterColumnOp(
        step.table_name,
        column.name,
        schema=step.schema,
        existing_type=column.type,
        existing_nullable=False,
        existing_server_default=column.server_default,
        modify_server_default=None,
    )
