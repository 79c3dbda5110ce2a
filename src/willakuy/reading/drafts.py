"""Statements in the making: from each attribution the stretch of text that will be cited, and where a find belongs.

Method: docs/method/reading.md, "What is cited".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from willakuy.reading.discourse import Discourse, Utterance
from willakuy.reading.phrases import Span
from willakuy.reading.quotations import is_a_name_in_quotes
from willakuy.reading.values import ActFound, FigureFound, PerpetratorFound, VictimFound, Voice

_MOSTLY_QUOTED = 0.35
"""Above this share of quoted letters a mixed sentence is cited by its quotation, below it by the whole clause."""


@dataclass(slots=True)
class Draft:
    """One statement before it is finished: the span it will cite, its voice, and what was found inside."""

    span: Span
    mode: str
    voice: Voice
    utterance: Utterance | None = None
    figures: list[FigureFound] = field(default_factory=list)
    victims: list[VictimFound] = field(default_factory=list)
    perpetrators: list[PerpetratorFound] = field(default_factory=list)
    acts: list[ActFound] = field(default_factory=list)
    flags: tuple[str, ...] = ()


class Drafts:
    """The drafts of one document, in the making."""

    def __init__(self, d: Discourse) -> None:
        self.d = d
        self.text = d.layer.text
        self.all: list[Draft] = []
        self._by_sentence: dict[int, list[Utterance]] = {}
        self._attributed: dict[int, list[Draft]] = {}
        self._told: dict[Span, Draft] = {}
        self._narrated: dict[int, list[Draft]] = {}
        self._dropped: set[int] = set()
        for u in d.utterances:
            made = list(self._of(u))
            self.all += made
            self._by_sentence.setdefault(u.sentence, []).append(u)
            for draft in made:
                for i in d.sentences_over(*draft.span):
                    self._attributed.setdefault(i, []).append(draft)

    def _of(self, u: Utterance) -> Iterator[Draft]:
        """A quotation each, or the whole clause where little of it is quoted."""
        a = u.attribution
        scare = all(is_a_name_in_quotes(self.text[x + 1 : y - 1]) for x, y in a.quotes) and a.frame != a.quotes
        if not a.quotes or scare:
            frame = max(a.frame, key=lambda s: s[1] - s[0])
            if len(a.frame) > 1 and a.cue_word == "segun":
                frame = (a.frame[0][0], a.frame[-1][1])
            yield Draft(frame, "reported", u.voice, u, flags=u.flags)
            return
        between = self.text[a.cue[1] : a.quotes[0][0]].strip() if a.cue and a.cue[1] <= a.quotes[0][0] else ""
        is_bridged = bool(between) and not between.endswith((":", ","))
        letters = sum(b - x for x, b in a.frame)
        quoted = sum(b - x for x, b in a.quotes)
        if quoted < _MOSTLY_QUOTED * letters and len(a.quotes) == 1 and len(a.frame) == 1:
            yield Draft(a.frame[0], "mixed", u.voice, u, flags=u.flags)
            return
        for quote in a.quotes:
            embedded = any(x < quote[0] - 1 and quote[1] <= b for x, b in a.frame)
            yield Draft(quote, "mixed" if embedded or is_bridged else "direct", u.voice, u, flags=u.flags)

    def home(self, i: int, sentence: Span, start: int, end: int) -> Draft:
        """The smallest statement that holds ``[start, end)``; else one for the clause, else the narrator's sentence."""
        holding = [x for x in self._attributed.get(i, ()) if x.span[0] <= start and end <= x.span[1]]
        if holding:
            return min(holding, key=lambda x: x.span[1] - x.span[0])
        for u in self._by_sentence.get(i, ()):
            for frame in u.attribution.frame:
                if frame[0] <= start and end <= frame[1]:
                    return self._of_frame(i, u, frame)
        known = self._told.get(sentence)
        if known is None:
            known = self._told[sentence] = Draft(sentence, *self.narrator(i))
            self._narrated.setdefault(i, []).append(known)
            self.all.append(known)
        return known

    def attributed(self, i: int) -> bool:
        """Sentence ``i`` reports somebody's words."""
        return bool(self._attributed.get(i))

    def holding(self, i: int, sentence: Span, at: int) -> Draft | None:
        """The smallest statement already made that holds the character ``at``."""
        near = [x for x in self._attributed.get(i, ()) if x.span[0] <= at < x.span[1]]
        return min(near, key=lambda x: x.span[1] - x.span[0]) if near else self._told.get(sentence)

    def _of_frame(self, i: int, u: Utterance, frame: Span) -> Draft:
        own = [x for x in self._attributed.get(i, ()) if x.utterance is u]
        mode = "mixed" if u.attribution.quotes else "reported"
        if len(own) == 1:
            own[0].span = (min(frame[0], own[0].span[0]), max(frame[1], own[0].span[1]))
            own[0].mode = mode
            return own[0]
        draft = Draft(frame, mode, u.voice, u, flags=u.flags)
        self.all.append(draft)
        self._attributed.setdefault(i, []).append(draft)
        return draft

    def told(self, i: int | None, span: Span) -> Draft:
        """A new draft in the narrator's voice; what the narrator said of the same lines before is dropped."""
        for k in self.d.sentences_over(*span):
            for x in self._narrated.pop(k, ()):
                if span[0] <= x.span[0] and x.span[1] <= span[1]:
                    self._dropped.add(id(x))
        draft = Draft(span, *self.narrator(i))
        self.all.append(draft)
        return draft

    def kept(self) -> list[Draft]:
        """Those that stand, in reading order."""
        standing = [x for x in self.all if id(x) not in self._dropped and self.is_worth_showing(x)]
        return sorted(standing, key=lambda x: (x.span, x.mode))

    def narrator(self, i: int | None = None) -> tuple[str, Voice]:
        """In what mode and whose voice sentence ``i`` speaks where no quotation or cue says otherwise."""
        turn = self.d.turn(i) if i is not None else None
        if turn is not None:
            return "direct", turn.voice
        if self.d.whole_voice is not None:
            return "direct", replace(self.d.whole_voice, basis="named")
        return "narrator", replace(self.d.reporter, basis="inherited") if self.d.reporter.name else Voice()

    def is_worth_showing(self, draft: Draft) -> bool:
        """Beliefs and judgements without a word of harm are left out, and so is a headline's own voice."""
        if draft.utterance is None:
            return True
        speaks_of_harm = bool(draft.figures or draft.victims)
        if draft.mode == "reported" and self._is_title(draft.span):
            return speaks_of_harm
        return True

    def _is_title(self, span: Span) -> bool:
        first = self.d.blocks[0]
        words = self.text[first.start : first.end].rstrip()
        return first.start <= span[0] < first.end and not words.endswith((".", "”", "»", '"'))
