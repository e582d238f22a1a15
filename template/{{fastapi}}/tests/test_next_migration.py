"""What the next migration says: what counts as a change, what fills rows, how it is printed."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy.schema import SchemaItem

from src.db import Database
from src.migrations.autogenerate import is_ours
from src.migrations.printing import print_item
from src.migrations.rewrites import rewriter
from src.models.types import ExactDecimal, JsonValue, LongText, UtcDateTime

OPTIONS: dict[str, Any] = {  # as Alembic takes them
    "compare_type": True,
    "include_object": is_ours,
    "render_item": print_item,
}


def sketch(*parts: SchemaItem) -> sa.MetaData:
    """Return models with one table of an id and these parts."""
    metadata = sa.MetaData()
    sa.Table("sketches", metadata, sa.Column("id", sa.Integer, primary_key=True), *parts)
    return metadata


def state(*values: str) -> tuple[SchemaItem, SchemaItem]:
    """Return a column that has one of these values, and the check that says so."""
    check = sa.CheckConstraint(sa.column("state").in_(values), name="ck_sketches_state")
    return sa.Column("state", sa.String(9)), check


async def written(database: Database, before: sa.MetaData, after: sa.MetaData) -> tuple[str, str]:
    """Return what a migration from one to the other says, up and down, in one line each."""

    def compare(connection: sa.Connection) -> tuple[str, str]:
        before.create_all(connection)
        connection.commit()
        try:
            return _render(connection, after)
        finally:
            connection.rollback()
            before.drop_all(connection)
            connection.commit()

    async with database.engine.connect() as connection:
        return await connection.run_sync(compare)


def _render(connection: sa.Connection, after: sa.MetaData) -> tuple[str, str]:
    opts = {"target_metadata": after, **OPTIONS}
    context = MigrationContext.configure(connection, opts=opts)
    script = produce_migrations(context, after)
    rewriter(context, "0002", [script])
    assert script.upgrade_ops is not None
    assert script.downgrade_ops is not None
    steps = (script.upgrade_ops, script.downgrade_ops)
    codes = [
        render_python_code(step, render_item=print_item, migration_context=context)
        for step in steps
    ]
    up, down = (re.sub(r"\s+", " ", code).replace("'", '"') for code in codes)
    return up, down


async def test_a_value_more_replaces_the_check(database: Database) -> None:
    up, down = await written(database, sketch(*state("a")), sketch(*state("a", "b")))
    assert "drop_constraint" in up
    assert 'create_check_constraint("ck_sketches_state", "sketches", ' in up
    assert 'sa.column("state").in_(["a", "b"])' in up
    assert 'sa.column("state").in_(["a"])' in down


async def test_the_same_values_in_another_order_change_nothing(database: Database) -> None:
    up, _ = await written(database, sketch(*state("a", "b")), sketch(*state("b", "a")))
    assert up.endswith("pass # ### end Alembic commands ###")


async def test_a_condition_that_cannot_be_read_counts_by_its_name(database: Database) -> None:
    def with_length(least: int) -> sa.MetaData:
        check = sa.CheckConstraint(f"length(state) > {least}", name="ck_sketches_length")
        return sketch(sa.Column("state", sa.String(9)), check)

    up, _ = await written(database, with_length(1), with_length(2))
    assert up.endswith("pass # ### end Alembic commands ###")
    up, _ = await written(database, sketch(sa.Column("state", sa.String(9))), with_length(2))
    assert '"length(state) > 2"' in up


async def test_a_new_column_fills_rows_and_then_forgets_its_default(database: Database) -> None:
    moment = datetime(2030, 1, 31, tzinfo=UTC)
    columns: tuple[sa.Column[Any], ...] = (  # of any type
        sa.Column("words", sa.String(20), default="it's :one", nullable=False),
        sa.Column("prose", LongText, default="it's :one", nullable=False),
        sa.Column("price", ExactDecimal(8, 2), default=Decimal("1.50"), nullable=False),
        sa.Column("moment", UtcDateTime, default=moment, nullable=False),
        sa.Column("extra", JsonValue, default=lambda: {"a": 1}, nullable=False),
        sa.Column("maybe", sa.Integer, default=1),
    )
    up, _ = await written(database, sketch(), sketch(*columns))
    assert up.count("server_default=None") == len(columns) - 1
    assert "UtcDateTime" not in up
    assert "ExactDecimal" not in up


async def test_a_column_that_may_not_be_null_any_more_is_filled(database: Database) -> None:
    before = sketch(sa.Column("words", sa.String(20)))
    after = sketch(sa.Column("words", sa.String(20), default="a: :b", nullable=False))
    up, _ = await written(database, before, after)
    assert "UPDATE sketches SET words = " in up
    assert "WHERE words IS NULL" in up


async def test_a_new_column_without_a_value_for_rows_is_refused(database: Database) -> None:
    with pytest.raises(CommandError, match=r"sketches\.words may not be null"):
        await written(database, sketch(), sketch(sa.Column("words", sa.Text, nullable=False)))


async def test_a_table_takes_its_indexes_along(database: Database) -> None:
    after = sketch()
    words = sa.Column("words", sa.String(20))
    sa.Table("others", after, words, sa.Index("ix_others_words", "words"), *state("a"))
    up, down = await written(database, sketch(), after)
    assert "create_index" in up
    assert 'sa.CheckConstraint(sa.column("state").in_(["a"]), name="ck_sketches_state")' in up
    assert "drop_table" in down
    assert "drop_index" not in down


async def test_tables_that_no_model_knows_are_left_alone(database: Database) -> None:
    up, _ = await written(database, sketch(), sa.MetaData())
    assert up.endswith("pass # ### end Alembic commands ###")
