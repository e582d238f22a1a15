"""Opening a world: an empty database, the service on it, and who lives there."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.conformance.contract import Contract
from tests.conformance.databases import fresh_database
from tests.conformance.driver import ProjectDriver
from tests.conformance.exchange import Service
from tests.conformance.people import People
from tests.conformance.world import World
from tests.servers import private_servers


def served_world(contract: Contract, address: str) -> World:
    """Return the world of a service that somebody else runs: nothing is driven in it."""
    service = Service((address,))
    return World(contract, service, People(service, contract.named_roles, None))


@contextmanager
def driven_world(
    contract: Contract, project: Path, *, database_url: str | None = None, replicas: int = 1
) -> Iterator[World]:
    """Start the service in ``project``, ``replicas`` times, on an empty database; end it after."""
    with ExitStack() as stack:
        variables = {}
        url, database = database_url, None
        if url is None:
            url, database = stack.enter_context(fresh_database(contract.database))
        if contract.answers.get("rate_limit_store") == "redis":
            redis = private_servers().start("redis")
            stack.callback(redis.stop)
            variables["REDIS_URL"] = redis.url
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        driver = ProjectDriver(
            project.resolve(), folder, {"DATABASE_URL": url, **variables}, database, replicas
        )
        stack.callback(driver.close)
        driver.migrate()
        service = driver.serve()
        people = People(service, contract.named_roles, driver.grant)
        yield World(contract, service, people, driver)
