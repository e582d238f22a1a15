"""The one Jinja extension: guards for answers, facts for templates, formatting for code."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from copier_template_extensions import ContextHook
from jinja2 import Environment

from . import compiling, context, formatting, guards
from .emitters import (
    drizzle,
    express,
    initial_migration,
    markdown,
    migration,
    people,
    python,
    python_factories,
    script_factories,
    script_services,
    script_tests,
    snapshot,
    sqlalchemy,
    typescript,
    zod,
)

_EMITTERS = (
    drizzle,
    express,
    initial_migration,
    markdown,
    migration,
    people,
    python,
    python_factories,
    script_factories,
    script_services,
    script_tests,
    snapshot,
    sqlalchemy,
    typescript,
    zod,
)


class StanchionExtension(ContextHook):
    """What templates and questions of this version may call."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        compiling.compile_once(environment)
        self._facts = context.Facts()
        environment.globals.update(guards.TEMPLATE_FUNCTIONS)
        environment.globals["resources_file"] = context.resources_file
        for emitter in _EMITTERS:
            environment.filters.update(emitter.FILTERS)
        environment.filters["code"] = formatting.format_code

    def hook(self, context: MutableMapping[str, Any]) -> None:  # any answer
        """Add flags, the service and its facts once every answer is there."""
        context.update(self._facts.of(context))

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Wrap each template of code in the filter that formats it."""
        if name is None or not name.endswith(formatting.FORMATTED):
            return source
        return formatting.wrap_template(source, Path(name).name)
