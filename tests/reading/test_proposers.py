"""Proposers work side by side: each is named, none is merged with another, and one that fails takes nothing with it."""

from __future__ import annotations

import threading
from dataclasses import replace
from importlib.metadata import EntryPoint

import pytest

from willakuy.errors import WillakuyError
from willakuy.reading import (
    FigureFound,
    Offer,
    Proposed,
    ProposerIdentity,
    Voice,
    errors,
    known_proposers,
    propose,
    proposer,
    read_with,
    text_layer,
)
from willakuy.reading.proposers import interface
from willakuy.statements.numbers import Bound, Quantity

WORDS = "La vocera Rosa Inventada dijo que murieron 17 personas en la plaza. Nadie negó que hubo heridos."
LAYER = text_layer(WORDS.encode(), "nota.txt")


class Says:
    """A proposer that answers what it is told to."""

    def __init__(self, *statements: Proposed, name: str = "dicho") -> None:
        self.identity = ProposerIdentity(name, "3", "temperature=0", "modelo", "abc", "def", 7)
        self.statements = statements

    def propose(self, layer, *, published=None):
        return self.statements


def stated(quote: str, **values: object) -> Proposed:
    start = WORDS.index(quote)
    return Proposed(start, start + len(quote), quote, "reported", "event", **values)  # type: ignore[arg-type]


GENUINE = stated("murieron 17 personas en la plaza", voice=Voice("Rosa Inventada", None, 10, 24, "named"))
FIGURE = FigureFound(WORDS.index("17"), WORDS.index("17") + 2, Quantity("17", 17, 17), "killed")


def test_each_reading_says_exactly_what_made_it():
    reading = propose(LAYER, by=Says(GENUINE))

    assert reading.proposer.say() == "temperature=0 model=modelo digest=abc prompt=def seed=7"
    assert [s.quote for s in reading.statements] == ["murieron 17 personas en la plaza"]


def test_two_proposers_are_shown_side_by_side_and_never_merged():
    both = read_with(LAYER, ["rules", Says(GENUINE)])

    assert [r.proposer.name for r in both.readings] == ["rules", "dicho"]
    assert {s.proposer for s in both.readings[1].statements} == {"dicho"}


def test_a_proposer_that_crashes_is_reported_and_the_others_work_is_kept():
    class Breaks:
        identity = ProposerIdentity("roto", "1")

        def propose(self, layer, *, published=None):
            raise KeyError("nada")

    both = read_with(LAYER, ["rules", Breaks()])

    assert [r.proposer.name for r in both.readings] == ["rules"]
    assert [f.name for f in both.failures] == ["roto"]
    assert "KeyError" in both.failures[0].error.say_what()


def test_a_proposer_that_never_answers_is_left_behind():
    stop = threading.Event()

    class Waits:
        identity = ProposerIdentity("lento", "1")

        def propose(self, layer, *, published=None):
            stop.wait(60)
            return ()

    both = read_with(LAYER, ["rules", Waits()], wait_s=0.05)
    stop.set()

    assert [f.name for f in both.failures] == ["lento"]
    assert both.failures[0].error.code == "W219"


def test_when_none_worked_the_reason_is_the_answer():
    with pytest.raises(errors.ProposerNotReady):
        read_with(LAYER, ["llm"])


def test_an_unknown_name_stops_before_anything_is_read():
    with pytest.raises(errors.ProposerUnknown) as e:
        read_with(LAYER, ["rules", "adivino"])

    assert "rules" in e.value.say_next()


def test_an_option_nobody_knows_is_refused():
    with pytest.raises(errors.SettingUnknown) as e:
        proposer("llm", {"modle": "x"})

    assert "model" in e.value.say_next()


def test_programs_of_other_packages_are_found_by_entry_point(monkeypatch):
    entry = EntryPoint("ajeno", "tests.reading.test_proposers:AJENO", interface.GROUP)
    monkeypatch.setattr(interface, "entry_points", lambda group: [entry])

    assert known_proposers()[-1] == "ajeno"
    assert propose(LAYER, by="ajeno").proposer.name == "dicho"


AJENO = Offer("ajeno", "", lambda _options: Says(GENUINE), {})


@pytest.mark.parametrize(
    ("altered", "reason"),
    [
        (replace(GENUINE, quote="murieron 71 personas en la plaza"), "quote_not_in_text"),
        (replace(GENUINE, end=GENUINE.end - 1), "quote_not_in_text"),
        (replace(GENUINE, mentions=((5, 5000),)), "mention_not_in_text"),
        (replace(GENUINE, figures=(replace(FIGURE, quantity=Quantity("17", 170, 170)),)), "figure_altered"),
        (replace(GENUINE, figures=(replace(FIGURE, quantity=Quantity("170", 170, 170)),)), "figure_not_in_text"),
        (
            replace(GENUINE, figures=(replace(FIGURE, quantity=Quantity("17", 17, None, Bound.at_least)),)),
            "figure_altered",
        ),
        (replace(GENUINE, voice=Voice("Rosa Ficticia", None, 10, 24, "named")), "speaker_not_in_text"),
        (replace(GENUINE, voice=Voice("Rosa Inventada", None, 60, 66, "named")), "speaker_altered"),
        (replace(GENUINE, voice=Voice("Rosa Inventada", None, 10, 9000, "named")), "speaker_not_in_text"),
    ],
)
def test_what_the_text_does_not_say_is_refused_with_the_reason(altered, reason):
    reading = propose(LAYER, by=Says(altered))

    assert reading.statements == ()
    assert [r.reason for r in reading.refused] == [reason]


def test_a_negation_left_out_just_before_the_words_is_flagged():
    cut = stated("hubo heridos")

    (kept,) = propose(LAYER, by=Says(cut)).statements

    assert "cut_negation" in kept.flags


def test_a_death_the_text_denies_is_flagged_when_it_is_read_as_asserted():
    words = "La vocera dijo que no murieron 17 personas."
    layer = text_layer(words.encode(), "nota.txt")
    at = words.index("17")
    read_wrong = Proposed(
        19, len(words), words[19:], "reported", "figure",
        figures=(FigureFound(at, at + 2, Quantity("17", 17, 17), "killed"),),
    )  # fmt: skip

    (kept,) = propose(layer, by=Says(read_wrong)).statements

    assert "negated" in kept.flags


def test_every_proposer_says_what_it_is_and_what_it_needs():
    for offer in interface.offers():
        assert offer.about
        if offer.lacks():
            with pytest.raises(WillakuyError) as e:
                proposer(offer.name)
            assert "pip install" in e.value.say_next()


def test_two_readings_of_one_model_that_differ_are_both_kept(tmp_path, clock, entropy):
    from willakuy.casefile import Case, Settings
    from willakuy.reading import to_json, to_statements
    from willakuy.statements.ids import DocumentId, SourceId
    from willakuy.statements.sources import Document, Source

    document = Document(DocumentId("doc_nota"), SourceId("src_radio"), "Nota")
    today, tomorrow = propose(LAYER, by=Says(GENUINE)), propose(LAYER, by=Says(replace(GENUINE, voice=Voice())))
    with Case.create(tmp_path / "case", Settings(name="Inventado"), clock=clock, entropy=entropy) as case:
        case.append([Source(SourceId("src_radio"), "Radio Inventada", "press"), document])
        case.append(to_statements(today, document))
        case.append(to_statements(tomorrow, document))
        kept = case.corpus().waiting

    assert len(kept) == 2 and {s.speakers[-1].name for s in kept} == {"Rosa Inventada", None}
    assert all("model=modelo digest=abc prompt=def seed=7" in s.proposed_by.parameters for s in kept)
    told = to_json(today)
    assert told["proposer"]["prompt_sha256"] == "def" and told["proposer"]["seed"] == 7 and told["refused"] == []
