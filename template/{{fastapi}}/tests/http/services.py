"""Services with endpoints or settings that only one test has."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from sqlalchemy.engine import make_url

from src.config import Settings, get_settings
from src.main import create_app
from tests.clients import Client, connect


@asynccontextmanager
async def serving(*routers: APIRouter, **changes: Any) -> AsyncIterator[Client]:  # any setting
    """Open a client of a service that has ``routers`` too, and settings with ``changes``."""
    settings = Settings.model_validate({**get_settings().model_dump(), **changes})
    service = create_app(settings)
    for router in routers:
        service.include_router(router, prefix="/api/v1")
    try:
        async with connect(service) as client:
            yield client
    finally:
        await service.state.admission.counters.close()
        await service.state.database.close()


def unreachable(folder: Path) -> str:
    """Return the URL of a database that is not there: a closed port, or a folder for a file."""
    url = make_url(get_settings().database_url)
    gone = url.set(port=1) if url.host else url.set(database=str(folder))
    return gone.render_as_string(hide_password=False)
