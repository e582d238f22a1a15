"""Whether a document is OpenAPI 3.1 at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openapi_spec_validator import OpenAPIV31SpecValidator


def faults(document: dict[str, Any]) -> Iterator[str]:  # OpenAPI is any JSON
    """Yield what openapi-spec-validator finds in ``document``."""
    if not str(document.get("openapi", "")).startswith("3.1."):
        yield f"the version is {document.get('openapi')!r}, expected 3.1"
    for error in OpenAPIV31SpecValidator(document).iter_errors():
        yield f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
