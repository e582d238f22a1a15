"""The migrations lead from nothing to what the models say, and back."""

import os
from collections.abc import Iterator

import pytest
from alembic import command

from src.config import get_settings
from tests.migrating import CONFIG
from tests.scratch import scratch_database


@pytest.fixture
def _own_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let settings name a database that no other test uses."""
    with scratch_database(os.environ["DATABASE_URL"], "migrations") as url:
        monkeypatch.setenv("DATABASE_URL", url)
        get_settings.cache_clear()
        yield
    get_settings.cache_clear()


@pytest.mark.usefixtures("_own_database")
def test_models_and_schema_agree_after_down_and_up() -> None:
    """A model without its migration, or the other way round, is found here."""
    command.downgrade(CONFIG, "base")
    command.upgrade(CONFIG, "head")
    command.check(CONFIG)
