"""The OpenAPI document, and a page that shows it and loads nothing from another host."""

from functools import lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

from src.errors import not_found
from src.http.responses import json_response

_ASSETS: Final = Path(__file__).resolve().parents[2] / "assets" / "swagger-ui"
_TYPES: Final = {
    "favicon-32x32.png": "image/png",
    "initializer.js": "text/javascript",
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
}
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PAGE: Final = """\
<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{title}</title>
    <link rel="icon" type="image/png" href="{favicon-32x32.png}">
    <link rel="stylesheet" href="{swagger-ui.css}">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="{swagger-ui-bundle.js}"></script>
    <script src="{initializer.js}"></script>
  </body>
</html>
"""

document_router = APIRouter(include_in_schema=False)
router = APIRouter(include_in_schema=False)


@document_router.get("/openapi.json")
async def read_document(request: Request) -> Response:
    """Return the OpenAPI document of the whole service."""
    return json_response(request.app.openapi())


@router.get("/")
async def redirect_to_page() -> Response:
    """Send whoever opens the service to its documentation."""
    return RedirectResponse("/docs", status_code=303)


@router.get("/docs")
async def show_page(request: Request) -> Response:
    """Return the page that shows the document."""
    links = {name: f"docs/{name}?{_fingerprint(name)}" for name in _TYPES}
    page = _PAGE
    for name, value in {"title": escape(request.app.title), **links}.items():
        page = page.replace(f"{{{name}}}", value)
    return HTMLResponse(page, headers={"Content-Security-Policy": _POLICY})


@router.get("/docs/{name}")
async def read_asset(name: str) -> Response:
    """Return a file of the page; its address changes whenever it does."""
    if name not in _TYPES:
        raise not_found()
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "Vary": "Origin",
    }
    return FileResponse(_ASSETS / name, headers=headers, media_type=_TYPES[name])


@lru_cache
def _fingerprint(name: str) -> str:
    return sha256((_ASSETS / name).read_bytes()).hexdigest()[:16]
