"""Running migrations from tests, as `make migrate` does."""

from typing import Final

import pytest
from alembic import command
from alembic.config import Config

from src.config import get_settings

CONFIG: Final = Config(toml_file="pyproject.toml")


def migrate(url: str) -> None:
    """Bring the database at ``url`` up to the newest migration."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", url)
        get_settings.cache_clear()
        command.upgrade(CONFIG, "head")
    get_settings.cache_clear()
