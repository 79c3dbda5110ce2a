"""Models that mark spans with labels (GLiNER, spaCy), as proposers: labels become victims, speakers, those blamed, places and dates.

Such a model cannot invent words: it points at characters. Its spans are laid over the sentences of the text; a sentence without
a victim or figure gives no statement. Nothing is imported or loaded before it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from willakuy.reading.details import dates_of, doubts_of, full_day_in, places_of
from willakuy.reading.discourse import Discourse, discourse
from willakuy.reading.errors import ProposerNotReady
from willakuy.reading.layers import TextLayer
from willakuy.reading.proposers.answers import P_RIGHT
from willakuy.reading.values import PerpetratorFound, Proposed, ProposerIdentity, VictimFound, Voice
from willakuy.statements.dates import PartialDate
from willakuy.statements.numbers import Quantity, find_quantities

VERSION = "1"
GLINER_LABELS = {
    "person killed": "killed",
    "person injured": "injured",
    "person missing": "missing",
    "person detained": "detained",
    "perpetrator": "blamed",
    "speaker": "speaker",
}
"""What a GLiNER model is asked for, and what each label is here."""

SPACY_LABELS = {
    **{name.upper(): name for name in ("killed", "injured", "missing", "detained", "blamed", "speaker")},
    "VICTIM": "killed",
    "PERPETRATOR": "blamed",
}
"""Labels of a pipeline trained for this; general ones (PER, ORG, LOC) say nothing of harm and are passed over."""


@dataclass(frozen=True, slots=True)
class Marked:
    """``[start, end)`` of the text handed in carries a label of ours, with the model's score in [0, 1]."""

    start: int
    end: int
    label: str
    score: float = 1.0


Marker = Callable[[str], Iterable[Marked]]


class SpanProposer:
    """Any program that marks spans. ``mark`` gets one paragraph at a time."""

    def __init__(self, identity: ProposerIdentity, mark: Marker) -> None:
        self.identity = identity
        self._mark = mark

    def propose(self, layer: TextLayer, *, published: PartialDate | None = None) -> list[Proposed]:
        """One statement for each sentence in which somebody is marked as harmed or blamed, in reading order."""
        d = discourse(layer)
        year_day = None if published else full_day_in(layer.text)
        found = []
        for block in d.blocks:
            marked = [_moved(m, block.start) for m in self._mark(layer.text[block.start : block.end])]
            for s in (s for s in d.sentences if block.start <= s.start < block.end):
                inside = [m for m in marked if s.start <= m.start < m.end <= s.end]
                if any(m.label != "speaker" for m in inside):
                    found.append(self._statement(d, s.start, s.end, inside, published, year_day))
        return found

    def _statement(
        self,
        d: Discourse,
        start: int,
        end: int,
        marked: Sequence[Marked],
        published: PartialDate | None,
        year_day: PartialDate | None,
    ) -> Proposed:
        text = d.layer.text
        voice = next((_voice(d, m) for m in marked if m.label == "speaker"), Voice())
        victims = tuple(_victim(d, m) for m in marked if m.label not in ("speaker", "blamed"))
        return Proposed(
            start,
            end,
            text[start:end],
            "reported" if voice.name else "narrator",
            "victim" if victims else "event",
            voice,
            victims=victims,
            perpetrators=tuple(
                PerpetratorFound(text[m.start : m.end], m.start, m.end, voice.name)
                for m in marked
                if m.label == "blamed"
            ),
            dates=tuple(dates_of(text, start, end, published, year_day)),
            places=tuple(places_of(text, start, end)),
            p_right=round(min(P_RIGHT, *(m.score for m in marked)), 2),
            proposer=self.identity.name,
            flags=doubts_of(text, start, end),
        )


def spacy_proposer(options: Mapping[str, str], pipeline: Any = None) -> SpanProposer:
    """A spaCy pipeline by the labels of its entities (``SPACY_LABELS``). ``pipeline`` is loaded by name when not given.

    Raises:
        ProposerNotReady: no model is named, or spaCy has none of that name.
    """
    name = _named(options, "spacy") if pipeline is None else options.get("model", "")
    if pipeline is None:
        import spacy

        try:
            pipeline = spacy.load(name)
        except OSError as e:
            raise ProposerNotReady(
                name="spacy", reason=f"there is no pipeline {name}", remedy="python -m spacy download NAME"
            ) from e
    meta = dict(getattr(pipeline, "meta", {}))
    identity = ProposerIdentity(
        "spacy",
        VERSION,
        parameters=f"spacy={meta.get('spacy_version', '')}",
        model=f"{name or meta.get('name', '')} {meta.get('version', '')}".strip(),
    )

    def mark(text: str) -> Iterable[Marked]:
        for e in pipeline(text).ents:
            if label := SPACY_LABELS.get(e.label_.upper()):
                yield Marked(e.start_char, e.end_char, label)

    return SpanProposer(identity, mark)


def gliner_proposer(options: Mapping[str, str], model: Any = None) -> SpanProposer:
    """A GLiNER model kept in a folder of this machine; nothing is fetched.

    Raises:
        ProposerNotReady: no folder is named, or it holds no model.
    """
    name = _named(options, "gliner") if model is None else options.get("model", "")
    threshold = float(options.get("threshold", "0.5"))
    if model is None:
        from gliner import GLiNER

        try:
            model = GLiNER.from_pretrained(name, local_files_only=True)
        except (OSError, ValueError) as e:
            raise ProposerNotReady(
                name="gliner", reason=f"{name} holds no model", remedy="--set gliner.model=FOLDER"
            ) from e
    identity = ProposerIdentity("gliner", VERSION, parameters=f"threshold={threshold:g}", model=name)

    def mark(text: str) -> Iterable[Marked]:
        for e in model.predict_entities(text, list(GLINER_LABELS), threshold=threshold):
            yield Marked(int(e["start"]), int(e["end"]), GLINER_LABELS[e["label"]], float(e["score"]))

    return SpanProposer(identity, mark)


def _named(options: Mapping[str, str], name: str) -> str:
    if not options.get("model"):
        raise ProposerNotReady(name=name, reason="no model is named", remedy=f"--proposer {name} --set {name}.model=…")
    return options["model"]


def _moved(m: Marked, by: int) -> Marked:
    return Marked(m.start + by, m.end + by, m.label, m.score)


def _voice(d: Discourse, m: Marked) -> Voice:
    mention = d.people.in_span(m.start, m.end)
    person = d.people.named(mention) if mention else None
    words = d.layer.text[m.start : m.end]
    return Voice(person.name if person else words, person.role if person else None, m.start, m.end, "named")


def _victim(d: Discourse, m: Marked) -> VictimFound:
    words = d.layer.text[m.start : m.end]
    mention = d.people.in_span(m.start, m.end)
    quantities = find_quantities(words)
    quantity = quantities[0][2] if quantities else Quantity.exactly(1)
    name = d.people.named(mention).name if mention and not quantities else None
    kind = "named" if name else "group" if quantities else "unnamed"
    return VictimFound(m.start, m.end, words, kind, m.label, quantity, name)
