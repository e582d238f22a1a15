"""What is changed in a migration that was just compared, before it is written."""

from collections.abc import Collection, Iterable, Iterator

from alembic.autogenerate.rewriter import Rewriter
from alembic.operations import ops
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import JSON, MetaData
from sqlalchemy.sql.schema import CallableColumnDefault, ScalarElementColumnDefault

from src.contract.tables import AnyColumn
from src.migrations.dialect import default_clause, literal

rewriter = Rewriter()


@rewriter.rewrites(ops.UpgradeOps)
def _rewrite_up(
    context: MigrationContext, revision: object, step: ops.UpgradeOps
) -> ops.UpgradeOps:
    for part in _parts(step.ops):
        if isinstance(part, ops.AddColumnOp):
            _require_default(part)
    step.ops = _rewritten(context, step.ops)
    return step


@rewriter.rewrites(ops.DowngradeOps)
def _rewrite_down(
    context: MigrationContext, revision: object, step: ops.DowngradeOps
) -> ops.DowngradeOps:
    step.ops = _rewritten(context, step.ops)
    return step


def _parts(steps: Iterable[ops.MigrateOperation]) -> Iterator[ops.MigrateOperation]:
    for step in steps:
        yield from step.ops if isinstance(step, ops.ModifyTableOps) else (step,)


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
    """Give rows that are there a value wherever none is not allowed any more."""
    if not isinstance(step, ops.ModifyTableOps):
        return [step]
    before = [_fill(context, part) for part in step.ops if isinstance(part, ops.AlterColumnOp)]
    after = [_add_filled(context, part) for part in step.ops if isinstance(part, ops.AddColumnOp)]
    emptied: list[ops.MigrateOperation] = [part for part in after if part is not None]
    rest = [ops.ModifyTableOps(step.table_name, emptied, schema=step.schema)] if emptied else []
    return [*(part for part in before if part is not None), step, *rest]


def _fill(context: MigrationContext, step: ops.AlterColumnOp) -> ops.ExecuteSQLOp | None:
    """Return what fills a column that may not be null any more."""
    column = _model_column(context, step)
    if step.modify_nullable is not False or column is None or not _has_value(column):
        return None
    quote = context.dialect.identifier_preparer.quote
    table, name = quote(step.table_name), quote(step.column_name)
    value = literal(_stored(context, column)).replace(":", "\\:")
    # All of it is quoted.
    fill = f"UPDATE {table} SET {name} = {value} WHERE {name} IS NULL"  # noqa: S608 - as said
    return ops.ExecuteSQLOp(fill)


def _add_filled(context: MigrationContext, step: ops.AddColumnOp) -> ops.AlterColumnOp | None:
    """Add a column with its default, and return what takes that from the schema again.

    The two are apart because SQLite makes the table anew for the second.
    """
    column = step.column
    if column.nullable or column.server_default is not None or not _has_value(column):
        return None
    column.server_default = default_clause(column, _stored(context, column))
    return ops.AlterColumnOp(
        step.table_name,
        column.name,
        schema=step.schema,
        existing_type=column.type,
        existing_nullable=False,
        modify_server_default=None,
    )


def _require_default(step: ops.AddColumnOp) -> None:
    column = step.column
    filled = column.nullable or column.server_default is not None or column.computed is not None
    if not filled and not _has_value(column):
        raise CommandError(
            f"{step.table_name}.{column.name} may not be null, and rows that are there have no "
            "value for it: give the model's column a default, or let it be null."
        )


def _has_value(column: AnyColumn) -> bool:
    """Return whether a default is the same for every row; a list or a mapping comes of a call."""
    if isinstance(column.default, CallableColumnDefault):
        return isinstance(column.type, JSON)
    return isinstance(column.default, ScalarElementColumnDefault)


def _stored(context: MigrationContext, column: AnyColumn) -> object:
    """Return a column's default as the database is given it."""
    default = column.default
    value = default.arg(None) if isinstance(default, CallableColumnDefault) else None  # type: ignore[arg-type] # it takes no context
    if isinstance(default, ScalarElementColumnDefault):
        value = default.arg
    bind = column.type.dialect_impl(context.dialect).bind_processor(context.dialect)
    return value if bind is None else bind(value)


def _model_column(context: MigrationContext, step: ops.AlterColumnOp) -> AnyColumn | None:
    metadata = context.opts["target_metadata"]
    table = metadata.tables.get(step.table_name) if isinstance(metadata, MetaData) else None
    return None if table is None else table.c.get(step.column_name)
