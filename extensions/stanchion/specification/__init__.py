"""The specification language: read, check, build.

`load_specification` takes what Copier holds as the answer `resources`; `read_resources_file` takes
the text of a `resources.yml`.
"""

from __future__ import annotations

from ..views import Specification
from .faults import Fault, SpecificationError, describe
from .load import load_specification
from .reading import read_resources_file, read_resources_text
from .starters import STARTERS, starter_resources, starter_text

__all__ = [
    "STARTERS",
    "Fault",
    "Specification",
    "SpecificationError",
    "describe",
    "load_specification",
    "read_resources_file",
    "read_resources_text",
    "starter_resources",
    "starter_text",
]
