"""Answers as the contract words them."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from fastapi import Request, Response

from src.contract.casing import json_names
from src.contract.encoding import to_json
from src.contract.etags import etag_of, not_modified
from src.contract.pages import Page, Row
from src.http.dependencies import query_pairs

JSON = "application/json"


def json_response(
    content: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return ``content`` as JSON."""
    return Response(to_json(content), status, headers, JSON)


def no_content() -> Response:
    """Return the answer without a body."""
    return Response(status_code=204)


def accepted() -> Response:
    """Return the answer to what is done later, by mail; it says nothing about anybody."""
    return Response(status_code=202)


def row_response(request: Request, row: Row, fields: Sequence[str] = ()) -> Response:
    """Return one row with its ETag, or 304 where the client has it; sparse ones have none."""
    tags = request.headers.get("if-none-match") if request.method == "GET" else None
    is_known = not_modified(tags, row.get("version", 0))
    if fields:
        return json_response(json_names(row))
    headers = {"ETag": etag_of(row["version"])}
    if is_known:
        return Response(status_code=304, headers=headers)
    return json_response(json_names(row), 200, headers)


def created_response(request: Request, row: Row) -> Response:
    """Return a row that was just made, and where it is."""
    headers = {"Location": f"{request.scope['path']}/{row['id']}", "ETag": etag_of(row["version"])}
    return json_response(json_names(row), 201, headers)


def page_response(request: Request, page: Page) -> Response:
    """Return a page, with a link to the next one where there is one."""
    info = {"limit": page.limit, "has_more": page.next_cursor is not None}
    total = {} if page.total is None else {"total": page.total}
    body = {
        "data": [json_names(row) for row in page.rows],
        "page": json_names({**info, "next_cursor": page.next_cursor, **total}),
    }
    if page.next_cursor is None:
        return json_response(body)
    kept = [pair for pair in query_pairs(request) if pair[0] != "cursor"]
    query = urlencode([*kept, ("cursor", page.next_cursor)])
    return json_response(body, 200, {"Link": f'<{request.scope["path"]}?{query}>; rel="next"'})
