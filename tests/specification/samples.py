"""What several tests of the specification read."""

from __future__ import annotations

from pathlib import Path

from stanchion.specification import Specification, load_specification, read_resources_file
from stanchion.views import Resource

THIRTY = Path(__file__).resolve().parent.parent / "fixtures" / "thirty.yml"


def thirty() -> object:
    """Give the resources of the fixture."""
    return read_resources_file(THIRTY.read_text(encoding="utf-8"))["resources"]


def built(resources: object, json_case: str = "snake") -> Specification:
    """Work out resources of a service with accounts."""
    return load_specification(resources, auth=["jwt"], json_case=json_case)


def resource(definition: dict[str, object], json_case: str = "snake") -> Resource:
    """Work out one resource named `task`, beside a `project` and a `tag` to point to."""
    label = {"label": {"type": "string", "max_length": 40}}
    others: dict[str, object] = {"project": {"fields": label}, "tag": {"fields": label}}
    return built({**others, "task": definition}, json_case).resource("task")
