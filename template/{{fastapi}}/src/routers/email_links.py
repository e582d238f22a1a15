"""The endpoints of accounts that need mail: where there is none, they are not there either."""

from fastapi import APIRouter, Response

from src.contract import describe
from src.http.dependencies import Attempts, CurrentUser, DbSession, JsonBody, NoQuery
from src.http.responses import accepted, no_content
from src.http.unit_of_work import UnitOfWorkRoute
from src.schemas.account import EmailAddress, EmailChange, EmailVerification, PasswordReset
from src.services import email_addresses, passwords

router = APIRouter(prefix="/auth", tags=["auth"], route_class=UnitOfWorkRoute)

_HEADERS = ["Cache-Control"]


@router.post(
    "/password/forgot",
    operation_id="forgot_password",
    status_code=202,
    openapi_extra=describe.endpoint(202, body=EmailAddress, headers=_HEADERS),
)
async def forgot_password(_: NoQuery, body: JsonBody, session: DbSession) -> Response:
    """Ask for a link for a new password; the answer is the same for any address."""
    await passwords.forgot_password(session, body)
    return accepted()


@router.post(
    "/password/reset",
    operation_id="reset_password",
    status_code=204,
    openapi_extra=describe.endpoint(204, body=PasswordReset, headers=_HEADERS),
)
async def reset_password(_: NoQuery, body: JsonBody, session: DbSession) -> Response:
    """Set a new password by a link, which ends every log-in of the account."""
    await passwords.reset_password(session, body)
    return no_content()


@router.post(
    "/email",
    operation_id="change_email",
    status_code=202,
    openapi_extra=describe.endpoint(202, body=EmailChange, needs_account=True, headers=_HEADERS),
)
async def change_email(
    caller: CurrentUser, _: NoQuery, body: JsonBody, session: DbSession, attempts: Attempts
) -> Response:
    """Ask for another address, which is in force once it is verified."""
    await email_addresses.change_email(session, caller, body, attempts)
    return accepted()


@router.post(
    "/email/verify",
    operation_id="verify_email",
    status_code=204,
    openapi_extra=describe.endpoint(204, body=EmailVerification, headers=_HEADERS),
)
async def verify_email(_: NoQuery, body: JsonBody, session: DbSession) -> Response:
    """Verify an address by a link."""
    await email_addresses.verify_email(session, body)
    return no_content()


@router.post(
    "/email/verify/resend",
    operation_id="resend_verification",
    status_code=202,
    openapi_extra=describe.endpoint(202, body=EmailAddress, headers=_HEADERS),
)
async def resend_verification(_: NoQuery, body: JsonBody, session: DbSession) -> Response:
    """Ask for another link that verifies an address; the answer is the same for any."""
    await email_addresses.resend_verification(session, body)
    return accepted()
