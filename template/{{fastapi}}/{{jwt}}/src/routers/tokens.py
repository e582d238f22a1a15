"""The endpoints of tokens. The body says who asks: ``Authorization`` is not looked at."""

from fastapi import APIRouter, Response

from src.contract import describe
from src.contract.casing import json_names
from src.errors import Code
from src.http.dependencies import Attempts, DbSession, JsonBody, NoQuery
from src.http.responses import json_response, no_content
from src.http.unit_of_work import UnitOfWorkRoute
from src.schemas.account import Credentials
from src.schemas.token import Refresh, TokenPair
from src.services import tokens

router = APIRouter(prefix="/auth/tokens", tags=["auth"], route_class=UnitOfWorkRoute)

_HEADERS = ["Cache-Control"]


@router.post(
    "",
    operation_id="create_tokens",
    openapi_extra=describe.endpoint(
        200,
        TokenPair,
        Credentials,
        codes=[Code.INVALID_CREDENTIALS, Code.FORBIDDEN],
        headers=_HEADERS,
    ),
)
async def create_tokens(
    _: NoQuery, body: JsonBody, session: DbSession, attempts: Attempts
) -> Response:
    """Log in with address and password."""
    return json_response(json_names(await tokens.create_tokens(session, body, attempts)))


@router.post(
    "/refresh",
    operation_id="refresh_tokens",
    openapi_extra=describe.endpoint(
        200,
        TokenPair,
        Refresh,
        codes=[Code.INVALID_CREDENTIALS, Code.TOKEN_EXPIRED, Code.TOKEN_REUSED],
        headers=_HEADERS,
    ),
)
async def refresh_tokens(_: NoQuery, body: JsonBody, session: DbSession) -> Response:
    """Exchange a refresh token, which is good once, for a new pair."""
    return json_response(json_names(await tokens.refresh_tokens(session, body)))


@router.post(
    "/revoke",
    operation_id="revoke_tokens",
    status_code=204,
    openapi_extra=describe.endpoint(204, body=Refresh, headers=_HEADERS),
)
async def revoke_tokens(_: NoQuery, body: JsonBody, session: DbSession) -> Response:
    """Log out: end everything that came from the same log-in."""
    await tokens.revoke_tokens(session, body)
    return no_content()
