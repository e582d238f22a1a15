"""The specification language: read, check, build.

`load_specification` takes what Copier holds as the answer `resources`; `read_resources_file` takes
the text of a `resources.yml`.
"""

from __future__ import annotations

from .faults import Fault, SpecificationError
from .load import load_specification
from .reading import read_resources_file
from .starters import STARTERS, starter_resources, starter_text

__all__ = [
    "STARTERS",
    "Fault",
    "SpecificationError",
    "load_specification",
    "read_resources_file",
    "starter_resources",
    "starter_text",
]
