"""What rules are tried on: resources that offer methods, and their fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from stanchion.views import Field, Resource
from tests.conformance.contract import Contract, Targets


def resources(*methods: str, where: Callable[[Resource], object] | None = None) -> Targets:
    """Return the resources that offer ``methods``, of those that ``where`` lets through."""

    def targets(contract: Contract) -> Iterator[Resource]:
        for resource in contract.offering(*methods):
            if where is None or where(resource):
                yield resource

    return targets


def fields(
    *methods: str, where: Callable[[Field], object] | None = None
) -> Callable[[Contract], Iterator[tuple[Resource, Field]]]:
    """Return the pairs of such resources and those of their fields that ``where`` lets through."""

    def targets(contract: Contract) -> Iterator[tuple[Resource, Field]]:
        for resource in contract.offering(*methods):
            for field in resource.fields:
                if where is None or where(field):
                    yield resource, field

    return targets


def with_accounts(contract: Contract) -> Iterator[str]:
    """Yield the service where it has accounts."""
    if contract.auth:
        yield "service"


def with_tokens(contract: Contract) -> Iterator[str]:
    """Yield the service where it has the strategy ``jwt``."""
    if "jwt" in contract.auth:
        yield "service"
