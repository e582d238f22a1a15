"""Starlette and asyncpg with nothing between: the same token, the same queries, the same bytes.

Runs in a generated service's environment. Only what is pure computation is shared with it: the
check of the token, the signature of the cursor, and JSON.
"""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import uvicorn
from src.auth.access_tokens import read_access_token
from src.contract.cursors import write_cursor
from src.contract.encoding import to_json
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

COLUMNS = "id, owner_id, title, note, effort, done, due_on, created_at, updated_at, version"
ROLES = """
SELECT user_roles.role FROM token_families
LEFT OUTER JOIN user_roles ON user_roles.user_id = token_families.user_id
WHERE token_families.id = $1 AND token_families.user_id = $2 AND token_families.revoked_at IS NULL
"""
FIRST_PAGE = f"SELECT {COLUMNS} FROM tasks ORDER BY id DESC LIMIT $1"


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """Keep a pool as large as the service's."""
    url = os.environ["DATABASE_URL"]
    async with asyncpg.create_pool(url, min_size=10, max_size=10, timeout=10) as pool:
        app.state.pool = pool
        yield


async def list_tasks(request: Request) -> Response:
    """Answer the first page."""
    token = read_access_token(request.headers["authorization"].removeprefix("Bearer "))
    limit = int(request.query_params.get("limit", "20"))
    async with request.app.state.pool.acquire() as connection:
        roles = await connection.fetch(ROLES, token.family_id, token.user_id)
        if not roles:
            return Response(status_code=401)
        rows = await connection.fetch(FIRST_PAGE, limit + 1)
    data = [dict(row) for row in rows[:limit]]
    more = len(rows) > limit
    cursor = write_cursor([data[-1]["id"]], ["tasks"]) if more else None
    page = {"limit": limit, "has_more": more, "next_cursor": cursor}
    return Response(to_json({"data": data, "page": page}), media_type="application/json")


app = Starlette(routes=[Route("/api/v1/tasks", list_tasks)], lifespan=lifespan)

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
