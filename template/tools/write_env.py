"""Write .env once: a copy of .env.example with a random SECRET_KEY, readable by its owner only."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


def write_env(project: Path = PROJECT) -> bool:
    """Write the project's .env where there is none; tell whether it was written."""
    example = (project / ".env.example").read_text(encoding="utf-8")
    settings = re.sub(
        r"^SECRET_KEY=.*$", f"SECRET_KEY={secrets.token_hex(32)}", example, flags=re.MULTILINE
    )
    try:
        descriptor = os.open(project / ".env", os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode=0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(settings)
    return True


if __name__ == "__main__" and write_env():
    print("Wrote .env with a random SECRET_KEY.")
