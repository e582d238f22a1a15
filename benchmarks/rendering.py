"""Rendering: python -m benchmarks.rendering

CPU time of a whole `copier copy` against that of a template of one file, and how it grows with
the number of resources. Nothing is installed or run. "Empty files" is a template of as many files
as the default service has, without a line in them: what Copier itself takes for that number, as it
starts a git process for each file.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
from pathlib import Path

import yaml

from benchmarks.services import BIN, ROOT

ROUNDS = 5
SIZES = (1, 10, 100)
FIELDS = {
    "title": {"type": "string", "max_length": 120, "sort": True},
    "note": {"type": "text", "nullable": True},
    "price": {"type": "decimal", "precision": 10, "scale": 2, "nullable": True},
    "done": {"type": "boolean", "default": False, "filter": True},
}


def specification(size: int) -> dict[str, object]:
    """Return a specification of ``size`` resources."""
    return {"resources": {f"thing{n}": {"owner": True, "fields": FIELDS} for n in range(size)}}


def one_file_template(folder: Path) -> Path:
    """Make a template that writes a single file from a single answer."""
    folder.mkdir()
    (folder / "copier.yml").write_text("name: {type: str, default: World}\n", encoding="utf-8")
    (folder / "greeting.txt.jinja").write_text("Hello, {{ name }}!\n", encoding="utf-8")
    return folder


def empty_files_template(folder: Path, files: int) -> Path:
    """Make a template of so many files with nothing to render."""
    folder.mkdir()
    (folder / "copier.yml").write_text("name: {type: str, default: World}\n", encoding="utf-8")
    for number in range(files):
        (folder / f"file{number}.txt").touch()
    return folder


def count_files(template: Path) -> int:
    """Return how many files a template writes by default."""
    with tempfile.TemporaryDirectory() as folder:
        cpu_of_copy(template, into=Path(folder))
        return sum(path.is_file() for path in Path(folder).rglob("*"))


def cpu_of_copy(template: Path, *arguments: str, into: Path | None = None) -> float:
    """Return the CPU seconds of one copy into a new folder or ``into``, children included."""
    command = [str(BIN / "copier"), "copy", "--trust", "--quiet", "--defaults", "--skip-tasks"]
    with tempfile.TemporaryDirectory() as folder:
        made = str(into or Path(folder) / "made")
        before = os.times()
        subprocess.run(
            [*command, "--vcs-ref", "HEAD", *arguments, str(template), made],
            check=True,
            capture_output=True,
        )
        after = os.times()
    return (after.children_user + after.children_system) - (
        before.children_user + before.children_system
    )


def committed(folder: Path) -> Path:
    """Make ``folder`` a repository with one commit, as templates are."""
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "x"]):
        subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True)
    return folder


def main() -> None:
    """Measure in alternating rounds and print medians and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        bare = committed(one_file_template(Path(folder) / "one-file"))
        files = {size: Path(folder) / f"{size}.yml" for size in SIZES}
        for size, file in files.items():
            file.write_text(yaml.safe_dump(specification(size)), encoding="utf-8")
        empty = committed(empty_files_template(Path(folder) / "empty", count_files(ROOT)))
        cells: dict[str, list[str]] = {
            "one file": [str(bare)],
            "empty files": [str(empty)],
            "default": [str(ROOT)],
        }
        for size, file in files.items():
            cells[f"{size} resources"] = [str(ROOT), "--data-file", str(file)]
        costs: dict[str, list[float]] = {name: [] for name in cells}
        for number in range(ROUNDS + 1):
            for name, (template, *arguments) in cells.items():
                cost = cpu_of_copy(Path(template), *arguments)
                if number:  # the first warms up
                    costs[name].append(cost)
    base = costs["one file"]
    for name, found in costs.items():
        ratio = statistics.median(cost / least for cost, least in zip(found, base, strict=True))
        print(f"{name:15} {statistics.median(found):6.2f} s  {ratio:5.2f} x one file")


if __name__ == "__main__":
    main()
