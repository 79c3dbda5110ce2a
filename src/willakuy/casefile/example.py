"""The example case, built the same on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import resources
from pathlib import Path

from willakuy.casefile.case import Case
from willakuy.casefile.folder import import_folder
from willakuy.casefile.settings import read_settings
from willakuy.ledger import Entropy

EXAMPLE = "peru-2022-2023"
BUILT = "2026-11-24T00:00:00Z"
"""What the clock says in every entry of the example: a fixed moment, so that every build is the same."""


def example_folder() -> Path:
    """The plain files of the example: inside the installed package, or in the checkout they come from."""
    installed = Path(str(resources.files("willakuy"))) / "examples" / EXAMPLE
    return installed if installed.is_dir() else Path(__file__).parents[3] / "examples" / EXAMPLE


def open_example(folder: Path, *, with_judgements: bool = True, progress: Callable[[int], None] | None = None) -> Case:
    """The example case in ``folder``: built there, or opened as it is when a case is there already.

    Raises:
        CaseExists: there is something else in ``folder``.
    """
    if (folder / "case.toml").is_file():
        return Case.open(folder)
    plain = example_folder()
    case = Case.create(folder, read_settings(plain), clock=lambda: BUILT, entropy=repeatable_entropy(EXAMPLE))
    import_folder(case, plain, with_judgements=with_judgements, progress=progress)
    return case


def repeatable_entropy(seed: str) -> Entropy:
    """Bytes that look random and are the same for everyone: for an example, never for a case of one's own."""
    counter = 0

    def more(n: int) -> bytes:
        nonlocal counter
        counter += 1
        return hashlib.shake_256(f"{seed}/{counter}".encode()).digest(n)

    return more
