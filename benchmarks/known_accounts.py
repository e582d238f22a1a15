"""What an answer's time tells of who has an account: python -m benchmarks.known_accounts

Log-ins with a wrong password and requests for a reset, for an address that has an account and for
one that has none, in turn. Their medians should not differ by more than the requests of one kind
do among themselves; the ratio and the quartiles are printed.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import httpx2

from benchmarks.services import SECRET, free_port, process, render, run

ROUNDS = 200
PASSWORD = "a password of enough characters"
KNOWN, UNKNOWN = "known@example.com", "unknown@example.com"
REQUESTS: Mapping[str, Mapping[str, str]] = {
    "tokens": {"password": "another password, which is wrong"},
    "password/forgot": {},
}


def wait_until_ready(client: httpx2.Client) -> None:
    """Return once the service answers."""
    for _ in range(200):
        try:
            if client.get("/readyz").status_code == 200:
                return
        except httpx2.HTTPError:
            time.sleep(0.05)
    raise RuntimeError("the service does not start")


def milliseconds(client: httpx2.Client, path: str, body: Mapping[str, str]) -> float:
    """Return how long one answer takes."""
    began = time.perf_counter()
    client.post(f"/api/v1/auth/{path}", json=dict(body))
    return (time.perf_counter() - began) * 1000


def measure(client: httpx2.Client, path: str, members: Mapping[str, str]) -> None:
    """Ask for both addresses in turn and print how long it takes."""
    times: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    for _ in range(ROUNDS):
        for email, found in times.items():
            found.append(milliseconds(client, path, {"email": email, **members}))
    told = {email: statistics.quantiles(found, n=4) for email, found in times.items()}
    known, unknown = told[KNOWN], told[UNKNOWN]
    print(
        f"{path:16} known {known[1]:6.2f} ms ({known[0]:.2f} to {known[2]:.2f}), "
        f"unknown {unknown[1]:6.2f} ms ({unknown[0]:.2f} to {unknown[2]:.2f}), "
        f"ratio {known[1] / unknown[1]:.3f}"
    )


def main() -> None:
    """Render a service, serve it, and measure; answers may be given as Copier's arguments."""
    with tempfile.TemporaryDirectory() as folder:
        project = render(Path(folder) / "service", *sys.argv[1:])
        variables = {
            "PORT": str(free_port()),
            "SECRET_KEY": SECRET,
            "DATABASE_URL": f"sqlite:///{folder}/known.db",
            "RATE_LIMIT": "off",
            "AUTH_RATE_LIMIT": "off",
        }
        run(["make", "install", "migrate"], project, **variables)
        address = f"http://127.0.0.1:{variables['PORT']}"
        with (
            process(["make", "--silent", "start"], project, **variables),
            httpx2.Client(base_url=address) as client,
        ):
            wait_until_ready(client)
            account = {"email": KNOWN, "password": PASSWORD}
            client.post("/api/v1/auth/register", json=account).raise_for_status()
            for path, members in REQUESTS.items():
                measure(client, path, members)


if __name__ == "__main__":
    main()
