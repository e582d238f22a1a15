"""How models and schema are compared: what counts as a difference."""

from alembic import context
from alembic.autogenerate import comparators
from alembic.autogenerate.api import AutogenContext
from alembic.operations import ops
from sqlalchemy import CheckConstraint, Connection, Dialect, Table
from sqlalchemy.sql.schema import SchemaItem

from src.migrations.conditions import read_check
from src.migrations.printing import print_item
from src.migrations.rewrites import rewriter
from src.models import Base


def configure(connection: Connection) -> None:
    """Set Alembic up to migrate, and to compare, by these rules."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        transaction_per_migration=True,
        include_object=is_ours,
        render_item=print_item,
        process_revision_directives=rewriter,
    )


def is_ours(
    item: SchemaItem, name: str | None, kind: str, reflected: bool, other: SchemaItem | None
) -> bool:
    """Leave alone every table that no model describes, and its parts."""
    return not (kind == "table" and reflected and other is None)


@comparators.dispatch_for("table")
def _compare_checks(
    autogenerate: AutogenContext,
    changes: ops.ModifyTableOps,
    schema: str | None,
    name: str,
    stored: Table | None,
    model: Table | None,
) -> None:
    """Compare check constraints, which Alembic does not."""
    if stored is None or model is None or autogenerate.dialect is None:
        return
    there, wanted = _named_checks(stored), _named_checks(model)
    for check_name in sorted(there.keys() | wanted.keys()):
        old, new = there.get(check_name), wanted.get(check_name)
        if old is None or new is None or not _say_the_same(old, new, autogenerate.dialect):
            _replace(changes, old, new)


def _named_checks(table: Table) -> dict[str, CheckConstraint]:
    return {
        str(check.name): check
        for check in table.constraints
        if isinstance(check, CheckConstraint) and check.name
    }


def _replace(
    changes: ops.ModifyTableOps, old: CheckConstraint | None, new: CheckConstraint | None
) -> None:
    if old is not None:
        changes.ops.append(ops.DropConstraintOp.from_constraint(old))
    if new is not None:
        changes.ops.append(ops.AddConstraintOp.from_constraint(new))


def _say_the_same(old: CheckConstraint, new: CheckConstraint, dialect: Dialect) -> bool:
    """Return whether two checks of one name agree; what cannot be read counts as equal."""
    stored, wanted = read_check(old, dialect), read_check(new, dialect)
    if stored is None or wanted is None:
        return stored is wanted
    return stored.says_the_same(wanted)
