"""The entry file that Copier loads: it finds the package beside it and hands it to Jinja.

Copier's loader executes this file anew for each template version, but a plain import would give
the modules of the version that was loaded first. So the package is loaded under a name made from
its own path, with relative imports inside: each version of the template renders with its own code.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import sys
import tomllib
from pathlib import Path
from types import ModuleType

from copier.errors import UserMessageError

_PACKAGE = Path(__file__).resolve().with_name("stanchion")
_PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
_NEEDED = ("inflection", "pydantic", "rich", "tokenize_rt", "yaml")


def _require_tools() -> None:
    """Refuse in one sentence when Copier's environment lacks a library or program."""
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if not shutil.which("ruff", path=str(Path(sys.executable).parent)):
        missing.append("ruff")
    if missing:
        tools = _pinned(missing)
        message = (
            f"Stanchion needs {', '.join(tool.split('==')[0] for tool in tools)} beside Copier: "
            f'run "{sys.executable}" -m pip install {" ".join(tools)}, then try again.'
        )
        raise UserMessageError(message)


def _pinned(modules: list[str]) -> list[str]:
    """Return what to install for modules; this checkout may be gone when somebody does it."""
    project = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]
    pins = {pin.split("==")[0].replace("-", "_"): pin for pin in project["dependencies"]}
    return [pins["pyyaml" if module == "yaml" else module] for module in modules]


def _load_package() -> ModuleType:
    name = f"stanchion_{hashlib.sha256(str(_PACKAGE).encode()).hexdigest()[:16]}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(
        name, _PACKAGE / "__init__.py", submodule_search_locations=[str(_PACKAGE)]
    )
    if spec is None or spec.loader is None:
        raise UserMessageError(f"{_PACKAGE} cannot be loaded: the template's checkout is damaged.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


_require_tools()
StanchionExtension = importlib.import_module(
    f"{_load_package().__name__}.extension"
).StanchionExtension
