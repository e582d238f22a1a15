"""Whether the process lives, and whether it can serve."""

from fastapi import APIRouter, Request, Response

from src.http.responses import json_response
from src.migrations.status import require_current

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def healthz() -> Response:
    """Tell that the process answers."""
    return json_response({"status": "ok"})


@router.get("/readyz")
async def readyz(request: Request) -> Response:
    """Tell that the database can be reached and that its migrations are current."""
    await require_current(request.app.state.database)
    return json_response({"status": "ok"})
