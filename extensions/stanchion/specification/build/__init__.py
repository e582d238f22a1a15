"""From a checked specification to the views that templates print."""

from __future__ import annotations

from .service import build_specification

__all__ = ["build_specification"]
