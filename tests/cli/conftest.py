from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from willakuy import i18n
from willakuy.cli import main


@dataclass(frozen=True)
class Said:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def willakuy(capsys, monkeypatch) -> Callable[..., Said]:
    """Run a command as a person would, from the folder the test is in."""
    monkeypatch.setenv("WILLAKUY_LANG", "en")

    def run(*args: object) -> Said:
        code = main([str(a) for a in args])
        said = capsys.readouterr()
        i18n.set_language("en")
        return Said(code, said.out, said.err)

    return run
