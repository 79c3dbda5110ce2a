from __future__ import annotations

import pytest

from tests.desk.conftest import TOKEN
from willakuy.casefile import Case
from willakuy.statements.judgements import IdentityVerdict

PAGES = ["/", "/pairs/", "/statements/", "/figures/", "/decisions/"]
PAIR = {"left": "stm_bulletin.r1", "right": "stm_bulletin.r2", "at": "0"}


@pytest.mark.parametrize("page", PAGES)
def test_nobody_comes_in_without_the_link(browser, page):
    assert browser.get(page).status_code == 403


def test_a_scanner_that_follows_the_link_uses_nothing_up(browser):
    for _ in range(3):
        assert browser.get(f"/enter/{TOKEN}/").status_code == 200

    assert browser.post(f"/enter/{TOKEN}/").status_code == 302


def test_the_link_lets_one_person_in_once(coder):
    assert coder.post(f"/enter/{TOKEN}/").status_code == 403


def test_a_wrong_link_is_closed(browser):
    assert browser.post("/enter/ñandú/").status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_there_in_both_languages_and_allows_no_script(coder, page):
    english = coder.get(page)
    coder.post("/language/", {"language": "es"})
    spanish = coder.get(page)

    assert (english.status_code, spanish.status_code) == (200, 200)
    assert b'lang="en"' in english.content
    assert b'lang="es"' in spanish.content
    assert "script" not in english.headers["Content-Security-Policy"]
    assert english.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert english.headers["Cache-Control"] == "no-store"


def test_a_pair_is_shown_with_the_machines_opinion_folded_away(coder):
    page = coder.get("/pairs/").content.decode()

    before, folded = page.split("<details>")
    assert "Anacleto Ejemplo Primero" in before
    assert "93.0%" not in before
    assert "93.0% that these are one person" in folded


def test_a_pair_tells_what_each_answer_would_do_as_the_terminal_does(coder, case_folder):
    from willakuy.casefile.deciding import decision_named
    from willakuy.casefile.foreseeing import foresee

    page = coder.get("/pairs/").content.decode()

    with Case.open(case_folder) as case:
        seen = foresee(case.corpus(), decision_named("same", (PAIR["left"], PAIR["right"])))
        lines = seen.say(case.corpus())
    assert lines
    assert all(f"<li>{line}</li>" in page for line in lines)


def test_what_cannot_be_recorded_is_answered_with_the_way_round_it(coder):
    coder.post("/pairs/decide/", {**PAIR, "verdict": "different", "reason": "two people"})

    coder.post("/pairs/decide/", {**PAIR, "right": "stm_bulletin.r3", "verdict": "same"})

    answer = coder.post("/pairs/decide/", {**PAIR, "left": "stm_bulletin.r3", "verdict": "same"})

    assert answer.status_code == 409
    assert "judge undo jdg_" in answer.content.decode()


def test_same_is_recorded_as_a_judgement_and_the_opinion_is_shown_afterwards(coder, case_folder):
    coder.post("/pairs/decide/", {**PAIR, "verdict": "same", "reason": "same words"})

    with Case.open(case_folder) as case:
        judgement = case.corpus().judgements[-1]
    assert judgement.decision.verdict is IdentityVerdict.same
    assert (judgement.by, judgement.reason) == ("ana", "same words")
    assert coder.session["last"]["p_same"] == "0.93"


def test_what_was_decided_can_be_undone(coder, case_folder):
    coder.post("/pairs/decide/", {**PAIR, "verdict": "same"})
    with Case.open(case_folder) as case:
        judgement = case.corpus().judgements[-1]

    coder.post("/decisions/undo/", {"judgement": judgement.judgement_id})

    with Case.open(case_folder) as case:
        assert len(case.corpus().identities.persons) == 3
    assert "Same person?" in coder.get("/pairs/").content.decode()


def test_later_decides_nothing(coder, case_folder):
    coder.post("/pairs/decide/", {**PAIR, "verdict": "skip"})

    with Case.open(case_folder) as case:
        assert case.corpus().judgements == ()


def test_an_accepted_proposal_is_counted_from_then_on(coder, case_folder):
    coder.post("/statements/decide/", {"statement": "stm_proposed", "verdict": "accept", "at": "0"})

    with Case.open(case_folder) as case:
        corpus = case.corpus()
    assert "stm_proposed" in {s.statement_id for s in corpus.standing}
    assert "No proposed statement waits" in coder.get("/statements/").content.decode()


def test_a_decision_about_nothing_is_refused_in_words(coder):
    answer = coder.post("/pairs/decide/", {"left": "stm_x", "right": "stm_y", "verdict": "same", "at": "0"})

    assert answer.status_code == 409
    assert "the case holds nothing by that name" in answer.content.decode()


def test_a_form_without_its_token_is_refused(case_folder, browser):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)

    assert strict.post(f"/enter/{TOKEN}/").status_code == 403


def test_words_of_a_source_are_never_markup(coder, case_folder):
    from dataclasses import replace

    from tests.casefile.conftest import victim
    from willakuy.statements.ids import StatementId
    from willakuy.statements.statement import Proposer

    hostile = replace(
        victim(7),
        statement_id=StatementId("stm_hostile"),
        words="<script>alert(1)</script>",
        proposed_by=Proposer("rules", "1"),
    )
    with Case.open(case_folder) as case:
        case.append([hostile])

    page = coder.get("/statements/?at=1").content.decode()

    assert "<script>" not in page
    assert "&lt;script&gt;" in page
