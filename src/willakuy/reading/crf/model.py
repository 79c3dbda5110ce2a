"""A trained reader on disk: the model's own file, and a card beside it that says what it is and what it may be used for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from willakuy.reading.crf.errors import ModelNotRead
from willakuy.reading.crf.examples import CONTENT, Said, Span
from willakuy.reading.crf.features import FEATURES, paragraphs_of
from willakuy.reading.crf.grouping import grouped
from willakuy.reading.discourse import Discourse

CARD_FORMAT = 1
_OTHER_FEATURES = "it was trained with another version of this program, which saw other things in a text: {}, now {}"
_P_LEFT = 0.4
"""Confidence in a quotation that only the rules see."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a model was trained on and how well it did on texts it had not seen.

    ``figures`` maps "all", "direct" (and "rules all", "rules direct" for the same texts read by rule) to P, R and F in
    [0, 1]. ``cue_rate`` is part of the model: how often a word was a cue, as a class. ``trained`` is the day a person gave.
    """

    model_sha256: str
    trained_on_sha256: str
    n_documents: int
    n_statements: int
    trained: str | None
    parameters: str
    figures: Mapping[str, Mapping[str, float]]
    cue_rate: Mapping[str, int]
    features: str = FEATURES
    format: int = CARD_FORMAT


def card_path(model: Path) -> Path:
    return model.with_name(model.name + ".json")


class AttributionModel:
    """Marks content, source and cue in a document. It speaks of nothing else and knows nobody's name."""

    def __init__(self, card: Card, data: bytes) -> None:
        import pycrfsuite

        self.card = card
        self._data = data  # the tagger reads from these bytes and does not keep them alive
        self._tagger: Any = pycrfsuite.Tagger()
        self._tagger.open_inmemory(self._data)

    @classmethod
    def load(cls, path: Path) -> AttributionModel:
        """The model at ``path``, checked against its card before it is opened.

        Raises:
            ModelNotRead: a file is missing, not the one the card speaks of, or made for other features.
        """
        try:
            card = _card_of(json.loads(card_path(path).read_text(encoding="utf-8")))
            data = path.read_bytes()
        except OSError as e:
            raise ModelNotRead(file=path, reason=f"{e.strerror}: {Path(e.filename or path).name}") from e
        except (ValueError, TypeError, KeyError, AttributeError) as e:
            raise ModelNotRead(file=path, reason=f"its card is damaged: {e}") from e
        if hashlib.sha256(data).hexdigest() != card.model_sha256:
            raise ModelNotRead(file=path, reason="it is not the file its card describes")
        if (card.features, card.format) != (FEATURES, CARD_FORMAT):
            raise ModelNotRead(file=path, reason=_OTHER_FEATURES.format(card.features, FEATURES))
        return cls(card, data)

    def attributions(self, d: Discourse) -> Iterator[tuple[Said, float]]:
        """Every attribution with the model's own confidence in its content: the mean marginal of its labels, in [0, 1].

        A quotation the model passes over is taken from the rules, at ``_P_LEFT``: what stands in quotation marks was said.
        """
        marked: list[Span] = []
        for said, p in self._marked(d):
            marked += said.content
            yield said, p
        for u in d.utterances:
            a = u.attribution
            if a.quotes and not any(x < q and p < y for x, y in a.frame for p, q in marked):
                yield Said(a.frame, (a.source,) if a.source else (), (a.cue,) if a.cue else ()), _P_LEFT

    def _marked(self, d: Discourse) -> Iterator[tuple[Said, float]]:
        for paragraph in paragraphs_of(d, self.card.cue_rate):
            labels: Sequence[str] = self._tagger.tag(paragraph.seen)
            for said in grouped(paragraph.tokens, labels):
                inside = [
                    i
                    for i, t in enumerate(paragraph.tokens)
                    if labels[i].endswith(CONTENT) and any(a <= t.start < b for a, b in said.content)
                ]
                yield said, sum(self._tagger.marginal(labels[i], i) for i in inside) / len(inside)


def write_card(model: Path, card: Card) -> None:
    words = json.dumps(asdict(card), ensure_ascii=False, indent=1, sort_keys=True)
    card_path(model).write_text(words + "\n", encoding="utf-8")


def _card_of(values: dict[str, Any]) -> Card:
    return Card(**values)
