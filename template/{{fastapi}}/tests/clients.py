"""Clients that call the service in this process."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import httpx2
from fastapi import FastAPI

Client = httpx2.AsyncClient
Response = httpx2.Response


@asynccontextmanager
async def connect(app: FastAPI, headers: Mapping[str, str] | None = None) -> AsyncIterator[Client]:
    """Open a client for ``app`` that sends ``headers`` with every request."""
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with Client(transport=transport, base_url="http://test", headers=headers) as client:
        yield client
