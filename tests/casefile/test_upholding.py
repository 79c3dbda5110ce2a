"""What a decision may not break, and what undoing brings back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.casefile.people import EVERYBODY, propose, row, say
from tests.conftest import seeded_entropy
from willakuy.casefile import Case, Settings
from willakuy.casefile.deciding import WouldBreak, decide, decision_named
from willakuy.casefile.foreseeing import foresee
from willakuy.casefile.splitting import NothingToSplit, split
from willakuy.casefile.upholding import contradictions
from willakuy.casefile.waiting import queue
from willakuy.figures import count
from willakuy.statements.ids import JudgementId, StatementId
from willakuy.statements.judgements import Identity, IdentityVerdict, Judgement

A1, A2, B1, C1, D1 = "stm_a.r1", "stm_a.r2", "stm_b.r1", "stm_c.r1", "stm_d.r1"


@pytest.fixture
def told(case):
    """Four lists; the rows of b, c and d may be of the first person of a."""
    say(
        case,
        row("a", 1, "Anacleto Ejemplo Primero", died="2023-01-09"),
        row("a", 2, "Anacleto Ejemplo Otro", died="2023-01-09"),
        row("b", 1, "Anacleto Ejemplo", died="2023-01-09"),
        row("c", 1, "Anacleto E. Primero", wounded="2023-03-20"),
        row("d", 1, "Anacleto Primero", died="2021-05-02"),
    )
    return case


def judge(case, name, *ids):
    return decide(case, decision_named(name, ids), reason="invented").judgement.judgement_id


def person_of(case, record):
    return case.corpus().identities.by_record()[StatementId(record)].records


def test_nobody_is_joined_with_somebody_judged_different_not_even_through_a_third(told):
    apart = judge(told, "different", A1, C1)
    judge(told, "same", A1, B1)

    with pytest.raises(WouldBreak) as refused:
        judge(told, "same", B1, C1)

    assert apart in str(refused.value)
    assert f"judge undo {apart}" in refused.value.say_next()
    assert person_of(told, C1) == (C1,)


def test_what_is_one_person_is_not_judged_different_before_the_joining_is_undone(told):
    joined = judge(told, "same", A1, B1)

    with pytest.raises(WouldBreak) as refused:
        judge(told, "different", B1, A1)
    assert joined in str(refused.value)
    judge(told, "undo", joined)

    judge(told, "different", B1, A1)
    assert person_of(told, A1) == (A1,)


@pytest.mark.parametrize(
    ("records", "rule"),
    [((A1, A2), "one_list"), ((B1, C1), "dead_before_wounded"), ((B1, D1), "died_in_two_years")],
)
def test_records_that_cannot_be_one_person_need_an_exception_with_its_reason(told, records, rule):
    with pytest.raises(WouldBreak) as refused:
        judge(told, "same", *records)
    assert f"judge exception {rule}" in refused.value.say_next()

    judge(told, "exception", rule, *records)
    judge(told, "same", *records)

    assert set(person_of(told, records[0])) == set(records)


def test_two_rows_of_one_list_are_not_joined_through_a_row_of_another(told):
    judge(told, "same", A1, B1)

    with pytest.raises(WouldBreak):
        judge(told, "same", B1, A2)


def test_an_exception_that_holds_up_a_person_is_not_taken_away_from_under_it(told):
    exception = judge(told, "exception", "one_list", A1, A2)
    joined = judge(told, "same", A1, A2)

    with pytest.raises(WouldBreak):
        judge(told, "undo", exception)
    judge(told, "undo", joined)
    judge(told, "undo", exception)

    assert person_of(told, A1) == (A1,)


def test_days_a_slip_apart_contradict_nothing(case):
    say(case, row("a", 1, "Anacleto Ejemplo", died="2022-12-31"), row("b", 1, "Anacleto Ejemplo", died="2023-01-02"))

    judge(case, "same", A1, B1)

    assert len(person_of(case, A1)) == 2


def test_contradictions_that_came_in_from_elsewhere_are_named_with_their_judgements(told):
    elsewhere = [
        Judgement(JudgementId(f"jdg_{i}"), Identity(IdentityVerdict(verdict), records), "beto", "2024-01-01", "copied")
        for i, (verdict, records) in enumerate((("different", (A1, B1)), ("same", (A1, C1)), ("same", (B1, C1))))
    ]
    told.append(elsewhere[:1])
    told.append(elsewhere[1:])

    found = contradictions(told.corpus())

    assert [(b.a, b.b) for b in found] == [(A1, B1)]
    assert {"jdg_0", "jdg_1", "jdg_2"} <= set(found[0].because)


def test_what_is_foreseen_is_what_happens(told):
    judge(told, "same", A1, B1)
    propose(told, [(B1, C1, 0.9), (A1, C1, 0.8)])
    judge(told, "exception", "dead_before_wounded", A1, C1)
    judge(told, "exception", "dead_before_wounded", B1, C1)
    before = count(told.corpus(), EVERYBODY)

    seen = foresee(told.corpus(), decision_named("same", (B1, C1)))
    judge(told, "same", B1, C1)

    after = count(told.corpus(), EVERYBODY)
    assert seen.also == (A1,)
    assert seen.fewer == 1
    assert [(f.now, f.then) for f in seen.figures] == [((before.lo, before.hi), (after.lo, after.hi))]


def test_different_tells_which_other_records_it_keeps_apart(told):
    judge(told, "same", A1, B1)

    seen = foresee(told.corpus(), decision_named("different", (B1, C1)))

    assert seen.apart == ((A1, C1),)


def test_a_pair_of_two_persons_is_asked_once_and_the_openest_first(told):
    judge(told, "same", A1, B1)
    propose(told, [(A1, C1, 0.97), (B1, C1, 0.6), (A2, D1, 0.2), (C1, D1, 0.55)])

    waiting = queue(told.corpus())

    assert [(w.left, w.right, w.others) for w in waiting] == [(C1, D1, 0), (A1, C1, 1), (A2, D1, 0)]
    assert [w.change for w in waiting] == [1.0, 1.0, 0.4]


RECORDS = (A1, A2, B1, C1, D1, "stm_e.r1")
verdicts = st.tuples(
    st.sampled_from(["same", "different", "undecided"]),
    st.lists(st.sampled_from(RECORDS), min_size=2, max_size=3, unique=True),
)


@settings(max_examples=25)
@given(made=st.lists(verdicts, min_size=1, max_size=6), undone=st.randoms(use_true_random=False))
def test_undoing_in_any_order_brings_back_exactly_what_was_there(tmp_path_factory, made, undone):
    folder = tmp_path_factory.mktemp("split") / "case"
    with Case.create(folder, Settings(name="Invented"), entropy=seeded_entropy("split")) as case:
        say(case, *(row(r[4], int(r[-1]), f"Anacleto Ejemplo {r[4]}") for r in RECORDS))
        whole = case.corpus()
        figure = count(whole, EVERYBODY)
        recorded = []
        for name, ids in made:
            try:
                recorded.append(judge(case, name, *ids))
            except WouldBreak:
                continue
            together = case.corpus().identities.by_record()
            assert not case.corpus().identities.conflicts
            assert all(together[a] is not together[b] for a, b in case.corpus().identities.different)
        undone.shuffle(recorded)
        waiting = list(recorded)
        while waiting:
            left = [j for j in waiting if not _taken_back(case, j)]
            assert len(left) < len(waiting)
            waiting = left
        back = case.corpus()

    assert repr(back.identities) == repr(whole.identities)
    assert back.statements == whole.statements
    assert count(back, EVERYBODY) == figure


def _taken_back(case, judgement_id):
    """An undoing may be refused while another decision stands in its way; then that one goes first."""
    try:
        judge(case, "undo", judgement_id)
    except WouldBreak:
        return False
    return True


def test_a_record_is_split_off_in_one_step_and_the_rest_stays_one(told):
    decide(told, decision_named("same", (A1, B1)), reason="invented")
    decide(told, decision_named("exception", ("died_in_two_years", B1, D1)), reason="invented")
    decide(told, decision_named("exception", ("died_in_two_years", A1, D1)), reason="invented")
    decide(told, decision_named("same", (B1, D1)), reason="invented")
    before = told.corpus().identities.persons

    made = split(told, [StatementId(B1)], reason="another man")

    assert person_of(told, B1) == (B1,)
    assert person_of(told, A1) == (A1, D1)
    for judgement in reversed(made):
        judge(told, "undo", judgement.judgement_id)
    assert [p.records for p in told.corpus().identities.persons] == [p.records for p in before]
    assert repr(told.corpus().identities.persons) == repr(before)


def test_splitting_what_nobody_joined_records_nothing(told):
    with pytest.raises(NothingToSplit):
        split(told, [StatementId(B1)], reason="another man")

    assert told.corpus().judgements == ()


def test_linking_twice_links_nothing_anew_and_rebuilding_forgets_what_was_kept(told, monkeypatch):
    from willakuy.linkage import incase
    from willakuy.linkage.values import Settings as LinkSettings

    monkeypatch.setattr(incase, "ALL_PAIRS", 1)
    few = LinkSettings(samples=10)

    first = incase.relink_case(told, settings=few)
    again = incase.relink_case(told, settings=few)

    assert first.touched.records == (5, 5)
    assert again.touched.records == (0, 5)
    assert again.result.pairs == first.result.pairs
    assert (told.folder / incase.KEPT).exists()
    told.rebuild()
    assert not (told.folder / incase.KEPT).exists()


def test_linking_never_joins_what_cannot_be_one_person_and_says_so(case):
    from willakuy.linkage import link_corpus

    name = "Anacleto Xilófono Yzquierdo Zubizarreta"
    others = [
        row("e", n, f"Persona Distinta {word}") for n, word in enumerate(["Uno", "Dos", "Tres", "Cuatro", "Cinco"], 1)
    ]
    say(case, row("b", 1, name, died="2023-01-09"), row("d", 1, name, died="2021-05-02"), *others)

    found = link_corpus(case.corpus())

    person = found.person_of()
    assert person[B1] != person[D1]
    assert [(r.rec_l, r.rec_r, r.reason) for r in found.refused] == [(B1, D1, "died_in_two_years")]
