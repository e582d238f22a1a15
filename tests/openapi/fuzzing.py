"""Schemathesis against a service that runs: generated requests, and all its checks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from schemathesis.config import CheckConfig, ChecksConfig

from tests.conformance.contract import API
from tests.conformance.people import Person
from tests.openapi.exceptions import STATUSES

_ROOT = Path(__file__).resolve().parents[2]
SEED = 20_240_229
EXAMPLES = 50


@dataclass(frozen=True)
class Amount:
    """How much is tried."""

    examples: int = EXAMPLES
    seed: int = SEED


@dataclass(frozen=True)
class Callers:
    """Who asks: ``peers`` must not see what another of them alone may, ``others`` may see all."""

    peers: Sequence[Person] = ()
    others: Sequence[Person] = ()


def faults(address: str, callers: Callers, folder: Path, amount: Amount) -> Iterator[str]:
    """Yield what every phase and check finds in the service at ``address``.

    ``folder`` takes the files that the run needs.
    """
    identities = folder / "people.json"
    identities.write_text(json.dumps(_identities(callers)), encoding="utf-8")
    settings = folder / "schemathesis.toml"
    settings.write_text("\n".join(_settings(identities, callers, amount)), encoding="utf-8")
    command = [str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(settings)]
    command += ["run", "--no-color", f"{address}{API}/openapi.json"]
    # Its cache lies in the folder that it runs in: each run begins with an empty one.
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        yield done.stdout[max(done.stdout.find("= FAILURES ="), 0) :] + done.stderr


def _identities(callers: Callers) -> dict[str, object]:
    """Return who asks, as Web Fuzzing Commons writes it."""
    people = [*callers.peers, *callers.others]
    return {
        "auth": [
            {
                "name": person.email,
                "fixedHeaders": [
                    {"name": name, "value": value} for name, value in person.headers.items()
                ],
            }
            for person in people
        ]
    }


def _settings(identities: Path, callers: Callers, amount: Amount) -> Iterator[str]:
    yield f"seed = {amount.seed}"
    yield "workers = 1"  # Python 3.11 cannot parse code in two threads at a time, as several would
    yield 'hooks = "tests.openapi.exceptions"'
    yield "continue-on-failure = true"
    yield "[generation]"
    yield f"max-examples = {amount.examples}"
    yield 'database = "none"'
    yield "[phases.examples]"
    yield "fill-missing = true"
    for check, statuses in STATUSES.items():
        known = ChecksConfig().get_by_name(name=check)
        assert isinstance(known, CheckConfig)
        yield f"[checks.{check}]"
        yield f"expected-statuses = {[*known.expected_statuses, *statuses]}"
    if callers.peers:
        yield "[auth.wfc]"
        yield f"path = {json.dumps(str(identities))}"
        yield f"peers = {[person.email for person in callers.peers]}"
