"""Where tests count requests: in the Redis of ``REDIS_URL``, else in one of their own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_KEEPER: Final = Path(__file__).resolve().parents[1] / "tools" / "servers.py"


@contextmanager
def counting() -> Iterator[dict[str, str]]:
    """Yield the variables that counting needs; its own server is gone afterwards."""
    if "REDIS_URL" in os.environ:
        yield {}
        return
    with subprocess.Popen(  # noqa: S603 - a program of this project
        [sys.executable, str(_KEEPER), "redis"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as keeper:
        line = keeper.stdout.readline() if keeper.stdout else b""
        said: dict[str, str] = json.loads(line)
        if "error" in said:
            raise RuntimeError(f"{said['error']}: set REDIS_URL to a Redis that tests may use")
        yield {"REDIS_URL": said["url"]}
        # Leaving closes the pipe, at which the keeper stops the server.
