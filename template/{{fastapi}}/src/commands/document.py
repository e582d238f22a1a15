"""The command that prints the OpenAPI document."""

import json
from argparse import Namespace

from src.db import Database
from src.main import create_app


async def openapi(database: Database, options: Namespace) -> str:
    """Return the document as JSON."""
    return json.dumps(create_app().openapi(), indent=2, ensure_ascii=False)
