"""How the parts of a migration are printed, where Alembic's own way is not how models read."""

from typing import Any, Literal

from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations import ops
from sqlalchemy import JSON, CheckConstraint, DefaultClause, TextClause
from sqlalchemy.types import TypeDecorator, TypeEngine

from src.migrations.conditions import read_check, text_of


def print_item(kind: str, item: object, autogenerate: AutogenContext) -> str | Literal[False]:
    """Return how a part is printed; False where Alembic's own way will do."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return _print_type(item, autogenerate)
    if kind == "type" and isinstance(item, JSON):
        return "sa.JSON()"
    if kind == "check" and isinstance(item, CheckConstraint):
        return f"sa.CheckConstraint({_print_condition(item, autogenerate)}, name={item.name!r})"
    if kind == "server_default" and isinstance(item, DefaultClause):
        return _print_default(item)
    return False


def _print_type(
    item: TypeDecorator[Any],  # of any type
    autogenerate: AutogenContext,
) -> str | Literal[False]:
    """Print a type of ours as the database's own, so that migrations need no model."""
    if autogenerate.dialect is None:
        return False
    stored: TypeEngine[Any] = item.load_dialect_impl(autogenerate.dialect)  # of any type
    module = type(stored).__module__
    if not module.startswith("sqlalchemy.dialects."):
        return f"sa.{stored!r}"
    name = module.split(".")[2]
    autogenerate.imports.add(f"from sqlalchemy.dialects import {name}")
    return f"{name}.{stored!r}"


def _print_default(item: DefaultClause) -> str | Literal[False]:
    if isinstance(item.arg, TextClause):
        return f"sa.text({item.arg.text!r})"
    return repr(item.arg) if isinstance(item.arg, str) else False


def _print_condition(check: CheckConstraint, autogenerate: AutogenContext) -> str:
    """Print a condition as models do; one that cannot be read stays SQL."""
    if autogenerate.dialect is None:
        return repr(str(check.sqltext))
    condition = read_check(check, autogenerate.dialect)
    return repr(text_of(check, autogenerate.dialect)) if condition is None else condition.python()


@renderers.dispatch_for(ops.CreateCheckConstraintOp, replace=True)
def _print_new_check(autogenerate: AutogenContext, step: ops.CreateCheckConstraintOp) -> str:
    condition = _print_condition(step.to_constraint(), autogenerate)
    if autogenerate._has_batch:
        return f"batch_op.create_check_constraint({step.constraint_name!r}, {condition})"
    return f"op.create_check_constraint({step.constraint_name!r}, {step.table_name!r}, {condition})"
