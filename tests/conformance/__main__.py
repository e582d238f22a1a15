"""Hold a service against the contract: python -m tests.conformance PROJECT (see --help)."""

from __future__ import annotations

import argparse
import fnmatch
import os
import signal
import sys
import time
from pathlib import Path

from tests.conformance.contract import Contract
from tests.conformance.opening import driven_world, served_world
from tests.conformance.registry import RULES, Rule
from tests.conformance.report import lines
from tests.conformance.rules import load_rules
from tests.conformance.run import Results, run


def main() -> int:
    """Run as the command line says; the status is 0 where every rule was kept."""
    options = _options().parse_args()
    # Who is told to end still ends what it has started.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    load_rules()
    rules = [rule for rule in RULES.values() if _is_wanted(rule, options.rules)]
    contract = Contract.of(options.project / ".copier-answers.yml")
    began = time.monotonic()
    if options.url:
        results = run(served_world(contract, options.url), rules, options.workers)
    else:
        url, replicas = options.database_url, options.replicas
        with driven_world(contract, options.project, database_url=url, replicas=replicas) as world:
            results = run(world, rules, options.workers)
    for line in lines(results, verbose=not options.quiet):
        print(line)
    print(f"{time.monotonic() - began:.1f} s")
    return 1 if _has_failed(results) else 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.conformance")
    parser.add_argument("project", type=Path, help="the service's folder, with its answers")
    parser.add_argument(
        "--url", help="a service that runs already, without limits; what takes a driver is not run"
    )
    parser.add_argument("--database-url", help="an empty database instead of a private one")
    parser.add_argument("--replicas", type=int, default=1, help="how many processes answer in turn")
    parser.add_argument("--rules", default="*", help="patterns of ids, by commas: paging.*,etag.*")
    parser.add_argument("--workers", type=int, default=4, help="how many cases run at a time")
    parser.add_argument("--quiet", action="store_true", help="tell only of rules that are not kept")
    return parser


def _is_wanted(rule: Rule, patterns: str) -> bool:
    return any(fnmatch.fnmatchcase(rule.id, pattern) for pattern in patterns.split(","))


def _has_failed(results: Results) -> bool:
    in_ci = os.environ.get("CI") == "true"
    return bool(results.broken or (in_ci and results.not_run))


if __name__ == "__main__":
    sys.exit(main())
