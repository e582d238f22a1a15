"""The commands of each step of verification, which make's targets run too."""

PYTHON = ".venv/bin/python"
Command = tuple[str, ...]

_UPGRADE = (PYTHON, "-m", "alembic", "upgrade", "head")

COMMANDS: dict[str, tuple[Command, ...]] = {
    "install": (("uv", "sync"), (PYTHON, "tools/write_env.py")),
    "upgrade": (_UPGRADE,),
    "types": ((PYTHON, "-m", "mypy"),),
    "downgrade": ((PYTHON, "-m", "alembic", "downgrade", "base"),),
    "upgrade-again": (_UPGRADE,),
    "compare": ((PYTHON, "-m", "alembic", "check"),),
    "lint": ((PYTHON, "-m", "ruff", "check"), (PYTHON, "-m", "ruff", "format", "--check")),
    "tests": ((PYTHON, "-m", "pytest", "-n", "auto", "--cov"),),
}
