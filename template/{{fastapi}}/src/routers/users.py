"""The endpoints of administration: who has which role."""

from fastapi import APIRouter, Response

from src.contract import describe
from src.errors import Code
from src.http.dependencies import Administrator, DbSession, NoQuery, RowId
from src.http.responses import no_content
from src.http.unit_of_work import UnitOfWorkRoute
from src.services import roles

router = APIRouter(prefix="/users", tags=["users"], route_class=UnitOfWorkRoute)

_DESCRIBED = describe.endpoint(
    204,
    needs_account=True,
    parameters=[describe.ROW_ID, describe.path_parameter("role", "The name of a role.")],
    codes=[Code.FORBIDDEN, Code.NOT_FOUND],
)


@router.put(
    "/{row_id}/roles/{role}",
    operation_id="grant_role",
    status_code=204,
    openapi_extra=_DESCRIBED,
)
async def grant_role(
    caller: Administrator, _: NoQuery, row_id: RowId, role: str, session: DbSession
) -> Response:
    """Give an account a role; open to the role `admin`."""
    await roles.set_role(session, caller, row_id, role, granted=True)
    return no_content()


@router.delete(
    "/{row_id}/roles/{role}",
    operation_id="revoke_role",
    status_code=204,
    openapi_extra=_DESCRIBED,
)
async def revoke_role(
    caller: Administrator, _: NoQuery, row_id: RowId, role: str, session: DbSession
) -> Response:
    """Take a role from an account; open to the role `admin`."""
    await roles.set_role(session, caller, row_id, role, granted=False)
    return no_content()
