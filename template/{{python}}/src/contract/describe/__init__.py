"""The OpenAPI description of each endpoint, made from what the endpoint itself works with.

Routers pass what these functions return as ``openapi_extra``; ``document`` puts it together.
"""

from src.contract.describe.document import Endpoint, document
from src.contract.describe.operations import (
    create_of,
    delete_of,
    endpoint,
    get_of,
    list_of,
    update_of,
)
from src.contract.describe.parameters import ROW_ID, path_parameter

__all__ = [
    "ROW_ID",
    "Endpoint",
    "create_of",
    "delete_of",
    "document",
    "endpoint",
    "get_of",
    "list_of",
    "path_parameter",
    "update_of",
]
