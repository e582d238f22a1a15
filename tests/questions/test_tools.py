"""A tool that is missing in Copier's environment is one sentence, before a file is written."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest

from tests.copying import QUICKLY, Outcome

MODULES = ["inflection", "tokenize_rt", "rich"]


def _environment_without(folder: Path, *missing: str) -> Path:
    """Make an environment that has all that this one has, without some; return its Python."""
    command = [sys.executable, "-m", "venv", "--without-pip", "--symlinks", str(folder)]
    subprocess.run(command, check=True)
    python = folder / "bin" / "python"
    libraries = next((folder / "lib").glob("python*/site-packages"))
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if entry.name.removesuffix(".py") not in missing:
            (libraries / entry.name).symlink_to(entry)
    if "ruff" not in missing:
        (folder / "bin" / "ruff").symlink_to(Path(sys.executable).with_name("ruff"))
    return python


def _pin_of(module: str) -> str:
    text = (Path(__file__).resolve().parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    pins: list[str] = tomllib.loads(text)["project"]["dependencies"]
    return next(pin for pin in pins if pin.startswith(module.replace("_", "-")))


def _copy(python: Path, template: Path, project: Path) -> Outcome:
    command = [str(python), "-m", "copier", "copy", *QUICKLY, str(template), str(project)]
    path = os.pathsep.join([str(python.parent), "/usr/bin", "/bin"])
    done = subprocess.run(command, env={"PATH": path}, capture_output=True, text=True, check=False)
    return Outcome(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("missing", [*MODULES, "ruff"])
def test_one_missing_tool_is_named_with_the_command(
    template: Path, tmp_path: Path, missing: str
) -> None:
    python = _environment_without(tmp_path / "environment", missing)
    outcome = _copy(python, template, tmp_path / "service")
    assert outcome.status == 1
    assert "Traceback" not in outcome.errors
    [line] = [line for line in outcome.errors.splitlines() if "Stanchion needs" in line]
    assert f'run "{python}" -m pip install {_pin_of(missing)}, then try again.' in line
    assert not (tmp_path / "service").exists()


def test_several_missing_tools_are_one_sentence(template: Path, tmp_path: Path) -> None:
    python = _environment_without(tmp_path / "environment", "inflection", "tokenize_rt", "ruff")
    outcome = _copy(python, template, tmp_path / "service")
    assert outcome.status == 1
    [line] = [line for line in outcome.errors.splitlines() if "Stanchion needs" in line]
    assert "inflection, tokenize-rt, ruff" in line
    assert not (tmp_path / "service").exists()


def test_an_environment_that_lacks_nothing_serves(template: Path, tmp_path: Path) -> None:
    python = _environment_without(tmp_path / "environment")
    outcome = _copy(python, template, tmp_path / "service")
    assert outcome.status == 0, outcome.errors
