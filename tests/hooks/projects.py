"""The smallest real project that can be verified, with the template's own frame around it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import jinja2

from stanchion.facts import project_facts
from tests.servers import TEMPLATE

ROOT = TEMPLATE.parent
TINY = Path(__file__).parent / "tiny"
FRAME = (
    *("Makefile", "Dockerfile", ".dockerignore", ".gitignore", ".pre-commit-config.yaml"),
    *(".env.example.jinja", "pyproject.toml.jinja", "compose.yml.jinja"),
    ".github/workflows/ci.yml.jinja",
)


class Run(NamedTuple):
    """How a program ended: its status, and all that it wrote."""

    status: int
    output: str


class Project:
    """A project in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        self.folder = folder

    def verify(self, *options: str, **env: str) -> Run:
        """Run the project's verification with these options and variables."""
        finished = subprocess.run(
            [sys.executable, "tools/verify.py", *options],
            cwd=self.folder,
            env=clean_environment() | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return Run(finished.returncode, finished.stdout)

    def report(self) -> dict[str, Any]:
        """Return what verification left for machines."""
        text = (self.folder / ".verification.json").read_text(encoding="utf-8")
        report: dict[str, Any] = json.loads(text)
        return report

    def outcomes(self) -> dict[str, str]:
        """Return how each step ended."""
        return {step["name"]: step["outcome"] for step in self.report()["steps"]}

    def notes(self) -> dict[str, str]:
        """Return what was noted about each step."""
        return {step["name"]: step["note"] for step in self.report()["steps"]}


FLAGS = ("sqlite", "postgresql", "mysql", "memory", "redis")


LAYERS = (TEMPLATE, TEMPLATE / "{{python}}", TEMPLATE / "{{fastapi}}")


def clean_environment() -> dict[str, str]:
    """Return the environment without what would change verification; uv is beside Python."""
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return env | {"PYTEST_XDIST_AUTO_NUM_WORKERS": "1"}


def write_frame(folder: Path, database: str) -> None:
    """Write the tiny project and its frame for a database."""
    shutil.copytree(
        TINY, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", "ruff.toml")
    )
    for layer in LAYERS:
        ignored = shutil.ignore_patterns("__pycache__", ".*_cache")
        tools = layer / "tools"
        shutil.copytree(tools, folder / "tools", dirs_exist_ok=True, ignore=ignored)
    jinja = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    jinja.filters["to_json"] = lambda value, **options: json.dumps(value, **options)
    on = {"python", "fastapi", "memory", database}
    flags = {flag: "." if flag in on else "" for flag in FLAGS}
    for name in FRAME:
        source = next(layer / name for layer in LAYERS if (layer / name).exists())
        text = source.read_text(encoding="utf-8")
        if name.endswith(".jinja"):
            text = jinja.from_string(text).render(
                project_slug="tiny",
                description="The smallest service “of all”",
                database=database,
                **flags,
                facts=project_facts(on),
            )
        path = folder / name.removesuffix(".jinja")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


COPIER_YML = """\
_subdirectory: template
git: {type: bool, default: true}
verify: {type: str, default: full}
_tasks:
  - command:
      - "{{ _copier_python }}"
      - "{{ _copier_conf.src_path }}/hooks/after_copy.py"
      - "--git={{ git }}"
      - "--verify={{ verify }}"
"""
