"""The names of one resource in every form that is printed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """One resource's names.

    Attributes:
        singular: `line_item`: modules, variables, `get_line_item`.
        plural: `line_items`: tags, `list_line_items`.
        class_name: `LineItem`.
        path: `line-items`, as it stands in a URL, and as files of Node projects are called.
        singular_path: `line-item`, the same for one.
        words: `line item`, for messages and headings.
        words_plural: `line items`.
    """

    singular: str
    plural: str
    class_name: str
    path: str
    singular_path: str
    words: str
    words_plural: str
