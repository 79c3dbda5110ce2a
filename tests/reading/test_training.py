"""A reader trained on coded statements: it says how good it is, can be stopped and taken up, and refuses to learn from too little."""

from __future__ import annotations

import json
import random

import pytest

from willakuy.reading import propose, text_layer
from willakuy.reading.crf import Annotated, AttributionModel, Said, annotated_in, digest_of, learning, score, train
from willakuy.reading.crf.errors import ExamplesNotRead, ModelNotRead, TooFewExamples
from willakuy.reading.proposers.crf import CrfProposer

_NAMES = ("Rosa Inventada", "Juan Ficticio", "Ana Supuesta", "Luis Imaginado")
_VERBS = ("dijo", "afirmó", "sostuvo", "indicó", "señaló", "recalcó")
_WORDS = (
    "murieron tres personas en la plaza",
    "hubo heridos en el puente",
    "nadie atendió a los heridos",
    "la marcha fue pacífica",
)


def coded(n_documents: int, seed: int = 1) -> list[Annotated]:
    """Invented notes of four paragraphs, each with one attribution in one of three shapes."""
    chance = random.Random(seed)
    made = []
    for n in range(n_documents):
        text, said = "", []
        for _ in range(4):
            name, verb, words = chance.choice(_NAMES), chance.choice(_VERBS), chance.choice(_WORDS)
            shape = chance.randrange(3)
            content = f"“{words.capitalize()}”" if shape == 0 else f"que {words}"
            parts = [content, f", {verb}", f" {name}."] if shape == 0 else [f"{name}", f" {verb}", f" {content}."]
            spans = []
            for part in parts:
                bare = part.strip(" ,.")
                at = len(text) + part.index(bare)
                spans.append((at, at + len(bare)))
                text += part
            order = (0, 1, 2) if shape == 0 else (2, 1, 0)
            content_at, cue_at, source_at = (spans[i] for i in order)
            said.append(Said((content_at,), (source_at,), (cue_at,)))
            text += "\n\nEl mercado abrió tarde y llovió toda la noche en el valle.\n\n"
        made.append(Annotated(text, tuple(said), f"nota-{n}"))
    return made


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    out = tmp_path_factory.mktemp("lector") / "reader.crf"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learning, "FEWEST_STATEMENTS", 40)
        card = train(coded(20), out, trained="2031-05-04", folds=2)
    return out, card


def test_the_card_says_what_it_learnt_from_and_how_good_it_is(trained):
    _, card = trained

    assert (card.n_documents, card.n_statements, card.trained) == (20, 80, "2031-05-04")
    assert card.trained_on_sha256 == digest_of(coded(20)) != digest_of(coded(20, seed=2))
    assert set(card.figures) == {"all", "direct", "rules all", "rules direct"}
    assert 0.9 < card.figures["all"]["F"] <= 1


def test_a_trained_reader_finds_who_said_what_and_its_speakers_are_whole_names(trained):
    out, card = trained
    layer = text_layer(b"Ayer Rosa Inventada sostuvo que hubo heridos en el puente.", "nota.txt")

    reading = propose(layer, by=CrfProposer(AttributionModel.load(out)))

    (found,) = reading.statements
    assert found.quote == layer.text[found.start : found.end]
    assert "hubo heridos en el puente" in found.quote
    assert found.voice.name == "Rosa Inventada"
    assert found.proposer == "crf" and 0 < found.p_right <= 0.9
    assert card.model_sha256 in reading.proposer.say()


def test_training_twice_gives_the_same_file(trained, tmp_path, monkeypatch):
    out, card = trained
    monkeypatch.setattr(learning, "FEWEST_STATEMENTS", 40)

    again = train(coded(20), tmp_path / "reader.crf", trained="2031-05-04", folds=2)

    assert again == card
    assert (tmp_path / "reader.crf").read_bytes() == out.read_bytes()


def test_stopped_work_is_taken_up_and_no_half_model_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr(learning, "FEWEST_STATEMENTS", 40)
    out = tmp_path / "reader.crf"
    steps = []

    def stop_in_the_second_fold(what, n):
        steps.append(what)
        if list(tmp_path.glob("reader.crf.part/*.0.json")):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(coded(20), out, folds=2, progress=stop_in_the_second_fold)
    assert not out.exists()
    taken_up = []
    train(coded(20), out, folds=2, progress=lambda what, n: taken_up.append(what))

    assert taken_up[0] == "fold"
    assert out.exists() and not out.with_name("reader.crf.part").exists()


def test_too_little_is_refused_with_what_is_missing(tmp_path):
    with pytest.raises(TooFewExamples) as e:
        train(coded(12), tmp_path / "reader.crf")

    assert e.value.facts["missing"] == 300 - 48
    assert not list(tmp_path.iterdir())


def test_a_model_that_is_not_the_one_its_card_describes_is_not_opened(trained, tmp_path):
    out, _ = trained
    copy = tmp_path / "reader.crf"
    copy.write_bytes(out.read_bytes() + b"x")
    with pytest.raises(ModelNotRead):
        AttributionModel.load(copy)
    copy.with_name("reader.crf.json").write_bytes(out.with_name("reader.crf.json").read_bytes())

    with pytest.raises(ModelNotRead) as e:
        AttributionModel.load(copy)

    assert "not the file its card describes" in e.value.say_what()


def test_annotated_files_are_read_and_a_wrong_line_is_named(tmp_path):
    good = {
        "id": "a",
        "text": "Rosa dijo que no.",
        "attributions": [{"content": [[10, 16]], "source": [[0, 4]], "cue": [[5, 9]]}],
    }
    bad = {"text": "Rosa", "attributions": [{"content": [[2, 99]]}]}
    file = tmp_path / "coded.jsonl"
    file.write_text(json.dumps(good) + "\n\n" + json.dumps(bad) + "\n", encoding="utf-8")

    with pytest.raises(ExamplesNotRead) as e:
        annotated_in(file)
    file.write_text(json.dumps(good), encoding="utf-8")
    (example,) = annotated_in(file)

    assert "line 3" in e.value.say_what() and "[2, 99)" in e.value.say_what()
    assert example.said == (Said(((10, 16),), ((0, 4),), ((5, 9),)),)


def test_half_of_the_words_in_common_is_found_and_less_is_not():
    text = "uno dos tres cuatro"
    gold = [Said(((0, 12),))]

    assert score(text, gold, [Said(((0, 7),))]).f == 1.0
    assert score(text, gold, [Said(((8, 19),))]).matched == 0
    assert score(text, gold, []).f == 0.0


def test_a_model_made_for_other_features_is_refused_with_a_sentence_that_says_so(trained, tmp_path):
    out, _ = trained
    copy = tmp_path / "reader.crf"
    copy.write_bytes(out.read_bytes())
    card = json.loads(out.with_name(out.name + ".json").read_text(encoding="utf-8"))
    copy.with_name("reader.crf.json").write_text(json.dumps({**card, "features": "attribution-1"}), encoding="utf-8")

    with pytest.raises(ModelNotRead) as e:
        AttributionModel.load(copy)

    assert "trained with another version of this program" in e.value.say_what()
    assert "attribution-1" in e.value.say_what()
