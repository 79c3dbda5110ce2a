"""The trained reader as a proposer: it finds who is said to have said what; speakers, figures and victims are read by rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from willakuy.reading.attribution import Attribution
from willakuy.reading.crf.examples import Said, Span
from willakuy.reading.crf.model import AttributionModel
from willakuy.reading.discourse import Discourse, discourse
from willakuy.reading.errors import ProposerNotReady
from willakuy.reading.layers import TextLayer
from willakuy.reading.lexicon.harm import NOT_SO
from willakuy.reading.lexicon.speech import CUES
from willakuy.reading.proposers.rules import statements_in
from willakuy.reading.values import Proposed, ProposerIdentity
from willakuy.statements.dates import PartialDate

NAME, VERSION = "crf", "1"
_P_HIGHEST = 0.9
"""What the rules give a quotation with its speaker; a model never says more."""


class CrfProposer:
    """Proposes with the model of ``willakuy train``. The same model and text give the same statements."""

    def __init__(self, model: AttributionModel) -> None:
        self.model = model

    @classmethod
    def of(cls, options: Mapping[str, str]) -> CrfProposer:
        """Raises ``ProposerNotReady`` without a model and ``ModelNotRead`` with one that cannot be used."""
        if not options.get("model"):
            raise ProposerNotReady(
                name=NAME,
                reason="no trained reader was found",
                remedy="willakuy train --from FILE.jsonl --out reader.crf; willakuy read FILE --proposer crf --set crf.model=reader.crf",
            )
        return cls(AttributionModel.load(Path(options["model"])))

    @property
    def identity(self) -> ProposerIdentity:
        card = self.model.card
        return ProposerIdentity(
            NAME,
            VERSION,
            parameters=f"trained_on={card.trained_on_sha256}",
            model=card.features,
            model_digest=card.model_sha256,
        )

    def propose(self, layer: TextLayer, *, published: PartialDate | None = None) -> list[Proposed]:
        """Statements in reading order; ``p_right`` is at most the model's own confidence in the words it marked."""
        if not any(b.kind not in ("furniture", "frontmatter") for b in layer.blocks):
            return []
        found = list(self.model.attributions(discourse(layer)))
        d = discourse(layer, lambda plain: _attributions(plain, [said for said, _ in found]))
        sure = {span: p for said, p in found for span in said.content}
        return [replace(s, proposer=NAME, p_right=_p_right(s, sure)) for s in statements_in(d, published)]


def _p_right(s: Proposed, sure: Mapping[Span, float]) -> float:
    touching = [p for (a, b), p in sure.items() if a < s.end and s.start < b]
    return round(min(s.p_right, max(touching, default=s.p_right), _P_HIGHEST), 2)


def _attributions(d: Discourse, found: list[Said]) -> Iterator[Attribution]:
    """What the model marked, in the form the rules hand on; spans are whole from the first piece to the last."""
    for said in sorted(found, key=lambda s: s.content):
        cue = (said.cue[0][0], said.cue[-1][1]) if said.cue else None
        source = (said.source[0][0], said.source[-1][1]) if said.source else None
        words = d.folded[slice(*cue)].split() if cue else []
        kinds = [CUES[w] for w in words if w in CUES]
        quotes = tuple(
            (q.start, q.end) for q in d.quotes if any(a <= q.start + 1 and q.end - 1 <= b for a, b in said.content)
        )
        yield Attribution(
            frame=said.content,
            quotes=quotes,
            cue=cue,
            source=source,
            cue_class=kinds[0] if kinds else "according" if "according" in words or "segun" in words else "say",
            cue_word=next((w for w in words if w in CUES), words[-1] if words else ""),
            is_negated=any(w in NOT_SO for w in words),
        )
