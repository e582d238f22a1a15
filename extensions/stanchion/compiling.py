"""A path's segment is compiled once: Copier asks for each of them again for every file."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from jinja2 import Environment, Template


def compile_once(environment: Environment) -> None:
    """Make ``environment.from_string`` give the same template for the same text.

    Extensions still preprocess the text each time: Copier's ``yield`` starts anew by that.
    """
    known: dict[str, Template] = {}
    compile_text = environment.from_string

    def from_string(
        source: Any,  # as Jinja declares it: a text or a syntax tree
        globals: MutableMapping[str, Any] | None = None,
        template_class: type[Template] | None = None,
    ) -> Template:
        if not isinstance(source, str) or globals or template_class:
            return compile_text(source, globals, template_class)
        if source in known:
            environment.preprocess(source)
        else:
            known[source] = compile_text(source)
        return known[source]

    environment.from_string = from_string  # type: ignore[method-assign]  # Jinja has no hook here
