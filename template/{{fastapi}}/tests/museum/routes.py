"""The museum's endpoints, as routers of resources have them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from src.auth.caller import Caller
from src.contract.listing import ListQuery
from src.contract.repository import Repository
from src.contract.schema import Input
from src.http.dependencies import (
    DbSession,
    IfMatch,
    JsonBody,
    NoQuery,
    PatchBody,
    RowId,
    list_query,
    require,
    row_fields,
)
from src.http.responses import created_response, no_content, page_response, row_response
from src.http.unit_of_work import UnitOfWorkRoute

Body = Annotated[type[Input], "the schema of a body"]


def routes_of(rows: Repository, prefix: str, create: Body, update: Body) -> APIRouter:
    """Return the five endpoints of ``rows``."""
    router = APIRouter(prefix=prefix, route_class=UnitOfWorkRoute)
    _add_reading(router, rows)
    _add_writing(router, rows, create, update)
    _add_deleting(router, rows)
    return router


def _add_reading(router: APIRouter, rows: Repository) -> None:
    may_list, may_get = Depends(require(rows.policy, "list")), Depends(require(rows.policy, "get"))
    its_query, its_fields = Depends(list_query(rows.listing)), Depends(row_fields(rows.listing))

    @router.get("")
    async def list_rows(
        request: Request,
        session: DbSession,
        caller: Caller | None = may_list,
        query: ListQuery = its_query,
    ) -> Response:
        return page_response(request, await rows.page(session, caller, query))

    @router.get("/{row_id}")
    async def get_row(
        request: Request,
        row_id: RowId,
        session: DbSession,
        caller: Caller | None = may_get,
        fields: tuple[str, ...] = its_fields,
    ) -> Response:
        row = await rows.find(session, caller, row_id, fields)
        return row_response(request, row, fields)


def _add_writing(router: APIRouter, rows: Repository, create: Body, update: Body) -> None:
    may_create = Depends(require(rows.policy, "create"))
    may_update = Depends(require(rows.policy, "update"))

    @router.post("")
    async def create_row(
        request: Request,
        _: NoQuery,
        body: JsonBody,
        session: DbSession,
        caller: Caller | None = may_create,
    ) -> Response:
        return created_response(request, await rows.create(session, caller, create.parse(body)))

    @router.patch("/{row_id}")
    async def update_row(
        request: Request,
        _: NoQuery,
        body: PatchBody,
        row_id: RowId,
        expected: IfMatch,
        session: DbSession,
        caller: Caller | None = may_update,
    ) -> Response:
        row = await rows.find_for("update", session, caller, row_id)
        expected.check(row)
        changed = await rows.update(session, caller, row, update.parse(body), expected)
        return row_response(request, changed)


def _add_deleting(router: APIRouter, rows: Repository) -> None:
    may_delete = Depends(require(rows.policy, "delete"))

    @router.delete("/{row_id}")
    async def delete_row(
        _: NoQuery,
        row_id: RowId,
        expected: IfMatch,
        session: DbSession,
        caller: Caller | None = may_delete,
    ) -> Response:
        row = await rows.find_for("delete", session, caller, row_id)
        expected.check(row)
        await rows.delete(session, row, expected)
        return no_content()
