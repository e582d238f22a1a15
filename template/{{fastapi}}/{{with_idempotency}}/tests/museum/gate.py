"""An endpoint at which a test can let a request wait, or fail."""

import asyncio
from dataclasses import dataclass, field

from fastapi import APIRouter, Depends, Request, Response

from src.http.dependencies import CurrentUser, DbSession, JsonBody
from src.http.idempotency import idempotent
from src.http.responses import created_response
from src.http.unit_of_work import UnitOfWorkRoute
from tests.museum.rules import ROOMS, RoomCreate

PATH = "/api/v1/gates"


@dataclass
class Gate:
    """The first request waits where it is closed; those that find an error or an answer have it."""

    reached: asyncio.Event = field(default_factory=asyncio.Event)
    opened: asyncio.Event = field(default_factory=asyncio.Event)
    outcomes: list[Exception | Response] = field(default_factory=list)

    async def pass_through(self) -> Response | None:
        """Wait; raise an error, or return an answer, that is ready."""
        if not self.reached.is_set():
            self.reached.set()
            await self.opened.wait()
        outcome = self.outcomes.pop(0) if self.outcomes else None
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def router(self) -> APIRouter:
        """Return an endpoint that makes rooms behind the gate, and one that knows no callers."""
        router = APIRouter(route_class=UnitOfWorkRoute)

        @router.post("/gates")
        @idempotent(ROOMS.policy, RoomCreate)
        async def make(
            request: Request, caller: CurrentUser, body: JsonBody, session: DbSession
        ) -> Response:
            early = await self.pass_through()
            row = await ROOMS.create(session, caller, RoomCreate.parse(body))
            return early or created_response(request, row)

        @router.post("/open-gates")
        @idempotent(ROOMS.policy, RoomCreate)
        async def make_openly(
            request: Request, body: JsonBody, session: DbSession, caller: None = _NOBODY
        ) -> Response:
            return Response(status_code=204)

        return router


def _nobody() -> None:
    """Know no caller."""


_NOBODY = Depends(_nobody)
