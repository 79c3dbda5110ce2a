"""Figures, victims and those held responsible, each put into the statement whose words it is in.

Method: docs/method/reading.md, "Casualties" and "Places and dates of a figure".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from willakuy.reading import casualties as cas
from willakuy.reading.acts import may_speak_of_acts
from willakuy.reading.anaphora import Referents
from willakuy.reading.chunks import Chunk
from willakuy.reading.details import Details
from willakuy.reading.drafts import Draft, Drafts
from willakuy.reading.lexicon.deeds import THE_DEAD
from willakuy.reading.lexicon.function_words import DETERMINERS, PERSONAL
from willakuy.reading.lexicon.harm import PEOPLE, POPULATION, STATES
from willakuy.reading.lexicon.word_lists import words
from willakuy.reading.people_in import name_in
from willakuy.reading.phrases import Span
from willakuy.reading.rosters import Entry, aged_names, entry_of_line, harm_listed, names_victims
from willakuy.reading.setting import Setting
from willakuy.reading.tokens import Token, tokenise, without_asides
from willakuy.reading.values import ActFound, FigureFound, PerpetratorFound, VictimFound
from willakuy.reading.word_kinds import NUMBERS
from willakuy.statements.numbers import Bound, Quantity, parse_quantity


@dataclass(slots=True)
class _Sentence:
    """One sentence being read: its place, words, names with an age, and when and where its parts are."""

    i: int
    span: Span
    tokens: list[Token]
    found: cas.Casualties
    setting: Setting
    names: list[Entry]

    def spans(self, ranges: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
        """Token ranges as characters."""
        return tuple((self.tokens[a].start, self.tokens[b - 1].end) for a, b in ranges)


class HarmReader:
    """Fills the drafts of a document with what its sentences say of victims."""

    def __init__(self, drafts: Drafts, details: Details) -> None:
        self.drafts, self.d, self.text = drafts, drafts.d, drafts.text
        self.details = details
        self.referents = Referents(self.d)
        self._seen: set[str] = set()
        self._last_group: tuple[VictimFound | None, int] = (None, -9)
        self._speakers = {u.voice.name for u in self.d.utterances if u.voice.name}

    def read(self, i: int, start: int, end: int) -> None:
        """The sentence ``[start, end)``, part of sentence ``i`` of the discourse."""
        folded = self.d.folded[start:end]
        if (among := _AMONG_THEM.match(folded)) is not None:
            self._among_them(i, (start, end), start + among.end())
        if not may_speak_of_acts(folded):
            return
        tokens = without_asides(tokenise(self.text, self.d.folded, start, end))
        found = cas.casualties(self.text, self.d.folded, start, end, tokens)
        presents = names_victims(folded)
        if not found.acts and not found.harms and not found.counts and not presents:
            return
        dates = self.details.dates(start, end)
        in_dates = [(d.start, d.end) for d in dates]
        found.counts = [c for c in found.counts if not _ends_inside((c.start, c.end), in_dates)]
        found.harms = [h for h in found.harms if not _ends_inside((tokens[h.a].start, tokens[h.b - 1].end), in_dates)]
        places = self.details.places(start, end)
        names = [n for n in aged_names(self.text, start, end) if not any(p.start <= n.start < p.end for p in places)]
        deadly = any(h.harm == "killed" for h in found.harms) or any(c.harm == "killed" for c in found.counts)
        marks = [c.start for c in found.counts] + [tokens[h.a].start for h in found.harms]
        setting = Setting(self.d.folded, (start, end), places, dates, sorted(set(marks)))
        s = _Sentence(i, (start, end), tokens, found, setting, names if deadly or presents else [])
        for count in found.counts:
            self._figure(s, count)
        for harm in found.harms:
            self._victim(s, harm)
        for entry in s.names:
            self._aged(s, entry)
        self._among_the_counted(s)
        for a, b in found.blamed:
            self._blamed(s, tokens[a].start, tokens[b - 1].end)
        self._acts(s)

    def _among_them(self, i: int, span: Span, after: int) -> None:
        """ "Entre ellos estaban NP y NP": people of the group that the sentence before spoke of."""
        group, at = self._last_group
        if (
            (group is None or at < i - 1)
            and i
            and _speaks_of_the_dead(self.d.folded, self.d.sentences[i - 1].start, span[0])
        ):
            group, at = VictimFound(0, 0, "", "named", "killed", Quantity.exactly(1), act="died"), i - 1
        if group is None or at < i - 1:
            return
        for mention in self.d.people.within(after, span[1]):
            draft = self.drafts.home(i, span, mention.start, mention.end)
            name = self.d.people.named(mention).name
            words = self.text[mention.start : mention.end]
            draft.victims.append(
                replace(
                    group, start=mention.start, end=mention.end, text=words, kind="named", name=name,
                    quantity=Quantity.exactly(1), role=None, place=None, date=None,
                )
            )  # fmt: skip

    def _among_the_counted(self, s: _Sentence) -> None:
        """ "More than 300 have been arrested, among them the journalist NAME": of the number, and of its harm."""
        for mention in self.d.people.within(*s.span):
            count = next((c for c in reversed(s.found.counts) if c.end <= mention.start), None)
            led = _AMONG_COUNTED.search(self.d.folded, s.span[0], mention.start)
            if count is None or count.is_negated or led is None or led.start() < count.end:
                continue
            if len(self.text[mention.start : mention.end].split()) < 2:
                continue
            draft = self.drafts.home(s.i, s.span, mention.start, mention.end)
            if any(v.start < mention.end and mention.start < v.end for v in draft.victims):
                continue
            polarity = standing_of(self.d.folded, s.span[0], count.start, draft)
            name = self.d.people.named(mention).name
            where, _ = s.setting.place(count.start, count.end, draft.span)
            draft.victims.append(
                VictimFound(
                    mention.start, mention.end, self.text[mention.start : mention.end], "named", count.harm, Quantity.exactly(1), name,
                    place=where, date=s.setting.date(count.start, count.end, draft.span), polarity=polarity, act=count.harm,
                )
            )  # fmt: skip

    def _acts(self, s: _Sentence) -> None:
        """Acts go to the statement that speaks of them; one done to somebody, if only to "him", makes a statement."""
        for act, at, has_victim in s.found.acts:
            t = s.tokens[at]
            if act == "blamed":
                continue
            draft = (
                self.drafts.home(s.i, s.span, t.start, t.end)
                if has_victim or act in _GRAVE
                else self.drafts.holding(s.i, s.span, t.start)
            )
            if draft is not None:
                draft.acts.append(ActFound(act, t.start, t.end))

    def _figure(self, s: _Sentence, count: cas.Count) -> None:
        draft = self.drafts.home(s.i, s.span, count.start, count.end)
        standing = "denied" if count.is_negated else standing_of(self.d.folded, s.span[0], count.start, draft)
        end = max(count.end, s.tokens[count.b - 1].end if count.b > count.a else count.end)
        where, nearby = s.setting.place(count.start, end, draft.span)
        when = s.setting.date(count.start, end, draft.span)
        draft.figures.append(
            FigureFound(
                count.start, end, count.quantity, count.harm, count.population, count.group, where, when,
                standing, nearby,
            )
        )  # fmt: skip

    def _referred(self, s: _Sentence, harm: cas.Harm) -> None:
        """ "He was shot": a victim only where one person and no other can be meant."""
        token = s.tokens[harm.a]
        mention = self.referents.of(s.i, token, s.spans(harm.agents))
        if mention is None or harm.is_denied:
            return
        draft = self.drafts.home(s.i, s.span, token.start, token.end)
        name = self.d.people.named(mention).name
        known = any(v.name == name and v.harm == harm.harm for v in draft.victims)
        if not known and standing_of(self.d.folded, s.span[0], token.start, draft) == "asserted":
            draft.victims.append(
                VictimFound(
                    token.start, token.end, token.words, "named", harm.harm, Quantity.exactly(1), name,
                    act=harm.act, blamed=s.spans(harm.agents), date=s.setting.date(token.start, token.end, draft.span),
                    place=s.setting.place(token.start, token.end, draft.span)[0], basis="pronoun",
                )
            )  # fmt: skip

    def _victim(self, s: _Sentence, harm: cas.Harm) -> None:
        if harm.refers:
            self._referred(s, harm)
            return
        start, end = s.tokens[harm.a].start, s.tokens[harm.b - 1].end
        draft = self.drafts.home(s.i, s.span, start, end)
        polarity = "denied" if harm.is_denied else standing_of(self.d.folded, s.span[0], start, draft)
        if harm.is_denied and any(f.polarity == "denied" and f.start < end and start < f.end for f in draft.figures):
            return
        entry = next((n for n in s.names if n.start < end and start < n.end), None)
        name = self._name(s, harm)
        if entry is not None and harm.quantity is None:
            self._add(
                draft,
                replace(
                    self._entered(s, entry, harm.harm, draft),
                    polarity=polarity,
                    act=harm.act,
                    blamed=s.spans(harm.agents),
                ),
            )
        elif name is not None and harm.quantity is None:
            self._add(draft, self._named(s, harm, name, draft, polarity))
        elif harm.quantity is not None or not (
            _is_bare(inside := s.tokens[harm.a : harm.b]) or self._is_known(s, inside, harm)
        ):
            self._group(s, harm, draft, polarity)
        self._seen.add(harm.harm or harm.act)

    def _is_known(self, s: _Sentence, inside: list[Token], harm: cas.Harm) -> bool:
        """ "the minister", "those students", of whom the text has told already: nobody new."""
        definite = inside[0].fold in _DEFINITE
        if (
            not definite
            or (harm.harm or harm.act) not in self._seen
            or any(t.fold in ("of", "de", "del") for t in inside)
        ):
            return False
        noun = inside[-1].fold.rstrip("s")
        return noun in _SAID_AGAIN or self.d.folded.find(noun, max(0, s.span[0] - _REMEMBERED), s.span[0]) >= 0

    def _name(self, s: _Sentence, harm: cas.Harm) -> Span | None:
        """The person's name in the phrase, if it is the phrase's own and not that of "the mother of …"."""
        assert s.found.clause is not None
        chunk = next((c for c in s.found.clause.chunks if c.a <= harm.a < c.full), None)
        core = min(harm.b, chunk.b) if chunk and chunk.a == harm.a else harm.b
        at = name_in(s.tokens, Chunk(harm.a, core, harm.b, core - 1))
        if at is None:
            return None
        start, end = s.tokens[at[0]].start, s.tokens[at[1] - 1].end
        mention = self.d.people.in_span(start, end)
        if mention is None and not self.text[start:end].isupper():
            return None
        if any(p.start <= start < p.end for p in s.setting.places) and mention is None:
            return None
        return (mention.start, mention.end) if mention is not None else (start, end)

    def _named(self, s: _Sentence, harm: cas.Harm, name: Span, draft: Draft, polarity: str) -> VictimFound:
        mention = self.d.people.in_span(*name)
        full = self.d.people.named(mention).name if mention else self.text[slice(*name)]
        if mention is not None:
            self.referents.known.add(mention.person)
        where, _ = s.setting.place(*name, draft.span)
        return VictimFound(
            *name, self.text[slice(*name)], "named", harm.harm, Quantity.exactly(1), full,
            place=where, date=s.setting.date(*name, draft.span), polarity=polarity, act=harm.act, blamed=s.spans(harm.agents),
        )  # fmt: skip

    def _group(self, s: _Sentence, harm: cas.Harm, draft: Draft, polarity: str) -> None:
        inside = s.tokens[harm.a : harm.b]
        start, end = inside[0].start, inside[-1].end
        quantity = harm.quantity or size_of(inside, self.text[start:end])
        role = next((POPULATION[t.fold] for t in inside if t.fold in POPULATION), None)
        where, nearby = s.setting.place(start, end, draft.span)
        when = s.setting.date(start, end, draft.span)
        kind = "group" if quantity.hi != 1 else "unnamed"
        draft.victims.append(
            VictimFound(
                start, end, self.text[start:end], kind, harm.harm, quantity,
                role=role, place=where, date=when, polarity=polarity, act=harm.act, blamed=s.spans(harm.agents),
            )
        )  # fmt: skip
        if kind == "group" and polarity == "asserted":
            self._last_group = (draft.victims[-1], s.i)
        says_one = inside[0].fold in ("a", "an", "one", "un", "una") and harm.harm == "killed"
        says_more = quantity.lo > 1 and quantity.bound is not Bound.vague
        known = any(f.start < end and start < f.end for f in draft.figures)
        if harm.harm and harm.quantity is None and (says_one or says_more) and not known:
            group = next((t.words for t in inside if t.fold in PEOPLE), None)
            draft.figures.append(
                FigureFound(start, end, quantity, harm.harm, role or "all", group, where, when, polarity, nearby)
            )

    def _aged(self, s: _Sentence, entry: Entry) -> None:
        """A name with an age, in a sentence that speaks of the dead, is one of them unless it speaks."""
        draft = self.drafts.home(s.i, s.span, entry.start, entry.end)
        kind = next((h.harm for h in s.found.harms if not h.is_denied and h.harm), "killed")
        words = self.text[entry.start : entry.end]
        speaks = any(words in name for name in self._speakers)
        if not speaks and not any(v.start < entry.end and entry.start < v.end for v in draft.victims):
            draft.victims.append(self._entered(s, entry, kind, draft))

    def _entered(self, s: _Sentence | None, entry: Entry, harm: str | None, draft: Draft) -> VictimFound:
        name = self.text[entry.start : entry.end]
        where = s.setting.place(entry.start, entry.end, draft.span)[0] if s else None
        when = s.setting.date(entry.start, entry.end, draft.span) if s else None
        return VictimFound(
            entry.start, entry.end, name, entry.kind, harm, Quantity.exactly(1), None if entry.kind == "nn" else name,
            entry.age, entry.age_at, place=where, date=when, act=harm,
        )  # fmt: skip

    def _add(self, draft: Draft, victim: VictimFound) -> None:
        known = next((v for v in draft.victims if v.start == victim.start), None)
        if known is None:
            draft.victims.append(victim)
        elif known.harm != "killed" and victim.harm is not None and (known.harm is None or victim.harm == "killed"):
            draft.victims[draft.victims.index(known)] = victim

    def _blamed(self, s: _Sentence, start: int, end: int) -> None:
        draft = self.drafts.home(s.i, s.span, start, end)
        if any(p.start < end and start < p.end for p in draft.perpetrators):
            return
        if standing_of(self.d.folded, s.span[0], start, draft) != "asserted":
            return
        speaker = draft.voice.name if draft.mode != "narrator" else None
        draft.perpetrators.append(PerpetratorFound(self.text[start:end], start, end, speaker))

    # --- lists ---

    def read_lists(self) -> None:
        """Lines that follow "the dead are:" or a heading of the dead, each a victim."""
        harm: str | None = None
        known = {v.start for x in self.drafts.all for v in x.victims}
        for block in self.d.blocks:
            entry = entry_of_line(self.text, block.start, block.end)
            if entry is not None and harm is not None:
                if entry.start not in known:
                    draft = self.drafts.told(None, (block.start, block.end))
                    draft.victims.append(self._entered(None, entry, harm, draft))
                continue
            folded = self.d.folded[block.start : block.end]
            tail = folded.rsplit("\n", 1)[-1]
            if block.kind == "item" and not tail.rstrip().endswith(":"):
                continue
            harm = harm_listed(folded) or (harm_listed(tail) if tail.rstrip().endswith(":") else None)


def _speaks_of_the_dead(folded: str, start: int, end: int) -> bool:
    return not THE_DEAD.isdisjoint(re.findall(r"[a-z]+", folded[start:end]))


def _ends_inside(span: Span, others: list[Span]) -> bool:
    """ "entre el 9 y el 12 de enero" counts days and nobody; a date is found without its article."""
    return any(a < span[1] <= b for a, b in others)


_AMONG_THEM = re.compile(
    r"[^\w]*(?:entre\s+(?:ellos|ellas|estos|estas|las\s+victimas|los\s+caidos)|among\s+(?:them|those|the\s+victims))\s+"
    r"(?:se\s+)?(?:estaban?|figuran?|encuentran?|encontraban?|hay|habia|were|was|are|is)\b"
)
_AMONG_COUNTED = re.compile(
    r"\b(?:among\s+(?:them|those)|including|entre\s+(?:ellos|ellas)|incluid[oa]s?)[,:]?\s+(?:(?:the|el|la|los|las|an?|un|una)\s+)?(?:[a-z-]+\s+){0,3}$"
)
_DENIES = re.compile(
    r"\b(?:es\s+falso|no\s+es\s+(?:cierto|verdad)|desm[ie]+nt\w+|nieg\w+|neg(?:o|aron|aba)|descart\w+|denied|denies|deny|false|not\s+true)\b(?:\s+\w+){0,4}?\s+(?:que|that)\b"
)
_RETRACTS = re.compile(
    r"\b(?:withdrew|withdrawn|retract(?:ed|s)?|rectific(?:o|aron|a)|corrigio|corrected|se\s+retract\w+|anul(?:o|aron))\b(?:\s+\w+){0,5}?\s+(?:que|that|de|of)\b"
)


_EARLIER_VERSION = re.compile(
    r"\b(?:earlier|previous|initial) (?:version|report)s?\b|\bversion(?:es)? (?:anterior|previa|inicial)"
)


def standing_of(folded: str, start: int, at: int, draft: Draft) -> str:
    """Whether what is said at ``at`` is asserted, denied or retracted by the words that govern it."""
    said = draft.utterance.attribution if draft.utterance else None
    cue = said.cue_class if said else ""
    if said and said.source and _EARLIER_VERSION.search(folded[slice(*said.source)]):
        return "retracted"
    if said and cue == "say" and said.frame == said.quotes:
        start = max(start, draft.span[0])  # "denied that …: “Five died”": what governs a quotation stands in it
    before = folded[start:at]
    if cue == "withdraw" or _RETRACTS.search(before):
        return "retracted"
    return "denied" if cue == "deny" or _DENIES.search(before) else "asserted"


def _is_bare(inside: list[Token]) -> bool:
    """A pronoun, "los heridos", "the dead": nobody new."""
    words = [t.fold for t in inside if t.is_word]
    empty = ("victims", "victimas", "victim", "victima", "heridas", "gravedad", "de", "others", "one")
    return all(x in PERSONAL or x in DETERMINERS or x in STATES or x in empty for x in words)


_GRAVE = frozenset(["tortured", "kidnapped", "missing"])
"""Acts worth a statement even where the sentence does not say to whom."""
_REMEMBERED = 6_000
"""Characters back in which a noun is looked for, so that long texts take time in proportion."""
_SAID_AGAIN = words(
    "victim victima dead deceased body cuerpo cadaver muerto fallecido man hombre woman mujer people person persona men other otro"
)
_DEFINITE = words("the these those both el los las estos estas esos esas ambos ambas")
_ONE = words("a an un una one el la his her su another otro otra")


def size_of(inside: list[Token], words: str) -> Quantity:
    """How many a phrase means: its opening number, else one where it is singular and at least two where it is plural."""
    lead = [t for t in inside[:5] if t.words[0].isdigit() or t.fold in NUMBERS or t.fold in DETERMINERS]
    if lead and lead[-1].is_word and (said := parse_quantity(words[: lead[-1].end - inside[0].start])) is not None:
        return said
    head = next((t.fold for t in inside if t.fold in PEOPLE), inside[-1].fold)
    singular = inside[0].fold in _ONE and not head.endswith("s")
    opening = inside[0].words
    if singular or not head.endswith(("s", "men", "people", "children")):
        return Quantity(opening, 1, 1, Bound.exactly)
    return Quantity(opening, 2, None, Bound.vague)
