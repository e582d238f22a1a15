"""What the hook does to a new project, run by Copier itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pytest

from tests.hooks.projects import Project, Run, clean_environment

COPIER = str(Path(sys.executable).parent / "copier")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home folder in which git knows who commits."""
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[user]\nname = Ada\nemail = ada@example.com\n")
    return home


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Return the folder that the new project goes to."""
    return tmp_path / "service"


def environment(home: Path) -> dict[str, str]:
    """Return an environment with this home and no other git settings, but with warm caches."""
    env = {name: value for name, value in clean_environment().items() if name[:4] != "GIT_"}
    cache = subprocess.run(
        ["uv", "cache", "dir"],
        capture_output=True,
        text=True,
        check=False,
        env=env | {"PATH": f"{Path(sys.executable).parent}:{env['PATH']}"},
    )
    return env | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "UV_CACHE_DIR": cache.stdout.strip(),
    }


def copy(template: Path, target: Path, home: Path, *answers: str) -> Run:
    """Copy the template with these answers, without a terminal."""
    data = [part for answer in answers for part in ("--data", answer)]
    finished = subprocess.run(
        [COPIER, "copy", "--trust", "--defaults", *data, str(template), str(target)],
        env=environment(home) | {"PWD": str(target.parent)},
        cwd=target.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Run(finished.returncode, finished.stdout)


def git(folder: Path, *arguments: str) -> str:
    """Return what git says in a folder."""
    return subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=False
    ).stdout


def test_verified_project_is_committed_with_its_lock(
    tiny_template: Path, target: Path, home: Path
) -> None:
    run = copy(tiny_template, target, home, "verify=migrate")
    assert run.status == 0, run.output
    assert "all 6 steps passed" in run.output
    assert run.output.rstrip().endswith("cd service\n    make dev")
    assert git(target, "log", "--format=%an %s").splitlines() == ["Ada Generate the service"]
    assert git(target, "branch", "--show-current").strip() == "main"
    assert git(target, "status", "--porcelain") == ""
    committed = git(target, "ls-files").splitlines()
    assert "uv.lock" in committed
    assert ".env" not in committed
    assert (target / ".env").stat().st_mode & 0o777 == 0o600


def test_nothing_verified_is_said(tiny_template: Path, target: Path, home: Path) -> None:
    run = copy(tiny_template, target, home, "verify=none")
    assert run.status == 0, run.output
    assert "Nothing was verified yet" in run.output
    assert run.output.rstrip().endswith("make install\n    make verify\n    make dev")
    assert (target / ".env").exists()
    assert git(target, "log", "--oneline")


def test_without_identity_nothing_is_committed(
    tiny_template: Path, target: Path, home: Path
) -> None:
    (home / ".gitconfig").unlink()
    run = copy(tiny_template, target, home, "verify=none")
    assert run.status == 0, run.output
    assert "git does not know who you are" in run.output
    assert (target / ".git").is_dir()
    assert git(target, "log", "--oneline") == ""


def test_repository_around_the_project_is_left_alone(
    tiny_template: Path, target: Path, home: Path
) -> None:
    git(target.parent, "init", "--quiet")
    run = copy(tiny_template, target, home, "verify=none")
    assert "lies in a git repository already" in run.output
    assert not (target / ".git").exists()
    assert git(target.parent, "log", "--oneline") == ""


def test_no_repository_when_none_is_wanted(tiny_template: Path, target: Path, home: Path) -> None:
    run = copy(tiny_template, target, home, "verify=none", "git=false")
    assert run.status == 0, run.output
    assert not (target / ".git").exists()


def test_failed_verification_keeps_and_commits_the_project(
    tiny_template: Path, target: Path, home: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    subprocess.run(["cp", "-R", str(tiny_template), str(broken)], check=True)
    (broken / "template/src/models.py").write_text("raise RuntimeError('not today')\n")
    run = copy(broken, target, home, "verify=migrate")
    assert run.status == 0, run.output
    assert "not today" in run.output
    assert "The project is kept, though verification failed" in run.output
    assert git(target, "log", "--oneline")


@pytest.mark.parametrize("seconds", [0.0, 0.3, 1.5])
def test_ctrl_c_keeps_the_project(
    tiny_template: Path, target: Path, home: Path, seconds: float
) -> None:
    terminal = spawn_copier(tiny_template, target, home)
    terminal.expect("Install the packages|Wrote .env")
    time.sleep(seconds)
    terminal.sendintr()
    terminal.expect("make dev")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    assert git(target, "log", "--oneline")
    assert (target / ".env").exists()
    run = Project(target).verify("--steps=migrate")
    assert run.status == 0, run.output


def test_copier_killed_by_an_interrupt_still_leaves_a_committed_project(
    tiny_template: Path, target: Path, home: Path
) -> None:
    slow = target.with_name("slow-template")
    subprocess.run(["cp", "-R", str(tiny_template), str(slow)], check=True)
    (slow / "template/tests/test_slow.py").write_text(SLOW_TEST, encoding="utf-8")
    terminal = spawn_copier(slow, target, home)
    terminal.expect("Install the packages")
    os.kill(int(terminal.pid or 0), signal.SIGINT)
    deadline = time.monotonic() + 60
    while not git(target, "log", "--oneline") and time.monotonic() < deadline:
        time.sleep(0.1)
    terminal.close()
    assert git(target, "log", "--oneline")
    assert Project(target).report()["outcome"] == "interrupted"


SLOW_TEST = """\
\"\"\"Something that is not over when the interrupt comes.\"\"\"

import time


def test_that_takes_long() -> None:
    time.sleep(30)
"""


def spawn_copier(template: Path, target: Path, home: Path) -> pexpect.spawn[bytes]:
    """Run Copier on a terminal."""
    return pexpect.spawn(
        COPIER,
        ["copy", "--trust", "--defaults", str(template), str(target)],
        env=environment(home) | {"TERM": "xterm"},
        cwd=str(target.parent),
        timeout=60,
        dimensions=(40, 120),
    )
