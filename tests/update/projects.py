"""Templates with versions of their own, and the projects that are made from them and updated."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.servers import TEMPLATE

ROOT = TEMPLATE.parent
PARTS = ("copier.yml", "questions", "extensions", "template", "hooks", "pyproject.toml")
TOOLS = Path(sys.executable).parent
ANSWERS = ".copier-answers.yml"
SPECIFICATION = "resources.yml"
VERSIONS = "src/migrations/versions"
_FOREIGN = ("DATABASE_URL", "SECRET_KEY", "APP_ENV", "COPIER", "VIRTUAL_ENV", "PYTHONPATH")
_CACHES = {".ruff_cache", ".mypy_cache", ".pytest_cache", "__pycache__"}
_NOT_OURS = {".git", ".venv", "node_modules", *_CACHES}


class Run(NamedTuple):
    """How a program ended: its status, and what it wrote."""

    status: int
    output: str
    errors: str

    @property
    def all(self) -> str:
        """Everything that it wrote."""
        return self.output + self.errors


class State(NamedTuple):
    """All of a project that a refusal must leave as it is."""

    head: str
    staged: str
    status: str
    files: dict[str, str]


class Folder:
    """A folder in git, and programs that run in it with a home of their own."""

    def __init__(self, folder: Path, home: Path) -> None:
        """Take the folder, and the home in which git knows who commits."""
        self.folder = folder
        self.home = home

    def run(self, *command: str, given: str = "", **env: str) -> Run:
        """Run a program to its end."""
        finished = subprocess.run(
            command,
            cwd=self.folder,
            env=environment(self.home) | env,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        return Run(finished.returncode, finished.stdout, finished.stderr)

    def must(self, *command: str, given: str = "", **env: str) -> str:
        """Run a program that has to succeed, and return what it printed."""
        run = self.run(*command, given=given, **env)
        assert run.status == 0, f"{' '.join(command)}\n{run.all}"
        return run.output

    def git(self, *arguments: str) -> str:
        """Return what git prints."""
        return self.must("git", *arguments)

    def commit(self, message: str) -> None:
        """Commit all that is there."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", message)

    def read(self, name: str) -> str:
        """Return a file's text."""
        return (self.folder / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Write a file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace a text that stands in a file."""
        text = self.read(name)
        assert old in text, f"{name} has no {old!r}"
        self.write(name, text.replace(old, new, 1))

    def append(self, name: str, text: str) -> None:
        """Write a text behind a file's own."""
        self.write(name, self.read(name) + text)


class TemplateRepository(Folder):
    """A clone of the working tree as a git repository with tags, as users have it."""

    def release(self, version: str) -> None:
        """Commit what is there and tag it."""
        self.commit(f"Release {version}")
        self.git("tag", version)


class Service(Folder):
    """A generated project."""

    def python(self, *arguments: str, **env: str) -> str:
        """Run the project's own Python."""
        return self.must(".venv/bin/python", *arguments, **env)

    def update(self, goal: str = "update", **env: str) -> Run:
        """Run ``make update``, or ``make upgrade``."""
        return self.run("make", "--silent", goal, **env)

    def resources(self) -> dict[str, Any]:
        """Return what resources.yml says."""
        data: dict[str, Any] = yaml.safe_load(self.read(SPECIFICATION))
        return data

    def specify(self, resources: object) -> None:
        """Write resources.yml."""
        plain = json.loads(json.dumps({"resources": resources}))  # without YAML's references
        self.write(SPECIFICATION, yaml.safe_dump(plain, sort_keys=False))

    def answers(self) -> dict[str, Any]:
        """Return what the answers file records."""
        data: dict[str, Any] = yaml.safe_load(self.read(ANSWERS))
        return data

    def migrations(self) -> list[str]:
        """Return the names of the migrations."""
        return sorted(path.name for path in (self.folder / VERSIONS).glob("*.py"))

    def unmerged(self) -> list[str]:
        """Return what a merge with conflicts would have left behind."""
        files = [self.folder / name for name in _own_files(self.folder)]
        marked = (b"<<<<<<<", b">>>>>>>", b"|||||||")
        return [
            str(path)
            for path in files
            if path.suffix in (".rej", ".orig")
            or any(line.startswith(marked) for line in path.read_bytes().splitlines())
        ]

    def state(self) -> State:
        """Return the project's history, index and files."""
        return State(
            self.git("rev-parse", "HEAD"),
            self.git("ls-files", "--stage"),
            self.git("status", "--porcelain", "--untracked-files=all"),
            {
                name: hashlib.sha256((self.folder / name).read_bytes()).hexdigest()
                for name in _own_files(self.folder)
            },
        )

    def twin(self, folder: Path) -> Service:
        """Return a copy of the project that uses the same environment."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns(".venv"))
        borrow_environment(self.folder / ".venv", folder)
        return Service(folder, self.home)


def _own_files(folder: Path) -> Iterable[str]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not _NOT_OURS.intersection(name.parts):
            yield str(name)


def borrow_environment(venv: Path, project: Path) -> None:
    """Give a project an environment made of links to another's."""
    own = project / ".venv"
    own.mkdir()
    for part in ("bin", "lib", "pyvenv.cfg"):
        (own / part).symlink_to((venv / part).resolve())


def environment(home: Path) -> dict[str, str]:
    """Return an environment with this home and no settings of the caller's, but warm caches."""
    env = {
        name: value
        for name, value in os.environ.items()
        if name not in _FOREIGN and not name.startswith("GIT_")
    }
    cache = os.environ.get("UV_CACHE_DIR") or str(Path.home() / ".cache" / "uv")
    npm_cache = os.environ.get("NPM_CONFIG_CACHE") or str(Path.home() / ".npm")
    return env | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "UV_CACHE_DIR": cache,
        "NPM_CONFIG_CACHE": npm_cache,
        "PATH": f"{TOOLS}{os.pathsep}{env['PATH']}",
        "PYTEST_XDIST_AUTO_NUM_WORKERS": "1",
    }


def make_home(folder: Path) -> Path:
    """Return a home folder in which git knows who commits."""
    folder.mkdir(exist_ok=True)
    (folder / ".gitconfig").write_text("[user]\nname = Ada\nemail = ada@example.com\n")
    return folder


def make_template(folder: Path, home: Path) -> TemplateRepository:
    """Make a repository of the working tree, with one tagged version."""
    folder.mkdir()
    ignored = shutil.ignore_patterns("__pycache__", ".*_cache")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=ignored)
        else:
            shutil.copy(ROOT / part, folder / part)
    template = TemplateRepository(folder, home)
    template.git("init", "--quiet", "--initial-branch=main")
    template.release("v1.0.0")
    return template


def copy(
    template: TemplateRepository, folder: Path, resources: object, **answers: str
) -> tuple[Service, Run]:
    """Generate a project without verifying it."""
    data = folder.with_name(f"{folder.name}.yml")
    data.write_text(yaml.safe_dump({"resources": resources}, sort_keys=False), encoding="utf-8")
    given = [f"--data={name}={value}" for name, value in ({"verify": "none"} | answers).items()]
    command = ["copier", "copy", "--trust", "--defaults", "--quiet", "--data-file", str(data)]
    run = template.run(*command, *given, str(template.folder), str(folder))
    return Service(folder, template.home), run


def install(service: Service) -> None:
    """Install a project's dependencies and commit the lock, as its maker would."""
    service.must("make", "--silent", "install")
    service.commit("Lock the dependencies")
