"""Models that mark spans propose only what they point at; they are asked nothing before they are needed."""

from __future__ import annotations

import pytest

from willakuy.reading import errors, propose, text_layer
from willakuy.reading.proposers.spans import GLINER_LABELS, gliner_proposer, spacy_proposer

TEXT = (
    "Según la fiscal Ana Supuesta, Rosa Inventada murió baleada por la tropa en Ayaviri el 9 de enero de 2031.\n\n"
    "Ayer llovió en el valle.\n\nDos jóvenes quedaron heridos."
)
LAYER = text_layer(TEXT.encode(), "nota.txt")


class Entity:
    def __init__(self, text: str, words: str, label: str) -> None:
        self.start_char = text.index(words)
        self.end_char = self.start_char + len(words)
        self.label_ = label


class Pipeline:
    """Stands in for a spaCy pipeline: marks the words it was told to, in each paragraph it is given."""

    meta = {"name": "inventada", "version": "1.2", "spacy_version": ">=3.8"}  # noqa: RUF012

    def __init__(self, **labels: str) -> None:
        self.labels = labels
        self.asked: list[str] = []

    def __call__(self, text: str) -> Pipeline:
        self.asked.append(text)
        self.ents = [Entity(text, words, label) for label, words in self.labels.items() if words in text]
        return self


def test_labels_of_harm_become_a_victim_with_who_is_blamed_and_who_says_so():
    pipeline = Pipeline(KILLED="Rosa Inventada", BLAMED="la tropa", SPEAKER="Ana Supuesta", LOC="Ayaviri")

    reading = propose(LAYER, by=spacy_proposer({}, pipeline))

    (s,) = reading.statements
    assert [(v.name, v.harm, v.kind) for v in s.victims] == [("Rosa Inventada", "killed", "named")]
    assert [(p.text, p.asserted_by) for p in s.perpetrators] == [("la tropa", "Ana Supuesta")]
    assert s.dates[0].edtf == "2031-01-09" and s.quote == LAYER.text[s.start : s.end]
    assert reading.proposer.model == "inventada 1.2" and len(pipeline.asked) == 3


def test_general_labels_say_nothing_of_harm_and_propose_nothing():
    assert propose(LAYER, by=spacy_proposer({}, Pipeline(PER="Rosa Inventada", LOC="Ayaviri"))).statements == ()


def test_a_gliner_model_marks_groups_with_their_number_and_its_own_doubt():
    class Model:
        def predict_entities(self, text, labels, threshold):
            assert labels == list(GLINER_LABELS) and threshold == 0.4
            at = text.find("Dos jóvenes")
            return [] if at < 0 else [{"start": at, "end": at + 11, "label": "person injured", "score": 0.45}]

    reading = propose(LAYER, by=gliner_proposer({"threshold": "0.4", "model": "carpeta"}, Model()))

    (s,) = reading.statements
    (v,) = s.victims
    assert (v.text, v.kind, v.harm, v.quantity.lo) == ("Dos jóvenes", "group", "injured", 2)
    assert s.p_right == 0.45 and reading.proposer.say() == "threshold=0.4 model=carpeta"


@pytest.mark.parametrize("make", [spacy_proposer, gliner_proposer])
def test_without_a_model_it_says_how_to_name_one(make):
    with pytest.raises(errors.ProposerNotReady) as e:
        make({})

    assert "--set" in e.value.say_next()


def test_a_real_pipeline_with_an_entity_ruler_proposes():
    spacy = pytest.importorskip("spacy", reason="needs spaCy, which is not among the project's own packages")
    pipeline = spacy.blank("es")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "KILLED", "pattern": "Rosa Inventada"}, {"label": "BLAMED", "pattern": "la tropa"}])

    (s,) = propose(LAYER, by=spacy_proposer({}, pipeline)).statements

    assert s.victims[0].name == "Rosa Inventada" and s.perpetrators[0].text == "la tropa"
