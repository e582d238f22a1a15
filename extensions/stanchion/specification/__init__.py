"""The specification language: read, check, build.

`load_specification` takes what Copier holds as the answer `resources`; `read_resources_file` takes
the text of a `resources.yml`.
"""

from __future__ import annotations

from .faults import Fault, SpecificationError
from .load import load_specification
from .starters import starter_resources

__all__ = [
    "Fault",
    "SpecificationError",
    "load_specification",
    "starter_resources",
]
