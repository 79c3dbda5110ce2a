"""The default proposer: rules for Spanish and English, no model, no download, no network.

Method: docs/method/reading.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from willakuy.reading import casualties as cas
from willakuy.reading.details import dates_of, demands_of, doubts_of, full_day_in, nearest, places_of
from willakuy.reading.discourse import Discourse, Utterance, discourse
from willakuy.reading.layers import TextLayer
from willakuy.reading.lexicon.function_words import DETERMINERS, PERSONAL
from willakuy.reading.lexicon.harm import PEOPLE, POPULATION, STATES
from willakuy.reading.quotations import is_a_name_in_quotes
from willakuy.reading.repeats import join_repeats
from willakuy.reading.rosters import Entry, aged_names, entry_of_line, is_an_intro, names_victims
from willakuy.reading.sentences import sentences
from willakuy.reading.tokens import Token, fold, tokenise
from willakuy.reading.values import (
    DateFound,
    FigureFound,
    PerpetratorFound,
    PlaceFound,
    Proposed,
    ProposerIdentity,
    VictimFound,
    Voice,
)
from willakuy.statements.dates import PartialDate
from willakuy.statements.numbers import Bound, Quantity

VERSION = "1"
Span = tuple[int, int]
_MOSTLY_QUOTED = 0.35
"""Above this share of quoted letters a mixed sentence is cited by its quotation, below it by the whole clause."""

_P_RIGHT = {"direct": 0.9, "mixed": 0.8, "reported": 0.7, "narrator": 0.6}


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


@dataclass(slots=True)
class _Draft:
    span: Span
    mode: str
    voice: Voice
    utterance: Utterance | None = None
    figures: list[FigureFound] = field(default_factory=list)
    victims: list[VictimFound] = field(default_factory=list)
    perpetrators: list[PerpetratorFound] = field(default_factory=list)
    flags: tuple[str, ...] = ()
    is_negated: bool = False


class _Reader:
    def __init__(self, d: Discourse, published: PartialDate | None) -> None:
        self.d = d
        self.text = d.layer.text
        self.published = published
        self.year_day = None if published else full_day_in(self.text)
        self.drafts: list[_Draft] = []

    def read(self) -> list[Proposed]:
        for u in self.d.utterances:
            self.drafts += self._drafts_of(u)
        for i, sentence in enumerate(self.d.sentences):
            for start, end in sentences(self.text, sentence.start, sentence.end, []):
                self._harm_in(i, start, end)
        self._rosters()
        self._calls()
        kept = [draft for draft in self.drafts if self._is_worth_showing(draft)]
        kept.sort(key=lambda x: (x.span, x.mode))
        return [self._proposed(draft) for draft in kept]

    # --- attributions ---

    def _drafts_of(self, u: Utterance) -> Iterator[_Draft]:
        a = u.attribution
        if not a.quotes or (
            all(is_a_name_in_quotes(self.text[x + 1 : y - 1]) for x, y in a.quotes) and a.frame != a.quotes
        ):
            frame = max(a.frame, key=lambda s: s[1] - s[0])
            if len(a.frame) > 1 and a.cue_word == "segun":
                frame = (a.frame[0][0], a.frame[-1][1])
            yield _Draft(frame, "reported", u.voice, u, flags=u.flags)
            return
        between = self.text[a.cue[1] : a.quotes[0][0]].strip() if a.cue and a.cue[1] <= a.quotes[0][0] else ""
        is_bridged = bool(between) and not between.endswith((":", ","))
        letters = sum(b - x for x, b in a.frame)
        quoted = sum(b - x for x, b in a.quotes)
        if quoted < _MOSTLY_QUOTED * letters and len(a.quotes) == 1 and len(a.frame) == 1:
            yield _Draft(a.frame[0], "mixed", u.voice, u, flags=u.flags)
            return
        for quote in a.quotes:
            embedded = any(x < quote[0] - 1 and quote[1] <= b for x, b in a.frame)
            yield _Draft(quote, "mixed" if embedded or is_bridged else "direct", u.voice, u, flags=u.flags)

    def _is_worth_showing(self, draft: _Draft) -> bool:
        if draft.utterance is None:
            return True
        a = draft.utterance.attribution
        speaks_of_harm = bool(draft.figures or draft.victims)
        if draft.mode == "reported":
            if self._is_title(draft.span):
                return speaks_of_harm
            if a.cue_class in ("hold", "judge"):
                return speaks_of_harm and a.cue_class == "hold"
        return True

    def _is_title(self, span: Span) -> bool:
        first = self.d.blocks[0]
        return first.start <= span[0] < first.end and not self.text[first.start : first.end].rstrip().endswith(
            (".", "”", "»", '"')
        )

    # --- harm ---

    def _harm_in(self, i: int, start: int, end: int) -> None:
        if not cas.may_speak_of_harm(self.d.folded[start:end]):
            return
        tokens = tokenise(self.text, self.d.folded, start, end)
        found = cas.casualties(self.text, self.d.folded, start, end, tokens, self.d.people)
        if not found.harms and not found.counts and not names_victims(self.d.folded[start:end]):
            return
        dates = dates_of(self.text, start, end, self.published, self.year_day)
        places = places_of(self.text, start, end)
        named = [n for n in aged_names(self.text, start, end) if not any(p.start <= n.start < p.end for p in places)]
        names = named if _speaks_of_death(found) or names_victims(self.d.folded[start:end]) else []
        for count in found.counts:
            self._add_figure(i, (start, end), count, dates, places, tokens)
        for harm in found.harms:
            self._add_harm(i, (start, end), harm, tokens, dates, places, names)
        for entry in names:
            draft = self._draft_for(i, (start, end), entry.start, entry.end)
            kind = next((h.harm for h in found.harms if not h.is_negated), "killed")
            if not any(v.start < entry.end and entry.start < v.end for v in draft.victims) and not self._is_speaker(
                entry
            ):
                draft.victims.append(self._named_victim(entry, kind, dates, places))

    def _add_figure(
        self,
        i: int,
        sentence: Span,
        count: cas.Count,
        dates: list[DateFound],
        places: list[PlaceFound],
        tokens: list[Token],
    ) -> None:
        draft = self._draft_for(i, sentence, count.start, count.end)
        date = nearest(dates, count.start)
        place = next((p for p in places if p.start >= count.start), None)
        head = tokens[count.b - 1].end if count.b > count.a else count.end
        end = max(count.end, head)
        draft.figures.append(
            FigureFound(
                count.start,
                end,
                count.quantity,
                count.harm,
                count.population,
                count.group,
                place,
                date,
                "denied" if count.is_negated else "asserted",
            )
        )

    def _add_harm(
        self,
        i: int,
        sentence: Span,
        harm: cas.Harm,
        tokens: list[Token],
        dates: list[DateFound],
        places: list[PlaceFound],
        names: list[Entry],
    ) -> None:
        start, end = tokens[harm.a].start, tokens[harm.b - 1].end
        draft = self._draft_for(i, sentence, start, end)
        inside = tokens[harm.a : harm.b]
        mention = self.d.people.in_span(start, end)
        entry = next((n for n in names if start <= n.start < end or (n.start < end and start < n.end)), None)
        place = next((p for p in places if p.start >= start), None)
        date = nearest(dates, start)
        if harm.agent:
            x, y = tokens[harm.agent[0]].start, tokens[harm.agent[1] - 1].end
            if not any(p.start == x for p in draft.perpetrators):
                draft.perpetrators.append(
                    PerpetratorFound(self.text[x:y], x, y, draft.voice.name if draft.mode != "narrator" else None)
                )
        polarity = "denied" if harm.is_negated else "asserted"
        if harm.is_negated and any(f.polarity == "denied" and f.start < end and start < f.end for f in draft.figures):
            return
        if entry is not None:
            if not any(v.start == entry.start for v in draft.victims):
                draft.victims.append(replace(self._named_victim(entry, harm.harm, dates, places), polarity=polarity))
        elif (
            mention is not None
            and harm.quantity is None
            and not any(t.fold in ("of", "de") for t in inside if t.end <= mention.start)
        ):
            name = self.text[mention.start : mention.end]
            draft.victims.append(
                VictimFound(
                    mention.start,
                    mention.end,
                    name,
                    "named",
                    harm.harm,
                    Quantity.exactly(1),
                    self.d.people.named(mention).name,
                    place=place,
                    date=date,
                    polarity=polarity,
                )
            )
        elif harm.quantity is not None or not _is_bare(inside):
            self._add_group(draft, harm, inside, place, date, polarity)

    def _add_group(
        self,
        draft: _Draft,
        harm: cas.Harm,
        inside: list[Token],
        place: PlaceFound | None,
        date: DateFound | None,
        polarity: str,
    ) -> None:
        start, end = inside[0].start, inside[-1].end
        quantity = harm.quantity or _size_of(inside, self.text[start:end])
        role = next((POPULATION[t.fold] for t in inside if t.fold in POPULATION), None)
        kind = "group" if quantity.hi != 1 else "unnamed"
        draft.victims.append(
            VictimFound(
                start,
                end,
                self.text[start:end],
                kind,
                harm.harm,
                quantity,
                role=role,
                place=place,
                date=date,
                polarity=polarity,
            )
        )
        singular = inside[0].fold in ("a", "an", "one", "un", "una") and harm.quantity is None and harm.harm == "killed"
        if singular and not any(f.start <= start < f.end for f in draft.figures):
            group = next((t.words for t in inside if t.fold in PEOPLE), None)
            draft.figures.append(
                FigureFound(start, end, quantity, harm.harm, role or "all", group, place, date, polarity)
            )

    def _draft_for(self, i: int, sentence: Span, start: int, end: int) -> _Draft:
        """The smallest statement that holds ``[start, end)``; else one for the clause, else the narrator's sentence."""
        holding = [x for x in self.drafts if x.span[0] <= start and end <= x.span[1] and x.utterance is not None]
        if holding:
            return min(holding, key=lambda x: x.span[1] - x.span[0])
        for u in self.d.utterances:
            for frame in u.attribution.frame:
                if u.sentence == i and frame[0] <= start and end <= frame[1]:
                    own = [x for x in self.drafts if x.utterance is u]
                    if len(own) == 1:
                        own[0].span = (min(frame[0], own[0].span[0]), max(frame[1], own[0].span[1]))
                        own[0].mode = "mixed" if u.attribution.quotes else "reported"
                        return own[0]
                    draft = _Draft(frame, "mixed" if u.attribution.quotes else "reported", u.voice, u, flags=u.flags)
                    self.drafts.append(draft)
                    return draft
        known = next((x for x in self.drafts if x.span == sentence and x.utterance is None), None)
        if known is None:
            known = _Draft(sentence, *self._narrator())
            self.drafts.append(known)
        return known

    def _narrator(self) -> tuple[str, Voice]:
        if self.d.whole_voice is not None:
            return "direct", replace(self.d.whole_voice, basis="named")
        return "narrator", replace(self.d.reporter, basis="inherited") if self.d.reporter.name else Voice()

    # --- victims by name ---

    def _is_speaker(self, entry: Entry) -> bool:
        name = self.text[entry.start : entry.end]
        return any(u.voice.name and name in u.voice.name for u in self.d.utterances)

    def _named_victim(self, entry: Entry, harm: str, dates: list[DateFound], places: list[PlaceFound]) -> VictimFound:
        name = self.text[entry.start : entry.end]
        return VictimFound(
            entry.start, entry.end, name, entry.kind, harm, Quantity.exactly(1), None if entry.kind == "nn" else name, entry.age, entry.age_at,
            place=next((p for p in places if p.start >= entry.start), None), date=nearest(dates, entry.start),
        )  # fmt: skip

    def _rosters(self) -> None:
        """Lines that follow "the dead are:" or a heading of the dead, each a victim."""
        is_open = False
        for i, block in enumerate(self.d.blocks):
            entry = entry_of_line(self.text, block.start, block.end)
            folded = self.d.folded[block.start : block.end]
            if entry is not None and is_open:
                known = any(v.start == entry.start for x in self.drafts for v in x.victims)
                if not known:
                    self.drafts = [
                        x
                        for x in self.drafts
                        if not (block.start <= x.span[0] and x.span[1] <= block.end and x.utterance is None)
                    ]
                    mode, voice = self._narrator()
                    draft = _Draft((block.start, block.end), mode, voice)
                    draft.victims.append(self._named_victim(entry, "killed", [], []))
                    self.drafts.append(draft)
            else:
                tail = folded.rsplit("\n", 1)[-1]
                is_open = is_an_intro(folded) or (tail.rstrip().endswith(":") and is_an_intro(tail))
            del i

    # --- what the author asks ---

    def _calls(self) -> None:
        taken = [x.span for x in self.drafts]
        for sentence in self.d.sentences:
            span = (sentence.start, sentence.end)
            if any(a < span[1] and span[0] < b for a, b in taken if (a, b) != span) and not self._opens_with_must(span):
                continue
            if self._opens_with_must(span):
                first = min((q.start for q in sentence.quotes), default=sentence.end)
                end = len(self.text[: min(first, sentence.end)].rstrip(" .”\n"))
                mode, voice = self._narrator()
                self.drafts.append(_Draft((sentence.start, end), mode, voice))

    def _opens_with_must(self, span: Span) -> bool:
        return bool(demands_of(self.text, span[0], min(span[1], span[0] + 60), "say", None, False)) and fold(
            self.text[span[0] : span[0] + 12]
        ).startswith(("it is", "es ", "resulta"))

    # --- the statement ---

    def _proposed(self, draft: _Draft) -> Proposed:
        start, end = draft.span
        a = draft.utterance.attribution if draft.utterance else None
        cue_end = a.cue[1] if a and a.cue and a.cue[1] <= start else None
        demands = demands_of(
            self.text, start, end, a.cue_class if a else "say", cue_end, bool(a) and draft.mode != "narrator"
        )
        flags = list(dict.fromkeys([*draft.flags, *doubts_of(self.text, start, end)]))
        if any(f.polarity == "denied" for f in draft.figures) or any(v.polarity == "denied" for v in draft.victims):
            flags.append("negated")
        if a is not None and a.is_negated:
            flags.append("speech_negated")
        kind = self._kind(draft, bool(demands), flags)
        victims = tuple(sorted(draft.victims, key=lambda v: v.start))
        return Proposed(
            start, end, self.text[start:end], draft.mode, kind, draft.voice,
            a.cue if a else None,
            a.frame[0] if a and a.quotes and draft.mode == "mixed" else None,
            tuple(sorted(draft.figures, key=lambda f: f.start)), victims, tuple(draft.perpetrators), demands,
            tuple(dates_of(self.text, start, end, self.published, self.year_day)), tuple(places_of(self.text, start, end)),
            (), self._p_right(draft, a.cue_class if a else "say"), "rules", tuple(flags),
        )  # fmt: skip

    def _kind(self, draft: _Draft, asks: bool, flags: list[str]) -> str:
        cue_class = draft.utterance.attribution.cue_class if draft.utterance else "say"
        if cue_class in ("deny", "withdraw") or "corrects" in flags:
            return "status"
        if draft.figures:
            return "figure"
        if draft.victims:
            return "victim"
        return "demand" if asks or cue_class == "ask" else "event"

    def _p_right(self, draft: _Draft, cue_class: str) -> float:
        p = _P_RIGHT[draft.mode]
        if cue_class in ("hold", "judge"):
            p = min(p, 0.5)
        if draft.voice.basis == "inherited" and draft.mode != "narrator":
            p = min(p, 0.4)
        if draft.voice.basis == "unattributed" and draft.mode != "narrator":
            p = min(p, 0.4)
        return p


def _speaks_of_death(found: cas.Casualties) -> bool:
    return any(h.harm == "killed" for h in found.harms) or any(c.harm == "killed" for c in found.counts)


def _is_bare(inside: list[Token]) -> bool:
    """A pronoun, "los heridos", "the dead": nobody new."""
    words = [t.fold for t in inside if t.is_word]
    return all(
        x in PERSONAL or x in DETERMINERS or x in STATES or x in ("victims", "victimas", "heridas", "gravedad", "de")
        for x in words
    )


def _size_of(inside: list[Token], words: str) -> Quantity:
    """How many a phrase without a number means: one where it is singular, at least two where it is plural."""
    head = next((t.fold for t in inside if t.fold in PEOPLE), inside[-1].fold)
    singular = inside[0].fold in (
        "a",
        "an",
        "un",
        "una",
        "one",
        "el",
        "la",
        "his",
        "her",
        "su",
        "another",
        "otro",
        "otra",
    ) and not head.endswith("s")
    if singular or not head.endswith(("s", "men", "people", "children")):
        return Quantity(words, 1, 1, Bound.exactly)
    return Quantity(words, 2, None, Bound.vague)
