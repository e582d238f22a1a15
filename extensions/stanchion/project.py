"""A project that exists: what it has on record, and its own resources.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from .changes import Change, find_changes
from .specification import (
    Fault,
    Specification,
    SpecificationError,
    load_specification,
    read_resources_file,
)

ANSWERS_FILE = ".copier-answers.yml"
RESOURCES_FILE = "resources.yml"


def read_recorded(project: Path) -> dict[str, object]:
    """Read what a project has on record.

    Args:
        project: The project's folder; a new one has nothing.

    Returns:
        The answers by question.
    """
    try:
        content = yaml.safe_load((project / ANSWERS_FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return {}
    return content if isinstance(content, dict) else {}


class Project:
    """The folder that Copier writes to, which may hold a project or nothing yet."""

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        self._folder = folder
        self.recorded: Mapping[str, Any] = read_recorded(folder)

    @property
    def exists(self) -> bool:
        """Whether there is a project with a specification on record."""
        return isinstance(self.recorded.get("resources"), dict)

    def file_faults(self) -> Iterator[Fault]:
        """Read resources.yml strictly, since Copier hides what stands there twice.

        Yields:
            One fault for each place that YAML would hide or guess.
        """
        try:
            self.own_resources()
        except SpecificationError as error:
            for fault in error.faults:
                yield Fault(f"{RESOURCES_FILE}: {fault.place}", fault.message, fault.mend)

    def own_resources(self) -> object:
        """Return the resources of resources.yml, or those on record where there is no file.

        Raises:
            SpecificationError: The file hides something.
        """
        path = self._folder / RESOURCES_FILE
        if not self.exists or not path.is_file():
            return self.recorded.get("resources")
        text = path.read_text(encoding="utf-8", errors="replace")
        return read_resources_file(text)["resources"]

    def difference(self, resources: object) -> Iterator[Fault]:
        """Compare the answer `resources` with resources.yml.

        Args:
            resources: The answer.

        Yields:
            A fault where they differ.
        """
        if self.exists and self.own_resources() != resources:
            message = f"the answer and the project's {RESOURCES_FILE} differ"
            mend = f"write it into {RESOURCES_FILE}, then run make update"
            yield Fault("resources", message, mend)

    def changes(self, new: Specification, answers: Mapping[str, Any]) -> list[Change]:
        """Compare what is on record with what is to be.

        Args:
            new: The new specification.
            answers: `framework`, `database`, `auth` and `json_case`.

        Returns:
            Every change that matters to data; none for a new project.

        Raises:
            SpecificationError: What is on record cannot be read by this version.
        """
        if not self.exists:
            return []
        auth: Sequence[str] = self.recorded.get("auth", answers["auth"])
        json_case = self.recorded.get("json_case", answers["json_case"])
        old = load_specification(self.recorded["resources"], auth=auth, json_case=json_case)
        return find_changes(old, new, self.recorded, answers)


def has_migrations(conf: Mapping[str, Any], operation: str) -> bool:
    """Tell whether a project writes its migrations itself by now.

    Args:
        conf: Copier's own settings (`_copier_conf`).
        operation: What Copier does: `copy` (again too) or `update`.

    Returns:
        True in an update, and where migrations are there already.
    """
    project = Path(conf["dst_path"])
    written = [*project.glob("src/migrations/versions/*.py"), *project.glob("migrations/*.sql")]
    return operation == "update" or bool(written)
