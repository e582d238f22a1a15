"""What templates see besides the answers: flags, the service's view, the project's facts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from .facts import applies, project_facts
from .messages import MESSAGES
from .project import read_recorded
from .specification import Specification, load_specification
from .specification.starters import starter_resources, starter_text
from .system_tables import SYSTEM_MODELS, SYSTEM_ROUTERS, SYSTEM_TABLES

_NEEDED = {
    "starter",
    "resources",
    "auth",
    "json_case",
    "framework",
    "database",
    "idempotency",
    "rate_limit_store",
    "verify",
}
_ASKING = "prompt"
_ON = "."
_OFF = ""

# flag -> (answer, values for which it is on)
FLAGS: dict[str, tuple[str, tuple[object, ...]]] = {
    "python": ("framework", ("fastapi", "flask")),
    "node": ("framework", ("express", "nextjs")),
    "fastapi": ("framework", ("fastapi",)),
    "flask": ("framework", ("flask",)),
    "express": ("framework", ("express",)),
    "nextjs": ("framework", ("nextjs",)),
    "sqlite": ("database", ("sqlite",)),
    "postgresql": ("database", ("postgresql",)),
    "mysql": ("database", ("mysql",)),
    "snake": ("json_case", ("snake",)),
    "camel": ("json_case", ("camel",)),
    "with_idempotency": ("idempotency", (True,)),
    "memory": ("rate_limit_store", ("memory",)),
    "redis": ("rate_limit_store", ("redis",)),
    "database_server": ("database", ("postgresql", "mysql")),
}
STRATEGIES = ("jwt", "session", "oauth", "api_key")


def flags_of(answers: Mapping[str, Any]) -> dict[str, str]:
    """Return every flag: ``"."``, which a path swallows, where it is on; else the empty string.

    A folder of the template whose name is a flag so falls flat into the project, or is skipped.
    """
    flags = {
        flag: _ON if answers[answer] in values else _OFF for flag, (answer, values) in FLAGS.items()
    }
    flags |= {name: _ON if name in answers["auth"] else _OFF for name in STRATEGIES}
    return flags


def resources_file(resources: object, starter: str) -> str:
    """Return the text of ``resources.yml``: a starter as it is written, or what was given."""
    if resources == starter_resources(starter):
        return starter_text(starter)
    content = {"resources": resources}
    return str(yaml.dump(content, Dumper=_PlainDumper, sort_keys=False, allow_unicode=True))


class _PlainDumper(yaml.SafeDumper):
    """Writes out what stands in two places; updates refuse references, which hide things."""

    def ignore_aliases(self, data: object) -> bool:
        """Refer to nothing."""
        return True


class Facts:
    """Derived facts of one rendering, made once though Jinja asks for every path segment."""

    def __init__(self) -> None:
        self._resources: object = None
        self._derived: dict[str, Any] = {}

    def of(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Return flags, ``service`` and ``facts``, or nothing while questions are still open.

        In an update every answer is there from the beginning, and the guards have yet to look.
        """
        if answers.get("_copier_phase") == _ASKING or not answers.keys() >= _NEEDED:
            return {}
        given = answers["resources"]
        if given is not self._resources and given is not self._derived.get("resources"):
            self._derived = _derive(answers)
            self._resources = given
        return self._derived


def in_known_order(resources: object, *known: object) -> object:
    """Return the known resources that say the same, else ``resources`` themselves.

    Copier sorts the keys of what it shows at a prompt; who accepts them unread must not find
    another order of fields in the code.
    """
    said = _content(resources)
    return next((each for each in known if _content(each) == said), resources)


def _content(resources: object) -> str:
    """Return resources as a text that does not depend on order, and tells 1 from true."""
    return json.dumps(resources, sort_keys=True, default=repr)


def _derive(answers: Mapping[str, Any]) -> dict[str, Any]:
    recorded = read_recorded(Path(answers["_copier_conf"]["dst_path"]))
    starter = starter_resources(answers["starter"])
    resources = in_known_order(answers["resources"], starter, recorded.get("resources"))
    service: Specification = load_specification(
        resources, auth=answers["auth"], json_case=answers["json_case"]
    )
    flags = flags_of(answers)
    on = {flag for flag, value in flags.items() if value}
    return {
        **flags,
        "flags_on": sorted(on),
        "resources": resources,
        "service": service,
        "facts": project_facts(on),
        "messages": MESSAGES,
        "system_models": [name for name, when in SYSTEM_MODELS if applies(when, on)],
        "system_routers": [name for name, when in SYSTEM_ROUTERS if applies(when, on)],
        "system_tables": [table for table in SYSTEM_TABLES if applies(table.when, on)],
    }
