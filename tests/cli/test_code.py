"""``willakuy code``: a proposal in its place, one key; nothing is counted before it, and nothing is lost after it."""

from __future__ import annotations

import json

import pytest

from tests.conftest import seeded_entropy
from willakuy.casefile import Case, Settings
from willakuy.casefile.coded import coded_in
from willakuy.casefile.intake import Provenance, keep_reading
from willakuy.casefile.proposal_figures import coding_figures
from willakuy.casefile.proposals import Correction, NotInTheText, ProposalSitting
from willakuy.cli.code_sitting import CodeConversation
from willakuy.cli.keys import BACKSPACE, END, ENTER, ESCAPE, UP
from willakuy.statements.judgements import Review, ReviewCoding, ReviewVerdict

TEXT = (
    "La vocera Rosa Inventada dijo que “murieron al menos 17 personas en la plaza” el 9 de enero.\n\n"
    "El general Juan Ficticio sostuvo que “los heridos fueron 40, todos soldados del cuartel”.\n\n"
    "La vocera Rosa Inventada exigió que renuncie el ministro.\n"
)


@pytest.fixture
def case(tmp_path, clock):
    (tmp_path / "nota.txt").write_text(TEXT, encoding="utf-8")
    with Case.create(
        tmp_path / "case", Settings(name="Inventado", coder="coder-a"), clock=clock, entropy=seeded_entropy("c")
    ) as case:
        keep_reading(case, tmp_path / "nota.txt", Provenance("Radio Inventada"))
        yield case


class Typed:
    """Keys pressed one after another; the terminal is gone after the last."""

    def __init__(self, *keys):
        self.left = list(keys)
        self.pressed = 0

    def next(self):
        self.pressed += 1
        return self.left.pop(0) if self.left else END


def sit(case, *keys, by="coder-a", **values):
    screens = []
    sitting = ProposalSitting(case, by, **values)
    typed = Typed(*keys)
    CodeConversation(sitting, typed, screens.append).run()
    return sitting, screens


def test_every_proposal_is_shown_in_its_place_with_who_proposed_it(case):
    sitting, screens = sit(case)

    assert len(sitting.queue) == len(case.corpus().waiting) > 2
    assert "murieron al menos 17 personas" in screens[0] and "proposed by rules" in screens[0] and "[34" in screens[0]
    assert "exigió" not in sitting.queue[0].words


def test_one_key_accepts_and_the_next_is_shown(case):
    before = len(case.corpus().standing)

    _, screens = sit(case, "a")

    assert len(case.corpus().standing) == before + 1
    (judgement,) = case.corpus().judgements
    assert isinstance(judgement.decision, Review) and judgement.decision.verdict is ReviewVerdict.accepted
    assert judgement.by == "coder-a" and "Accepted." in screens[-1]


def test_two_keys_reject_with_a_usual_reason_and_words_of_ones_own_are_taken(case):
    sit(case, "x", "2", "x", "n", "o", "p", BACKSPACE, ENTER)

    first, second = case.corpus().judgements
    assert first.reason == "it is not about harm, blame or a demand"
    assert second.reason == "no"


@pytest.mark.parametrize("stray", [UP, "9", BACKSPACE])
def test_a_stray_key_while_rejecting_records_nothing(case, stray):
    sit(case, "x", stray, ESCAPE)

    assert case.corpus().judgements == ()


def test_a_statement_is_coded_in_few_enough_keys_for_ninety_seconds(case):
    """Ten keys with a look at the page; a slow coder presses one in two seconds, and reads in the rest."""
    typed = Typed("c", "[", "n", *"17 personas", ENTER, ENTER)
    CodeConversation(ProposalSitting(case, "coder-a"), typed, lambda _s: None).run()

    assert typed.pressed <= 20


def test_a_correction_stands_in_the_place_of_the_proposal_which_stays_on_record(case):
    first = ProposalSitting(case, "coder-a").queue[0]

    sit(case, "c", "s", *"Juan Ficticio", ENTER, "{", ENTER)

    corpus = case.corpus()
    (judgement,) = corpus.judgements
    better = corpus.statement[judgement.decision.replacement]
    assert better.speakers[-1].name == "Juan Ficticio" and better.proposed_by is None
    assert better in corpus.standing and first not in corpus.standing and first in corpus.statements
    place = better.citations[0].locator
    assert TEXT[place.start : place.end] == better.words and place.end < first.citations[0].locator.end


@pytest.mark.parametrize(
    "correction",
    [
        Correction(speaker="Ana Supuesta"),
        Correction(figure="170 personas"),
        Correction(start=500),
        Correction(start=40, end=40),
    ],
)
def test_a_correction_the_document_does_not_bear_out_is_refused_and_nothing_is_recorded(case, correction):
    sitting = ProposalSitting(case, "coder-a")
    n = len(case.corpus().statements)

    with pytest.raises(NotInTheText):
        sitting.correct(correction, "de oído")

    assert len(case.corpus().statements) == n and case.corpus().judgements == ()


def test_the_last_answer_can_be_taken_back(case):
    sit(case, "a", "z")

    corpus = case.corpus()
    assert len(corpus.judgements) == 2
    assert len(corpus.waiting) == len(ProposalSitting(case, "coder-a").queue) and corpus.standing == ()


def test_a_second_coder_answers_unseen_and_accepts_nothing(case):
    sit(case, "a", "x", "1")
    standing = case.corpus().standing

    sitting, screens = sit(case, "a", "a", by="coder-b", is_blind=True)

    assert len(sitting.queue) == 2
    assert not any("Accepted" in s for s in screens[:1]) and "blind" in screens[0]
    assert case.corpus().standing == standing
    assert sum(isinstance(j.decision, ReviewCoding) for j in case.corpus().judgements) == 2
    figures = coding_figures(case.corpus())
    assert figures.n_double == 2 and figures.alpha is not None and figures.alpha < 1


def test_rates_say_what_was_accepted_edited_rejected_and_missed(case):
    sit(case, "a", "c", "[", ENTER, "x", "1")

    (rates,) = coding_figures(case.corpus()).proposers

    assert (rates.accepted, rates.corrected, rates.rejected, rates.decided) == (1, 1, 1, 3)
    assert (rates.standing, rates.missed) == (2, 0)


def test_agreement_between_proposer_and_coder_is_told_for_each_part(case):
    sit(case, "a", "c", "[", ENTER, "x", "1")

    parts = {x.field: (x.same, x.n) for x in coding_figures(case.corpus()).fields}

    assert parts["words"] == (1, 2) and parts["speaker"] == (2, 2)


def test_what_was_accepted_teaches_a_reader_and_what_waits_does_not(case):
    sit(case, "a")

    (example,) = coded_in(case)

    assert example.text == TEXT
    (said,) = example.said
    assert "murieron al menos 17 personas" in TEXT[slice(*said.content[0])]
    assert TEXT[slice(*said.source[0])] == "Rosa Inventada"
    assert any(TEXT[a:b].startswith("El general") for a, b in example.unread)


def test_without_a_terminal_it_says_what_to_type(case, willakuy, monkeypatch):
    monkeypatch.chdir(case.folder)

    said = willakuy("code")
    listed = willakuy("code", "--list", "--json")
    report = willakuy("code", "--report", "--json")

    assert said.code == 2 and "willakuy code --list --json" in said.err
    assert listed.json["waiting"] == len(listed.json["proposals"]) > 0
    assert {"start", "end", "proposer", "flags"} <= set(listed.json["proposals"][0])
    assert json.loads(report.out)["proposers"][0]["name"] == "rules"


def test_read_lists_its_proposers_and_several_read_side_by_side(case, willakuy, tmp_path):
    listed = willakuy("read", "--proposers", "--json")
    both = willakuy("read", tmp_path / "nota.txt", "--proposer", "rules,llm", "--json")

    assert [p["name"] for p in listed.json["proposers"]][:3] == ["rules", "crf", "llm"]
    assert both.code == 1
    assert len(both.json["readings"]) == 1 and both.json["failures"][0]["proposer"] == "llm"
    assert willakuy("read", tmp_path / "nota.txt", "--proposer", "adivino").code == 2
    assert willakuy("read", tmp_path / "nota.txt", "--set", "llm").code == 2


def test_train_says_how_much_is_missing(case, willakuy, monkeypatch):
    monkeypatch.chdir(case.folder)

    said = willakuy("train")

    assert said.code == 1 and "300" in said.err
