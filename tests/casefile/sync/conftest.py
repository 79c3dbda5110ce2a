from __future__ import annotations

from pathlib import Path

import pytest

from tests.casefile.sync.devices import Team


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """Ana made the case; Berta joined from her bundle and each knows the other."""
    team = Team(tmp_path)
    team.begin("ana")
    team.join("ana", "berta")
    team.send("berta", "ana")
    return team
