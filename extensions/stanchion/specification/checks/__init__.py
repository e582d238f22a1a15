"""What a well-formed specification must hold besides: each check names every fault it finds."""

from __future__ import annotations

from .run import find_faults

__all__ = ["find_faults"]
