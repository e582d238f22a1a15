"""The shape of a specification: keys, types of values, names; what is well-formed goes on."""

from __future__ import annotations

from .draft import Draft, read_draft

__all__ = ["Draft", "read_draft"]
