"""Hold a service against its own document: python -m tests.openapi PROJECT (see --help)."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from tests.conformance.exchange import NotRun
from tests.openapi.checks import CHECKS, Target, serving
from tests.openapi.fuzzing import EXAMPLES, SEED, Amount


def main() -> int:
    """Run as the command line says; the status is 0 where nothing was found."""
    options = _options().parse_args()
    amount = Amount(options.examples, options.seed)
    has_failed = False
    with serving(options.project.resolve(), amount, options.database_url) as target:
        for name in options.checks.split(","):
            has_failed |= _run(name, target)
    return 1 if has_failed else 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.openapi")
    parser.add_argument("project", type=Path, help="the service's folder, with its answers")
    parser.add_argument("--database-url", help="an empty database instead of a private one")
    parser.add_argument("--checks", default=",".join(CHECKS), help="which, by commas")
    parser.add_argument("--examples", type=int, default=EXAMPLES, help="how many an operation")
    parser.add_argument("--seed", type=int, default=SEED, help="what examples are drawn from")
    return parser


def _run(name: str, target: Target) -> bool:
    """Run one check and tell what it found; return whether the whole has failed."""
    began = time.monotonic()
    try:
        found = list(CHECKS[name](target))
    except NotRun as reason:
        print(f"{name}: not run: {reason}")
        return os.environ.get("CI") == "true"
    for fault in found:
        print(fault)
    print(f"{name}: {'FAULTY' if found else 'nothing found'}, {time.monotonic() - began:.1f} s")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
