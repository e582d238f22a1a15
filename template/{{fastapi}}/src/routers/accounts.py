"""The endpoints of accounts."""

from fastapi import APIRouter, Response

from src.contract import describe
from src.contract.casing import json_names
from src.errors import Code
from src.http.dependencies import Attempts, CurrentUser, DbSession, JsonBody, NoQuery, PatchBody
from src.http.responses import accepted, json_response, no_content
from src.http.unit_of_work import UnitOfWorkRoute
from src.schemas.account import Account, AccountUpdate, Deletion, PasswordChange, Registration
from src.services import accounts, passwords

router = APIRouter(prefix="/auth", tags=["auth"], route_class=UnitOfWorkRoute)

_HEADERS = ["Cache-Control"]


@router.post(
    "/register",
    operation_id="register",
    status_code=201,
    openapi_extra=describe.endpoint(
        201, Account, Registration, may_accept=True, codes=[Code.CONFLICT], headers=_HEADERS
    ),
)
async def register(_: NoQuery, body: JsonBody, session: DbSession) -> Response:
    """Make an account; 202 for any address where addresses must be verified first."""
    row = await accounts.register(session, body)
    return accepted() if row is None else json_response(json_names(row), 201)


@router.get(
    "/me",
    operation_id="get_me",
    openapi_extra=describe.endpoint(200, Account, needs_account=True, headers=_HEADERS),
)
async def get_me(caller: CurrentUser, _: NoQuery, session: DbSession) -> Response:
    """Read the caller's own account."""
    return json_response(json_names(await accounts.get_account(session, caller.user_id)))


@router.patch(
    "/me",
    operation_id="update_me",
    openapi_extra=describe.endpoint(
        200, Account, AccountUpdate, needs_account=True, is_patch=True, headers=_HEADERS
    ),
)
async def update_me(
    caller: CurrentUser, _: NoQuery, body: PatchBody, session: DbSession
) -> Response:
    """Change the caller's own account (JSON merge patch)."""
    return json_response(json_names(await accounts.update_account(session, caller, body)))


@router.delete(
    "/me",
    operation_id="delete_me",
    status_code=204,
    openapi_extra=describe.endpoint(
        204, body=Deletion, needs_account=True, codes=[Code.CONFLICT], headers=_HEADERS
    ),
)
async def delete_me(
    caller: CurrentUser, _: NoQuery, body: JsonBody, session: DbSession, attempts: Attempts
) -> Response:
    """Delete the caller's own account and what belongs to it."""
    await accounts.delete_account(session, caller, body, attempts)
    return no_content()


@router.post(
    "/password",
    operation_id="change_password",
    status_code=204,
    openapi_extra=describe.endpoint(204, body=PasswordChange, needs_account=True, headers=_HEADERS),
)
async def change_password(
    caller: CurrentUser, _: NoQuery, body: JsonBody, session: DbSession, attempts: Attempts
) -> Response:
    """Change the caller's password, which ends every log-in of the account."""
    await passwords.change_password(session, caller, body, attempts)
    return no_content()
