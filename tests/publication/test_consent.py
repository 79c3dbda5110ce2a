"""Consent: what a protected person told is shown while they agree, and a withdrawal names nobody."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.publication import invented
from tests.publication.test_policy import judged
from willakuy.casefile import Case
from willakuy.publication import Rule, policy_of, publish, release_record, verify_release
from willakuy.publication.consent import unconsented
from willakuy.statements.consent import Consent, Purpose
from willakuy.statements.ids import JudgementId, StatementId
from willakuy.statements.judgements import Undo

BROTHER_SAID = StatementId("stm_M3")


def withdrawn(subject: str, purpose: Purpose = Purpose.publish) -> Consent:
    return Consent(subject, (purpose,), is_given=False, given_by="la persona misma")


def ids(case: Case) -> set[str]:
    return {str(s) for s in release_record(case.corpus(), policy_of(case.settings)).corpus.statement}


def text_of_all(folder) -> str:
    return "".join(p.read_text("utf-8", "replace") for p in folder.rglob("*") if p.is_file())


def test_what_a_protected_source_told_is_shown_only_with_consent(case: Case) -> None:
    assert BROTHER_SAID in ids(case)

    case.append([judged(1, Undo(JudgementId("jdg_4")))])

    assert BROTHER_SAID not in ids(case)
    assert unconsented(case.corpus())[BROTHER_SAID] is Rule.no_consent


def test_consent_to_keep_is_no_consent_to_publish(case: Case) -> None:
    case.append([judged(1, Undo(JudgementId("jdg_4")))])
    case.append([judged(2, replace(invented.AGREED, purposes=(Purpose.keep, Purpose.court)))])

    assert BROTHER_SAID not in ids(case)
    assert BROTHER_SAID not in unconsented(case.corpus(), Purpose.court)
    assert BROTHER_SAID in unconsented(case.corpus(), Purpose.share)


def test_the_latest_word_holds(case: Case) -> None:
    case.append([judged(1, withdrawn("src_secret"))])
    assert BROTHER_SAID not in ids(case)

    case.append([judged(2, replace(invented.AGREED, given_by="la persona misma"))])
    assert BROTHER_SAID in ids(case)


def test_a_withdrawal_takes_only_what_its_source_told(case: Case) -> None:
    case.append([judged(1, withdrawn("src_secret"))])

    left = ids(case)

    assert BROTHER_SAID not in left
    assert {"stm_L01.r1", "stm_L02.r1"} <= left


def test_a_person_s_withdrawal_takes_every_record_of_that_person(case: Case) -> None:
    case.append([judged(1, withdrawn("stm_L02.r1"))])

    assert {"stm_L01.r1", "stm_L02.r1", "stm_M3"}.isdisjoint(ids(case))


def test_a_withdrawn_person_is_still_counted(case: Case) -> None:
    def counted() -> list[tuple[int, int]]:
        record = release_record(case.corpus(), policy_of(case.settings))
        return [(f.lo, f.hi) for f in record.answers.figures]

    before = counted()
    case.append([judged(1, withdrawn("stm_L02.r1"))])

    assert counted() == before


@pytest.mark.parametrize("subject", ["src_secret", "stm_L02.r1", "doc_L01", "stm_M3", "stm_L01.r1"])
def test_a_release_after_a_withdrawal_verifies(case: Case, subject: str) -> None:
    case.append([judged(1, withdrawn(subject))])

    assert verify_release(publish(case).path).problems == ()


def test_the_release_after_a_withdrawal_says_how_many_and_never_who(case: Case) -> None:
    publish(case)
    case.append([judged(1, withdrawn("stm_L01.r1"))])

    release = publish(case)

    changes = (release.path / "en/changes.html").read_text("utf-8")
    assert "no longer shown, as those whose they are have asked: 3. They are still counted." in changes
    assert invented.MAN not in text_of_all(release.path)
    assert "la persona misma" not in text_of_all(release.path)
    rows = [json.loads(line) for line in (release.path / "data/withheld.jsonl").read_text("utf-8").splitlines()]
    assert any(r["rule"] == Rule.consent_withdrawn and r["n"] == 3 for r in rows)


def test_consent_given_later_is_told_as_a_number(case: Case) -> None:
    case.append([judged(1, withdrawn("src_secret"))])
    publish(case)
    case.append([judged(2, invented.AGREED)])

    changes = (publish(case).path / "en/changes.html").read_text("utf-8")

    assert "shown now that those whose they are have agreed: 1" in changes


def test_no_consent_is_published_nor_why(published, read: Callable[[str], str]) -> None:
    assert "jdg_4" not in read("data/judgements.jsonl")
    assert "por teléfono" not in text_of_all(published.path)


def test_somebody_masked_since_is_not_named_by_the_differences(case: Case) -> None:
    from willakuy.statements.judgements import PolicyException

    publish(case)
    case.append([judged(1, PolicyException(Rule.withdrawn_by_decision, "stm_L01.r1", allow=False))])

    release = publish(case)

    assert invented.MAN not in text_of_all(release.path)
    assert "Somebody no longer has a page: kept back." in (release.path / "en/changes.html").read_text("utf-8")


def test_a_person_held_together_by_a_withdrawn_record_is_not_shown_as_two(case: Case) -> None:
    from willakuy.statements.judgements import Identity, IdentityVerdict

    same = IdentityVerdict.same
    case.append(
        [
            judged(1, Identity(same, (BROTHER_SAID, StatementId("stm_L01.r4")))),
            judged(2, Undo(JudgementId("jdg_1"))),
            judged(3, Identity(same, (BROTHER_SAID, StatementId("stm_L01.r1")))),
        ]
    )
    case.append([judged(4, withdrawn("src_secret"))])

    assert {"stm_L01.r1", "stm_L01.r4", BROTHER_SAID}.isdisjoint(ids(case))
    assert verify_release(publish(case).path).problems == ()


def test_a_release_of_a_case_with_erased_values_verifies_and_says_they_were_erased(case: Case) -> None:
    from willakuy.casefile.erasing import erase

    erase(case, "stm_M3", ["words", "speakers"], reason="la persona lo pidió")

    release = publish(case)

    assert verify_release(release.path).problems == ()
    rows = [json.loads(line) for line in (release.path / "data/statements.jsonl").read_text("utf-8").splitlines()]
    said = next(r for r in rows if r["id"] == "stm_M3")
    assert said["fields"]["words"] == "[…]"
    assert (said["masked"]["words"], said["withheld"]["speakers"]) == (Rule.erased, Rule.erased)
    assert not any("lo vi caer" in words for words in text_of_all(release.path).splitlines())


def test_a_handover_for_a_court_holds_only_what_was_agreed_to_for_a_court(case: Case) -> None:
    from willakuy.publication.handover import case_handover

    def handed(purpose: Purpose) -> str:
        parts = case_handover(case, purpose).parts
        return b"".join(b"".join(p.chunks()) for p in parts if p.name.endswith(".jsonl")).decode()

    assert "lo vi caer" not in handed(Purpose.court)

    case.append([judged(1, replace(invented.AGREED, purposes=(Purpose.court,)))])

    assert "lo vi caer" in handed(Purpose.court)
    assert "lo vi caer" not in handed(Purpose.share)
    assert invented.GIRL in handed(Purpose.share)
