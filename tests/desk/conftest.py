from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.casefile.conftest import bulletin, radio, victim  # noqa: F401
from tests.conftest import seeded_entropy
from willakuy.casefile import Case, Settings
from willakuy.statements.ids import StatementId
from willakuy.statements.statement import Proposer

TOKEN = "a-token-for-tests"
_served: dict[str, Path] = {}


@pytest.fixture
def case_folder(tmp_path, clock, radio, bulletin):  # noqa: F811
    """A case with two alike records, a proposed pair, and a proposed statement."""
    from dataclasses import replace

    folder = tmp_path / "case"
    proposed = replace(victim(9), statement_id=StatementId("stm_proposed"), proposed_by=Proposer("rules", "1"))
    with Case.create(folder, Settings(name="Caso inventado"), clock=clock, entropy=seeded_entropy("desk")) as case:
        case.append([radio, bulletin, victim(1), victim(2), victim(3, "Basilia Ejemplo"), proposed])
        pair = {
            "record_l": "stm_bulletin.r1",
            "record_r": "stm_bulletin.r2",
            "p_same": 0.93,
            "why": "names",
            "run_id": "run_1",
        }
        kept = case.evidence.put_bytes(json.dumps(pair).encode(), "pairs")
        case.record("link-run", {"run_id": "run_1", "pairs_sha256": kept.sha256})
    return folder


@pytest.fixture
def browser(case_folder):
    """A browser at the closed door. Django is set up once in a process; each test serves its own case."""
    from django.conf import settings
    from django.test import Client

    from willakuy.desk import entrance
    from willakuy.desk.configuration import configure

    if not settings.configured:
        configure(case_folder, coder="ana", language="en", token=TOKEN)
    settings.WILLAKUY_CASE = case_folder
    entrance._used.clear()
    return Client(enforce_csrf_checks=False)


@pytest.fixture
def coder(browser):
    """A browser that came in with the link."""
    assert browser.post(f"/enter/{TOKEN}/").status_code == 302
    return browser
