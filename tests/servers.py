"""Private servers for tests: those of the generated project's own tools, loaded by path."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from typing import Protocol, cast

TEMPLATE = Path(__file__).resolve().parent.parent / "template"
TOOLS = TEMPLATE / "tools"


class Server(Protocol):
    """A private server that runs."""

    @property
    def url(self) -> str:
        """Where it is, as ``DATABASE_URL`` has it."""

    @property
    def version(self) -> str:
        """Its name and version."""

    def stop(self) -> None:
        """Stop it and delete its data."""


class Servers(Protocol):
    """What the tools export."""

    def available(self, kind: str) -> bool:
        """Tell whether this machine has the binaries of a kind."""

    def start(self, kind: str) -> Server:
        """Start ``postgresql``, ``mysql`` or ``redis`` and wait until it answers."""


@cache
def private_servers() -> Servers:
    """Return the tools' module of private servers."""
    return cast(Servers, load_tool("servers"))


def load_tool(name: str) -> object:
    """Return a module of the generated project's tools, under a name of its own."""
    spec = importlib.util.spec_from_file_location(f"tools_{name}", TOOLS / f"{name}.py")
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(TOOLS))
    try:
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(TOOLS))
    return module
