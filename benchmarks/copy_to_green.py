"""From nothing to verified: python -m benchmarks.copy_to_green

Wall-clock seconds of `copier copy` with everything verified, with warm caches, step by step.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.services import BIN, ROOT, run

DATABASES = ("sqlite", "postgresql", "mysql")


def measure(database: str) -> None:
    """Generate and verify one service and print what each step took."""
    command = [str(BIN / "copier"), "copy", "--trust", "--quiet", "--defaults", "--vcs-ref", "HEAD"]
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "service"
        began = time.monotonic()
        run([*command, "--data", f"database={database}", str(ROOT), str(project)], ROOT)
        seconds = time.monotonic() - began
        report = json.loads((project / ".verification.json").read_text(encoding="utf-8"))
    steps = ", ".join(f"{step['name']} {step['seconds']:.1f}" for step in report["steps"])
    print(f"{database:10} {seconds:5.1f} s, {report['outcome']}: {steps}")


def main() -> None:
    """Measure the databases that are named, or all; the first run of each warms its caches."""
    for database in sys.argv[1:] or DATABASES:
        for _ in range(2):
            measure(database)


if __name__ == "__main__":
    main()
