"""The migrations lead from nothing to what the models say, and back."""

import os

from tests.migrating import alembic


def test_models_and_schema_are_the_same() -> None:
    """A model without its migration, or the other way round, is found here."""
    alembic(os.environ["DATABASE_URL"], "check")
