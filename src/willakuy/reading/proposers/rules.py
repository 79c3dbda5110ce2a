"""The default proposer: rules for Spanish and English, no model, no download, no network.

Method: docs/method/reading.md.
"""

from __future__ import annotations

from willakuy.reading.details import Details, demands_of, doubts_of, may_ask, opens_with_must
from willakuy.reading.discourse import Discourse, discourse
from willakuy.reading.drafts import Draft, Drafts
from willakuy.reading.layers import TextLayer
from willakuy.reading.repeats import join_repeats
from willakuy.reading.sentences import sentences
from willakuy.reading.values import Proposed, ProposerIdentity
from willakuy.reading.victims import HarmReader
from willakuy.statements.dates import PartialDate

VERSION = "3"

_P_RIGHT = {"direct": 0.9, "mixed": 0.8, "reported": 0.7, "narrator": 0.6}
_P_UNSURE = 0.4
"""At most this where nobody is named as the speaker in the sentence itself."""
_P_ATTITUDE = 0.5
"""At most this for what somebody believes, wants or judges, which is not always said."""


class RulesProposer:
    """Proposes from words and marks alone. The same text gives the same statements on every machine."""

    identity = ProposerIdentity("rules", VERSION)

    def propose(self, layer: TextLayer, *, published: PartialDate | None = None) -> list[Proposed]:
        """Statements in reading order; see ``Proposed`` for what each carries."""
        if not any(b.kind not in ("furniture", "frontmatter") for b in layer.blocks):
            return []
        return statements_in(discourse(layer), published)


def statements_in(d: Discourse, published: PartialDate | None) -> list[Proposed]:
    """The statements of a document whose attributions are known, with the harm and demands found by rule."""
    return join_repeats(d.layer.text, _Reader(d, published).read())


class _Reader:
    def __init__(self, d: Discourse, published: PartialDate | None) -> None:
        self.d = d
        self.text = d.layer.text
        self.details = Details(self.text, published)
        self.drafts = Drafts(d)

    def read(self) -> list[Proposed]:
        harm = HarmReader(self.drafts, self.details)
        for i, sentence in enumerate(self.d.sentences):
            for start, end in sentences(self.text, sentence.start, sentence.end, []):
                harm.read(i, start, end)
        harm.read_lists()
        self._calls()
        return [self._proposed(draft) for draft in self.drafts.kept()]

    def _calls(self) -> None:
        """What the author asks for: "It is vital that …", and in a communiqué "Exigimos …"."""
        for i, sentence in enumerate(self.d.sentences):
            first = min((q.start for q in sentence.quotes), default=sentence.end)
            end = sentence.start + len(self.text[sentence.start : min(first, sentence.end)].rstrip(" .”\n"))
            if opens_with_must(self.text, self.d.folded, sentence.start, sentence.end):
                self.drafts.all.append(Draft((sentence.start, end), *self.drafts.narrator(i)))
            elif may_ask(self.d.folded, sentence.start, end) and not self.drafts.attributed(i):
                self.drafts.home(i, (sentence.start, sentence.end), sentence.start, sentence.end)

    def _proposed(self, draft: Draft) -> Proposed:
        start, end = draft.span
        a = draft.utterance.attribution if draft.utterance else None
        cue_class = a.cue_class if a else "say"
        cue_end = a.cue[1] if a and a.cue and a.cue[1] <= start else None
        demands = demands_of(self.text, start, end, cue_class, cue_end, bool(a) and draft.mode != "narrator")
        flags = self._flags(draft, start, end)
        frame = a.frame[0] if a and a.quotes and draft.mode == "mixed" else None
        return Proposed(
            start, end, self.text[start:end], draft.mode, _kind(draft, cue_class, bool(demands), flags), draft.voice,
            a.cue if a else None, frame,
            tuple(sorted(draft.figures, key=lambda f: f.start)), tuple(sorted(draft.victims, key=lambda v: v.start)),
            tuple(sorted(draft.perpetrators, key=lambda p: p.start)), demands,
            tuple(self.details.dates(start, end)), tuple(self.details.places(start, end)),
            (), _p_right(draft, cue_class), "rules", flags, tuple(draft.acts),
        )  # fmt: skip

    def _flags(self, draft: Draft, start: int, end: int) -> tuple[str, ...]:
        flags = [*draft.flags, *doubts_of(self.text, start, end)]
        if any(x == "retracted" for x in (*(f.polarity for f in draft.figures), *(v.polarity for v in draft.victims))):
            flags.append("retracted")
        if any(f.polarity == "denied" for f in draft.figures) or any(v.polarity == "denied" for v in draft.victims):
            flags.append("negated")
        if draft.utterance is not None and draft.utterance.attribution.is_negated:
            flags.append("speech_negated")
        if any(v.is_minor for v in draft.victims):
            flags.append("minor")
        return tuple(dict.fromkeys(flags))


def _kind(draft: Draft, cue_class: str, asks: bool, flags: tuple[str, ...]) -> str:
    if cue_class in ("deny", "withdraw") or "corrects" in flags or "retracted" in flags:
        return "status"
    if draft.figures:
        return "figure"
    if draft.victims:
        return "victim"
    return "demand" if asks or cue_class == "ask" else "event"


def _p_right(draft: Draft, cue_class: str) -> float:
    p = _P_RIGHT[draft.mode]
    if cue_class in ("hold", "judge"):
        p = min(p, _P_ATTITUDE)
    if draft.mode != "narrator" and draft.voice.basis in ("inherited", "unattributed"):
        p = min(p, _P_UNSURE)
    return p
