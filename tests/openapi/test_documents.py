"""The documents of generated services are valid, tidy, and kept by what the services answer."""

from __future__ import annotations

import pytest

from tests.conformance.exchange import NotRun
from tests.matrix.cells import Cell
from tests.openapi.checks import CHECKS, serving
from tests.openapi.conftest import Installed, do_without
from tests.openapi.fuzzing import Amount

FEW = Amount(examples=10)
CELLS = {
    Cell("items", "sqlite"): Amount(),
    Cell("items", "postgresql"): Amount(),
    Cell("items", "mysql"): Amount(),
    Cell("blog", "postgresql"): Amount(),
    Cell("shop", "mysql"): FEW,
    Cell("thirty", "sqlite"): Amount(examples=1),  # has ten times the operations
    Cell("items", "sqlite", framework="express"): Amount(),
    Cell("blog", "postgresql", framework="express"): Amount(),
    Cell("shop", "mysql", framework="express"): FEW,
}


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_a_document_is_true(installed: Installed, cell: Cell) -> None:
    with serving(installed(cell), CELLS[cell]) as target:
        for name, check in CHECKS.items():
            try:
                assert list(check(target)) == [], name
            except NotRun as reason:
                do_without(reason)
