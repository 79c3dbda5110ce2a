"""Tables the tests of this room share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from willakuy.estimation import CaptureTable, StrataTable, read_table


@pytest.fixture
def kosovo(shared_data: Path) -> CaptureTable:
    found = read_table(shared_data / "mse" / "kosovo.csv")
    assert isinstance(found, CaptureTable)
    return found


@pytest.fixture
def flat(shared_data: Path) -> Callable[[str], CaptureTable]:
    """A reference table by name, strata joined."""

    def load(name: str) -> CaptureTable:
        found = read_table(shared_data / "mse" / f"{name}.csv")
        return found.pooled() if isinstance(found, StrataTable) else found

    return load


@pytest.fixture
def three_lists() -> CaptureTable:
    """Three lists that made 60 people, nobody real."""
    rows = [
        ((1, 0, 0), 14),
        ((0, 1, 0), 11),
        ((0, 0, 1), 9),
        ((1, 1, 0), 8),
        ((1, 0, 1), 7),
        ((0, 1, 1), 6),
        ((1, 1, 1), 5),
    ]
    return CaptureTable.of(["north", "south", "east"], rows)
