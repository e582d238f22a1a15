"""Measure: python -m benchmarks.list_requests [fastapi|express] [--deep]

CPU time of the server's process per request, in alternating rounds; the median of the rounds'
ratios counts. Both servers answer the same bytes, which is asserted first.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import httpx2

from benchmarks.load import cpu_per_request, fetch, wait_for
from benchmarks.services import SECRET, free_port, node, process, render, run
from tests.servers import private_servers

HERE = Path(__file__).resolve().parent
ROWS = 10_000
DEEP_PAGE = 10_000
ROUNDS = 5
REQUESTS = 1500
ACCOUNT = {"email": "ada@example.com", "password": "correct horse battery"}
SEED = """
INSERT INTO tasks (id, owner_id, title, note, effort, done, due_on, created_at, updated_at, version)
SELECT ('0192' || to_char({first} + n, 'FM00000000') || '70008000' || '000000000000')::uuid,
       '{owner}', 'Task ' || to_char(n, 'FM0000000'), 'Remember the milk', 1, false, null,
       date_trunc('second', now()), date_trunc('second', now()), 1
FROM generate_series(1, {rows}) AS n;
ANALYZE;
"""


class Framework(NamedTuple):
    """How a framework's service and its bare twin are run; ``install`` brings the packages."""

    install: tuple[str, ...]
    migrate: tuple[str, ...]
    service: tuple[str, ...]
    bare: tuple[str, ...]
    bare_file: str


_PYTHON = ".venv/bin/python"
_NODE = node()
FRAMEWORKS = {
    "fastapi": Framework(
        ("uv", "sync", "--quiet"),
        (_PYTHON, "-m", "alembic", "upgrade", "head"),
        (_PYTHON, "-m", "src"),
        (_PYTHON, "bare_server.py"),
        "bare_server.py",
    ),
    "express": Framework(
        ("npm", "install", "--no-audit", "--no-fund", "--prefer-offline"),
        ("node", "tools/migrate.ts", "up"),
        (_NODE, "src/main.ts"),
        (_NODE, "bare_server.ts"),
        "bare_server.ts",
    ),
}


def log_in(address: str) -> tuple[str, str]:
    """Return the id of a new account and an access token of it."""
    with httpx2.Client(base_url=f"{address}/api/v1/auth") as client:
        account = client.post("/register", json=ACCOUNT).raise_for_status().json()
        tokens = client.post("/tokens", json=ACCOUNT).raise_for_status().json()
    return account["id"], tokens["access_token"]


def seed(url: str, owner: str, rows: int, first: int = 0) -> None:
    """Insert rows, numbered from ``first`` on."""
    statement = SEED.format(owner=owner, rows=rows, first=first)
    run(["psql", "--quiet", "--set=ON_ERROR_STOP=1", "--command", statement, url], HERE)


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
        costs = [
            await cpu_per_request(pid, each, headers, requests=REQUESTS) for each in (first, deep)
        ]
        found.append(costs[1] / costs[0])
    return statistics.median(found)


async def measure(framework: Framework, project: Path, url: str) -> None:
    """Start both servers on the database at ``url`` and print the figures."""
    settings = {"DATABASE_URL": url, "SECRET_KEY": SECRET, "APP_ENV": "production"}
    settings["PUBLIC_URL"] = "https://app.example"
    settings |= {"SMTP_URL": "none", "LOG_LEVEL": "warning", "RATE_LIMIT": "off"}
    settings |= {"PYTHONPATH": str(project), "PORT": str(free_port()), "AUTH_RATE_LIMIT": "off"}
    run(list(framework.migrate), project, **settings)
    shutil.copy(HERE / framework.bare_file, project)
    bare_port = free_port()
    with (
        process(list(framework.service), project, **settings) as service_pid,
        process([*framework.bare, str(bare_port)], project, **settings) as bare_pid,
    ):
        ports = (int(settings["PORT"]), bare_port)
        for port in ports:
            await wait_for(port)
        owner, token = log_in(f"http://127.0.0.1:{ports[0]}")
        seed(url, owner, ROWS)
        urls = [f"http://127.0.0.1:{port}/api/v1/tasks" for port in ports]
        found = await ratios((service_pid, urls[0]), (bare_pid, urls[1]), token)
        print(f"efficiency against the bare server: {statistics.median(found):.2f}")
        if "--deep" in sys.argv:
            seed(url, owner, DEEP_PAGE * 20, first=ROWS)
            for sort in ("", "title"):
                cost = await deep_page(service_pid, urls[0], sort, token)
                print(f"page {DEEP_PAGE} by {sort or 'default'}: {cost:.2f} of page 1")


def main() -> None:
    """Make the service, and measure it on a private PostgreSQL."""
    parser = argparse.ArgumentParser(description="Measure a list request.")
    parser.add_argument("framework", nargs="?", choices=FRAMEWORKS, default="fastapi")
    parser.add_argument("--deep", action="store_true", help="page 10,000 against page 1 too")
    framework = parser.parse_args().framework
    server = private_servers().start("postgresql")
    try:
        with tempfile.TemporaryDirectory() as folder:
            data = ("--data", "database=postgresql", "--data-file", str(HERE / "resources.yml"))
            chosen = ("--data", f"framework={framework}")
            project = render(Path(folder) / "service", *data, *chosen)
            run(list(FRAMEWORKS[framework].install), project)
            asyncio.run(measure(FRAMEWORKS[framework], project, server.url))
    finally:
        server.stop()


if __name__ == "__main__":
    main()
