"""Measure: python -m benchmarks.list_requests

CPU time of the server's process per request, in alternating rounds; the median of the rounds'
ratios counts. Both servers answer the same bytes, which is asserted first.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.load import cpu_per_request, fetch, wait_for
from benchmarks.services import SECRET, free_port, process, render, run
from tests.servers import private_servers

HERE = Path(__file__).resolve().parent
ROWS = 10_000
DEEP_PAGE = 10_000
ROUNDS = 5
REQUESTS = 1500
SEED = """
import asyncio, datetime as dt, sys, asyncpg
from uuid_utils.compat import uuid7
async def main(url, rows, owner):
    connection = await asyncpg.connect(url)
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    columns = ["id", "owner_id", "title", "note", "effort", "done", "due_on", "created_at",
               "updated_at", "version"]
    records = [(uuid7(), owner, f"Task {n:07}", "Remember the milk", 1, False, None, now, now, 1)
               for n in range(rows)]
    await connection.copy_records_to_table("tasks", records=records, columns=columns)
    await connection.execute("ANALYZE")
asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
"""
LOG_IN = """
import asyncio, json
from src.config import get_settings
from src.db import Database
from src.services import accounts, tokens
async def main():
    database = Database(get_settings())
    async with database.begin() as session:
        body = {"email": "ada@example.com", "password": "correct horse battery"}
        account = await accounts.register(session, body)
        pair = await tokens.start_family(session, account["id"])
    await database.close()
    print(json.dumps([str(account["id"]), pair["access_token"]]))
asyncio.run(main())
"""


async def ratios(service: tuple[int, str], bare: tuple[int, str], token: str) -> list[float]:
    """Return, for each round, what the bare server's CPU time is of the service's."""
    headers = {"Authorization": f"Bearer {token}"}
    bodies = [await fetch(url, headers) for _, url in (service, bare)]
    if bodies[0] != bodies[1]:
        raise RuntimeError(f"the bodies differ:\n{bodies[0]!r}\n{bodies[1]!r}")
    found = []
    for number in range(ROUNDS + 1):
        cost = [
            await cpu_per_request(pid, url, headers, requests=REQUESTS)
            for pid, url in (bare, service)
        ]
        print(f"round {number}: bare {cost[0] * 1e6:.0f} µs, service {cost[1] * 1e6:.0f} µs")
        if number:  # the first warms up
            found.append(cost[0] / cost[1])
    return found


async def deep_page(pid: int, url: str, sort: str, token: str) -> float:
    """Return what page 10,000 costs, as a multiple of page 1."""
    headers = {"Authorization": f"Bearer {token}"}
    query = f"&sort={sort}" if sort else ""
    first = f"{url}?limit=20{query}"
    cursor = ""
    for _ in range(DEEP_PAGE * 20 // 100):
        body = await fetch(f"{url}?limit=100{query}{cursor}", headers)
        cursor = f"&cursor={json.loads(body)['page']['next_cursor']}"
    deep = f"{first}{cursor}"
    found = []
    for _ in range(ROUNDS):
        costs = [await cpu_per_request(pid, each, headers, requests=500) for each in (first, deep)]
        found.append(costs[1] / costs[0])
    return statistics.median(found)


async def measure(project: Path, url: str) -> None:
    """Start both servers on the database at ``url`` and print the figures."""
    python = str(project / ".venv/bin/python")
    settings = {"DATABASE_URL": url, "SECRET_KEY": SECRET, "APP_ENV": "production"}
    settings["SMTP_URL"] = "none"
    run([python, "-m", "alembic", "upgrade", "head"], project, **settings)
    owner, token = json.loads(run([python, "-c", LOG_IN], project, **settings))
    run([python, "-c", SEED, url, str(ROWS), owner], project)
    ports = free_port(), free_port()
    settings |= {
        "LOG_LEVEL": "warning",
        "RATE_LIMIT": "off",
        "PYTHONPATH": str(project),
        "PORT": str(ports[0]),
    }
    bare = [python, str(HERE / "bare_server.py"), str(ports[1])]
    with (
        process([python, "-m", "src"], project, **settings) as service_pid,
        process(bare, project, **settings) as bare_pid,
    ):
        for port in ports:
            await wait_for(port)
        urls = [f"http://127.0.0.1:{port}/api/v1/tasks" for port in ports]
        found = await ratios((service_pid, urls[0]), (bare_pid, urls[1]), token)
        print(f"efficiency against the bare server: {statistics.median(found):.2f}")
        if "--deep" in sys.argv:
            run([python, "-c", SEED, url, str(DEEP_PAGE * 20), owner], project)
            for sort in ("", "title"):
                cost = await deep_page(service_pid, urls[0], sort, token)
                print(f"page {DEEP_PAGE} by {sort or 'default'}: {cost:.2f} of page 1")


def main() -> None:
    """Make the service, and measure it on a private PostgreSQL."""
    server = private_servers().start("postgresql")
    try:
        with tempfile.TemporaryDirectory() as folder:
            data = ("--data", "database=postgresql", "--data-file", str(HERE / "resources.yml"))
            project = render(Path(folder) / "service", *data)
            run(["uv", "sync", "--quiet"], project)
            asyncio.run(measure(project, server.url))
    finally:
        server.stop()


if __name__ == "__main__":
    main()
