from __future__ import annotations

import pytest

from willakuy.casefile.agreement import agreement, cohen_kappa, krippendorff_alpha
from willakuy.statements.ids import JudgementId, StatementId
from willakuy.statements.judgements import Coding, Identity, IdentityVerdict, Judgement, Undo


def said(n, by, decision):
    return Judgement(JudgementId(f"jdg_{n}"), decision, by, "2024-01-01", "invented")


def pair(verdict, a, b, blind=False):
    return (Coding if blind else Identity)(IdentityVerdict(verdict), (StatementId(a), StatementId(b)))


def test_alpha_is_that_of_the_published_example():
    # Krippendorff (2011), "Computing Krippendorff's alpha-reliability", example C: four observers, nominal, 0.743
    observers = [
        "1 2 3 3 2 1 4 1 2 . . .",
        "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .",
    ]
    columns = zip(*(o.split() for o in observers), strict=True)

    alpha = krippendorff_alpha([[value for value in unit if value != "."] for unit in columns])

    assert alpha == pytest.approx(0.743, abs=0.0005)


def test_kappa_is_that_of_the_textbook_table():
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed 0.7, by chance 0.5
    answers = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15

    assert cohen_kappa(answers) == pytest.approx(0.4)


def test_one_answer_throughout_measures_nothing():
    assert krippendorff_alpha([["same", "same"], ["same", "same"]]) is None
    assert cohen_kappa([("same", "same")]) is None


def test_only_pairs_answered_twice_count_and_the_differing_ones_are_named():
    judgements = [
        said(1, "ana", Identity(IdentityVerdict.same, tuple(map(StatementId, ("stm_a", "stm_b", "stm_c"))))),
        said(2, "beto", pair("same", "stm_b", "stm_a", blind=True)),
        said(3, "beto", pair("different", "stm_a", "stm_c", blind=True)),
        said(4, "beto", pair("same", "stm_x", "stm_y", blind=True)),
    ]

    found = agreement(judgements)

    assert found.n_pairs == 2
    assert [p for p, _ in found.differing] == [("stm_a", "stm_c")]
    assert (found.coders[0].n_agreed, found.coders[0].n_pairs) == (1, 2)


def test_an_answer_taken_back_is_no_answer():
    judgements = [
        said(1, "ana", pair("same", "stm_a", "stm_b")),
        said(2, "beto", pair("same", "stm_a", "stm_b", blind=True)),
        said(3, "beto", Undo(JudgementId("jdg_2"))),
    ]

    assert agreement(judgements).n_pairs == 0
