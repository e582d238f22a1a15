"""One specification, one document: whatever framework answers."""

from __future__ import annotations

import copy
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.matrix.cells import Cell
from tests.matrix.projects import environment
from tests.openapi.comparing import NORMALISATIONS, differences
from tests.openapi.conftest import Installed

MOST_NORMALISATIONS = 12
OTHERS = ("express",)
CELLS = (
    Cell("items", "sqlite"),
    Cell("workshop", "sqlite"),
    Cell("shop", "sqlite", "camel", idempotency=False),
)
Document = dict[str, Any]  # any JSON


def document_of(project: Path) -> Document:
    """Return what ``make openapi`` prints."""
    done = subprocess.run(
        ["make", "--silent", "openapi"],
        cwd=project,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    document: Document = json.loads(done.stdout)
    return document


@pytest.mark.parametrize("framework", OTHERS)
@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_the_documents_of_two_frameworks_are_equal(
    installed: Installed, cell: Cell, framework: str
) -> None:
    first = document_of(installed(cell))
    second = document_of(installed(cell._replace(framework=framework)))
    assert differences(first, second) == []


def test_there_are_few_normalisations() -> None:
    assert len(NORMALISATIONS) <= MOST_NORMALISATIONS


def _item(document: Document) -> Document:
    operations: Document = document["paths"]["/api/v1/items"]
    return operations


PLANTED: dict[str, Callable[[Document], object]] = {
    "path": lambda d: d["paths"].pop("/api/v1/items/{id}"),
    "method": lambda d: _item(d).pop("post"),
    "parameter": lambda d: _item(d)["get"]["parameters"].pop(),
    "status": lambda d: _item(d)["get"]["responses"].pop("400"),
    "header": lambda d: _item(d)["post"]["responses"]["201"]["headers"].pop("ETag"),
    "media type": lambda d: _item(d)["post"]["requestBody"]["content"].update({"text/plain": {}}),
    "schema": lambda d: d["components"]["schemas"]["Item"]["required"].pop(),
    "bound": lambda d: d["components"]["schemas"]["ItemCreate"]["properties"]["title"].update(
        maxLength=7
    ),
    "security": lambda d: _item(d)["post"].pop("security"),
}


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_difference_is_found(installed: Installed, kind: str) -> None:
    document = document_of(installed(CELLS[0]))
    changed = copy.deepcopy(document)
    PLANTED[kind](changed)
    assert differences(document, document) == []
    assert len(differences(document, changed)) == 1
