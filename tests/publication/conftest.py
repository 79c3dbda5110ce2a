"""One invented case and its release, built once for all tests that only read them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import seeded_entropy
from tests.publication.invented import make_case
from willakuy.casefile import Case
from willakuy.publication import Release, publish


def fixed_clock() -> str:
    return "2024-01-01T00:00:00Z"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    """The release of the invented case: to be read, not changed."""
    folder = tmp_path_factory.mktemp("published") / "case"
    with make_case(folder, fixed_clock, seeded_entropy("published")) as case:
        yield publish(case)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """The invented case, to do with as one likes."""
    with make_case(tmp_path / "case", fixed_clock, seeded_entropy("published")) as made:
        yield made


@pytest.fixture
def copy(published: Release, tmp_path: Path) -> Path:
    """A copy of the release, to damage."""
    return Path(shutil.copytree(published.path, tmp_path / "copy"))


@pytest.fixture(scope="session")
def read(published: Release) -> Callable[[str], str]:
    return lambda path: (published.path / path).read_text("utf-8")


@pytest.fixture(scope="session")
def browser(chromium: Any) -> Any:
    """What the pages of a release are looked at with."""
    return chromium
