"""Who did what to whom in a sentence: active, passive, nominal, agentless; subjects, objects, relative clauses, coordination.

Method: docs/method/reading.md, "Who did what to whom".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from willakuy.reading.chunks import Chunk, chunks_of, is_human, is_people, is_pronoun, is_thing, name_in
from willakuy.reading.lexicon.acts import ACTS, DOER_NOUNS, NOMINALS, SUFFERS, Verb
from willakuy.reading.lexicon.function_words import BE, HAVE, MODALS, ROLE_NOUNS
from willakuy.reading.lexicon.harm import COUNTED, NEGATING_VERBS, NOT_SO, PEOPLE, STATES
from willakuy.reading.lexicon.speech import CUES
from willakuy.reading.lexicon.things import COMMON_VERBS
from willakuy.reading.tokens import Token

_PARTICIPLE = (
    "ed",
    "ado",
    "ada",
    "ados",
    "adas",
    "ido",
    "ida",
    "idos",
    "idas",
    "shot",
    "slain",
    "beaten",
    "blown",
    "thrown",
    "burnt",
)
_BECAME = frozenset(
    [
        "resulto",
        "resultaron",
        "resulta",
        "quedo",
        "quedaron",
        "cayo",
        "cayeron",
        "found",
        "hallado",
        "hallada",
        "encontrado",
        "encontrada",
        "acabo",
        "termino",
        "left",
        "lay",
    ]
)
_BETWEEN = frozenset(
    [
        "also",
        "not",
        "then",
        "later",
        "still",
        "already",
        "been",
        "being",
        "ya",
        "tambien",
        "luego",
        "despues",
        "presuntamente",
        "aparentemente",
        "allegedly",
        "reportedly",
        "apparently",
        "brutally",
        "seriously",
        "gravely",
    ]
)
_REAL_INFINITIVE = frozenset(["managed", "logro", "lograron", "used", "proceeded"])
_BLAMES = frozenset(
    [
        "accuse",
        "accused",
        "accuses",
        "accusing",
        "blame",
        "blamed",
        "blames",
        "blaming",
        "acusa",
        "acusan",
        "acuso",
        "acusaron",
        "culpa",
        "culpo",
        "culparon",
        "responsabiliza",
        "responsabilizan",
        "responsabilizo",
        "responsabilizaron",
    ]
)
_CLAIMS = frozenset(
    [
        "claimed",
        "claim",
        "claims",
        "reivindico",
        "reivindicaron",
        "adjudico",
        "adjudicaron",
        "atribuyo",
        "atribuyeron",
        "admitted",
    ]
)
_DOES_DEEDS = frozenset(
    [
        "carried",
        "carry",
        "carrying",
        "perpetrated",
        "staged",
        "launched",
        "conducted",
        "set",
        "placed",
        "left",
        "committed",
        "realizo",
        "realizaron",
        "perpetro",
        "perpetraron",
        "cometio",
        "cometieron",
        "colocaron",
        "coloco",
        "lanzaron",
        "lanzo",
    ]
)
_ARMS = frozenset(
    [
        "firing",
        "gunfire",
        "bullets",
        "custody",
        "disparos",
        "balas",
        "perdigones",
        "lacrimogenas",
        "represion",
        "repression",
    ]
)
_NAMED_AS = frozenset(
    [
        "identified",
        "named",
        "are",
        "were",
        "is",
        "was",
        "son",
        "eran",
        "es",
        "identificado",
        "identificada",
        "identificados",
        "identificadas",
        ":",
    ]
)
_THE_DEAD = frozenset(
    [
        "victims",
        "victim",
        "dead",
        "deceased",
        "body",
        "bodies",
        "fatalities",
        "victimas",
        "victima",
        "muertos",
        "muerto",
        "fallecidos",
        "fallecido",
        "fallecida",
        "fallecidas",
        "occiso",
        "occisos",
        "cuerpo",
        "cuerpos",
        "cadaver",
        "cadaveres",
        "asesinados",
        "mortales",
    ]
)
_THE_HURT = frozenset(["wounded", "injured", "heridos", "heridas", "herido", "herida", "lesionados"])
_THE_TAKEN = frozenset(["plagiados", "secuestrados", "kidnapped", "hostages", "abducted", "rehenes"])
_LISTING = frozenset(
    ["and", "y", "e", "also", "tambien", "as", "well", "a", "al", "asi", "como", "including", "incluidos", "entre"]
)
_DEED_NOUNS = frozenset(
    [
        "bomb",
        "bombs",
        "fire",
        "shots",
        "grenade",
        "grenades",
        "dynamite",
        "explosive",
        "explosives",
        "charge",
        "charges",
        "device",
        "devices",
        "stones",
        "rocks",
        "petrol",
    ]
)


_OWNED = frozenset(
    [
        "his",
        "her",
        "their",
        "its",
        "the",
        "a",
        "an",
        "two",
        "three",
        "four",
        "five",
        "su",
        "sus",
        "un",
        "una",
        "dos",
        "tres",
        "cuatro",
        "cinco",
        "el",
        "la",
        "los",
        "las",
    ]
)


@dataclass(frozen=True, slots=True)
class Act:
    """``at`` is the token of the verb or noun. ``doers`` are those said to have done it. ``is_real`` is false for
    what is denied, threatened, planned or asked about."""

    act: str
    at: int
    victims: tuple[Chunk, ...] = ()
    doers: tuple[Chunk, ...] = ()
    is_real: bool = True
    is_denied: bool = False
    is_arms: bool = False


class Clause:
    """The tokens of a sentence with their noun phrases, and the walks between them."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.chunks = chunks_of(tokens)
        self._starts = {c.a: k for k, c in enumerate(self.chunks)}
        self._within = {i: k for k, c in enumerate(self.chunks) for i in range(c.a, c.full)}

    def fold(self, i: int) -> str:
        return self.tokens[i].fold if 0 <= i < len(self.tokens) else ""

    def mark(self, i: int) -> str:
        return self.tokens[i].words if 0 <= i < len(self.tokens) else ""

    def starting(self, i: int) -> Chunk | None:
        k = self._starts.get(i)
        return self.chunks[k] if k is not None else None

    def ending(self, i: int) -> Chunk | None:
        """The phrase whose last token is ``i - 1``."""
        k = self._within.get(i - 1)
        return self.chunks[k] if k is not None and self.chunks[k].full == i else None

    def over(self, i: int) -> Chunk | None:
        """The phrase that token ``i`` stands in."""
        k = self._within.get(i)
        return self.chunks[k] if k is not None else None

    def phrase_at(self, i: int) -> Chunk | None:
        """The phrase that begins at ``i``, also where it is the second half of "X of Y"."""
        if (c := self.starting(i)) is not None or (own := self._within.get(i)) is None:
            return c
        inner = chunks_of(self.tokens[i : self.chunks[own].full])
        if not inner or inner[0].a:
            return None
        return Chunk(i, inner[0].b + i, inner[0].full + i, inner[0].head + i)

    # --- left of a verb ---

    def subject(self, i: int) -> Chunk | None:
        """The subject of the verb at ``i``: auxiliaries, phrases with a preposition, appositions and relatives are passed over."""
        j = self._verb_start(i) - 1
        hops = 0
        while j >= 0 and hops < 7:
            hops += 1
            f, mark = self.fold(j), self.mark(j)
            if f in ("who", "that", "which", "quien", "quienes", "que", "whom"):
                j -= 1
                if self.mark(j) == ",":
                    j -= 1
                j = self._past_relative_gap(j)
                continue
            if mark in (",", ")", "]", "--", "—", "–"):
                if mark == "," and (last := self.ending(j)) is not None and self.fold(last.a - 1) in ("and", "y", "e"):
                    return last
                opened = self._opening(j)
                if opened is None:
                    return None
                j = opened - 1
                continue
            chunk = self.ending(j + 1)
            if chunk is None:
                return None
            before = self.fold(chunk.a - 1)
            if self._hangs_on_preposition(chunk) and before not in ("among", "entre"):
                j = self._left_of_preposition(chunk) - 1
                continue
            return chunk
        return None

    def _past_relative_gap(self, j: int) -> int:
        return j

    def _verb_start(self, i: int) -> int:
        while i > 0 and (
            self.fold(i - 1) in BE or self.fold(i - 1) in HAVE or self.fold(i - 1) in MODALS or self.fold(i - 1) in _BETWEEN or self.fold(i - 1) in ("se", "lo", "le", "les", "los", "to", "habria", "habrian", "no")
            or self.fold(i - 1).endswith(("ly", "mente"))
        ):  # fmt: skip
            i -= 1
        return i

    def _opening(self, j: int) -> int | None:
        """Where the aside that closes at ``j`` opens: the token of its first mark."""
        partner = {",": ",", ")": "(", "]": "[", "--": "--", "—": "—", "–": "–"}[self.mark(j)]
        for p in range(j - 1, max(-1, j - 30), -1):
            if self.mark(p) == partner and p > 0 and self.tokens[p - 1].is_word:
                return p
        return None

    def _hangs_on_preposition(self, chunk: Chunk) -> bool:
        i = chunk.a - 1
        if i < 0 or not self.tokens[i].is_word:
            return False
        f = self.fold(i)
        return f in ("in", "on", "at", "from", "with", "near", "during", "after", "before", "since", "under", "against", "into", "within", "en", "con", "durante", "tras", "desde", "contra", "ante", "bajo", "to", "for", "para", "por", "by", "through", "sobre", "over", "outside", "a", "al")  # fmt: skip

    def _left_of_preposition(self, chunk: Chunk) -> int:
        return chunk.a - 1

    # --- lists of phrases ---

    def listed_left(self, chunk: Chunk) -> list[Chunk]:
        """``chunk`` and the phrases joined to it on its left: "A, B and C were killed"."""
        found = [chunk]
        while (k := self._joined_before(found[0])) is not None:
            found.insert(0, k)
        return self._without_asides(found)

    def listed_right(self, chunk: Chunk) -> list[Chunk]:
        found = [chunk]
        while len(found) < 30 and (k := self._joined_after(found[-1])) is not None:
            found.append(k)
        return self._without_asides(found)

    def _joined_before(self, chunk: Chunk) -> Chunk | None:
        i = chunk.a - 1
        joins = 0
        while (
            i >= 0
            and (
                self.mark(i) in (",", ";")
                or self.fold(i) in ("and", "y", "e", "or", "o", "also", "tambien", "well", "as", "asi", "como")
            )
            and joins < 4
        ):
            i -= 1
            joins += 1
        if joins == 0:
            return None
        before = self.ending(i + 1)
        if (
            before is not None
            and self._hangs_on_preposition(before)
            and self.fold(before.a - 1) not in ("a", "al", "to")
        ):
            return None
        if before is not None and self._is_age(before) and self.mark(before.a - 1) == ",":
            before = self.ending(before.a - 1)
        return before if before is not None and self._joins_like(before, chunk) else None

    def _joined_after(self, chunk: Chunk) -> Chunk | None:
        i = chunk.full
        joins = 0
        while i < len(self.tokens) and joins < 5 and (self.mark(i) in (",", ";") or self.fold(i) in _LISTING):
            if self.fold(i) == "a" and self.starting(i) is not None:
                break
            i += 1
            joins += 1
        if joins == 0:
            return None
        after = self.starting(i)
        if after is not None and self._is_age(after) and i == chunk.full + 1:
            return self._joined_after(Chunk(chunk.a, chunk.b, after.full, chunk.head))
        if after is None or not self._joins_like(chunk, after):
            return None
        nxt = self.fold(after.full)
        is_subject = nxt in BE or nxt in HAVE or nxt in ACTS or nxt in CUES or nxt in COMMON_VERBS or nxt in SUFFERS
        return None if is_subject else after

    def _is_age(self, c: Chunk) -> bool:
        """ "42", "20 years old", "23 años" between the marks of a list."""
        words = [self.fold(k) for k in range(c.a, c.full)]
        return (
            words[0].isdigit()
            and len(words[0]) <= 2
            and all(x in ("years", "year", "old", "anos", "ano", "de", "edad") for x in words[1:])
        )

    def _joins_like(self, a: Chunk, b: Chunk) -> bool:
        if (
            is_pronoun(self.tokens, a)
            or is_pronoun(self.tokens, b)
            or is_thing(self.tokens, a)
            or is_thing(self.tokens, b)
        ):
            return False
        known = [is_people(self.tokens, x) or self.tokens[x.a].words[0].isdigit() for x in (a, b)]
        return all(known) or (
            any(known) and all(is_k or self.fold(x.a) in _OWNED for is_k, x in zip(known, (a, b), strict=True))
        )

    def _without_asides(self, found: list[Chunk]) -> list[Chunk]:
        """ "Rosa Inventada, mayor of Lampa, and her driver": the description of somebody just named is nobody new."""
        kept: list[Chunk] = []
        for c in found:
            before = kept[-1] if kept else None
            gap = [self.mark(k) for k in range(before.full, c.a)] if before else []
            named, was = name_in(self.tokens, c), before and name_in(self.tokens, before)
            if before and c.b - c.a == 1 and self.tokens[c.a].words.isdigit() and was:
                continue
            if before and gap == [","]:
                if (
                    was
                    and not named
                    and not self.tokens[c.a].words[0].isdigit()
                    and any(t.fold in ROLE_NOUNS or t.fold in PEOPLE for t in self.tokens[c.a : c.b])
                ):
                    continue
                if (
                    named
                    and not was
                    and self.fold(before.a) in ("the", "his", "her", "el", "la", "su", "a", "un", "una", "former")
                    and not self.fold(before.head).endswith("s")
                ):
                    kept[-1] = c
                    continue
            kept.append(c)
        return kept

    # --- right of a word ---

    def object(self, i: int) -> Chunk | None:
        """The phrase that begins right after token ``i``; Spanish "a" and adverbs are passed over."""
        k = i + 1
        while (
            k < len(self.tokens)
            and k < i + 4
            and (
                self.fold(k)
                in (
                    "a",
                    "al",
                    "also",
                    "tambien",
                    "to",
                    "death",
                    "dead",
                    "down",
                    "up",
                    "at",
                    "least",
                    "today",
                    "yesterday",
                    "hoy",
                    "ayer",
                )
                or self.fold(k).endswith(("ly", "mente"))
            )
            and self.starting(k) is None
        ):
            if self.fold(k) == "at" and self.fold(k + 1) != "least":
                return None
            if self.fold(k) == "to" and self.fold(k + 1) != "death":
                return None
            k += 1
        return self.starting(k)

    def doer_after(self, i: int, reach: int = 10) -> Chunk | None:
        """ "by NP", "por NP", "a manos de NP", "por parte de NP" after token ``i``."""
        for k in range(i, min(len(self.tokens) - 1, i + reach)):
            f = self.fold(k)
            if self.mark(k) in (";", ".", ":") or f in (
                "who",
                "que",
                "and",
                "y",
                "while",
                "mientras",
                "when",
                "cuando",
            ):
                return None
            at = k + 1
            if f in ("by", "por"):
                if (self.fold(k + 1) in ("parte", "manos") and self.fold(k + 2) in ("de", "del")) or (
                    self.fold(k + 1) in ("disparos", "balas", "perdigones", "members", "miembros")
                    and self.fold(k + 2) in ("de", "del")
                ):
                    at = k + 3
            elif (f == "manos" and self.fold(k + 1) in ("de", "del")) or (f == "hands" and self.fold(k + 1) == "of"):
                at = k + 2
            elif not (f in ("from", "en", "in") and self.fold(k + 1) in ("police", "army", "policial")):
                continue
            chunk = self.phrase_at(at)
            if chunk is not None and self.is_doer(chunk, is_certain=f in ("by", "manos", "hands")):
                return chunk
            if chunk is not None and f in ("by",):
                return None
        return None

    def is_doer(self, c: Chunk, *, is_certain: bool) -> bool:
        """``is_certain``: the grammar leaves no other reading, so any phrase that is not a thing will do."""
        inside = [self.tokens[k].fold for k in range(c.a, c.full)]
        if is_pronoun(self.tokens, c):
            return False
        if any(x in DOER_NOUNS for x in inside):
            return not is_thing(self.tokens, c) or any(x in DOER_NOUNS for x in inside[: c.b - c.a])
        if is_thing(self.tokens, c):
            return False
        return is_people(self.tokens, c) or (is_certain and self.tokens[c.head].is_capital) or self._is_acronym(c)

    def _is_acronym(self, c: Chunk) -> bool:
        words = self.tokens[c.head].words
        return words.isupper() and 2 <= len(words) <= 6


def acts_of(tokens: Sequence[Token], clause: Clause | None = None) -> list[Act]:
    """Every act of violence the sentence speaks of, in order."""
    clause = clause or Clause(tokens)
    found: list[Act] = []
    for i, t in enumerate(tokens):
        f = t.fold
        made: Iterator[Act] = iter(())
        if f in _ARMS and clause.fold(i - 1) in DOER_NOUNS:
            made = _of_arms(clause, i)
        elif f in ACTS and i not in _modifiers(clause, i):
            made = _of_verb(clause, i, ACTS[f], found)
        elif f in SUFFERS:
            made = _of_sufferer(clause, i, i, SUFFERS[f])
        elif f in ("lost", "lose", "perdio", "perdieron", "perder", "pierden", "pierde") and (end := _life(clause, i)):
            made = _of_sufferer(clause, i, end, "died")
        elif f in NOMINALS and not (f in _ARMS and clause.fold(i + 1) in ("de", "del", "by")):
            made = _of_noun(clause, i, NOMINALS[f])
        elif f in STATES:
            made = _of_state(clause, i, STATES[f])
        elif f in _BLAMES:
            made = _of_blame(clause, i)
        elif f in _NAMED_AS:
            made = _of_naming(clause, i)
        elif (
            f in ("atribuyo", "atribuyeron", "atribuye", "atribuyen", "attributed", "attributes")
            and clause.fold(i - 1) != "se"
        ):
            made = _of_attributing(clause, i)
        elif f in _CLAIMS:
            made = _of_claim(clause, i)
        elif (seized := _seized(clause, i)) is not None:
            made = _passive(clause, i, seized, Verb(seized, is_spanish=False), *_polarity(clause, i))
        elif f in _DOES_DEEDS:
            made = _of_deed(clause, i)
        elif f in _ARMS:
            made = _of_arms(clause, i)
        found += made
    found += _within_phrases(clause)
    return sorted(found, key=lambda a: a.at)


def _modifiers(clause: Clause, i: int) -> frozenset[int]:
    """A participle inside a noun phrase is no verb of the clause."""
    k = clause._within.get(i)
    return frozenset([i]) if k is not None and clause.chunks[k].head != i else frozenset()


def _polarity(clause: Clause, i: int) -> tuple[bool, bool]:
    """Whether what the word at ``i`` says happened, and whether the text denies it."""
    start = clause._verb_start(i)
    near = [clause.fold(k) for k in range(max(0, start - 4), i)]
    helpers = [clause.fold(k) for k in range(start, i)]
    denied = any(x in NOT_SO for x in near[-4:] if x and x not in ("sin", "without")) and not any(
        x in ("only", "solo") for x in near
    )
    is_infinitive = (bool(helpers) and helpers[-1] == "to") or clause.fold(i - 1) == "to"
    planned = is_infinitive and not any(x in _REAL_INFINITIVE for x in near)
    modal = any(
        x in ("would", "could", "may", "might", "will", "can", "should", "must", "if", "si", "podria", "podrian")
        for x in helpers
    )
    attempted = any(x in NEGATING_VERBS for x in near)
    return not (denied or planned or modal or attempted), denied


def _of_verb(clause: Clause, i: int, verb: Verb, before: list[Act]) -> Iterator[Act]:
    act = _act_of(clause, i, verb)
    real, denied = _polarity(clause, i)
    f = clause.fold(i)
    j = i - 1
    while (
        j >= 0 and clause.fold(j) not in BE and (clause.fold(j) in _BETWEEN or clause.fold(j).endswith(("ly", "mente")))
    ):
        j -= 1
    participle = f.endswith(_PARTICIPLE)
    if participle and (clause.fold(j) in BE or clause.fold(j) in _BECAME or clause.fold(j) in ("got", "get")):
        yield from _passive(clause, i, act, verb, real, denied)
        return
    if participle and clause.fold(j) not in HAVE and _is_reduced(clause, i, verb):
        subject = _reduced_subject(clause, i, j)
        doer = clause.doer_after(i + 1)
        if subject is None and clause.fold(j) in ("and", "y", "e") and before and before[-1].victims:
            yield Act(act, i, before[-1].victims, _one(doer), real, denied)
            return
        if subject is not None and _may_suffer(clause, subject, verb):
            yield Act(act, i, tuple(clause.listed_left(subject)), _one(doer), real, denied)
            return
        if doer is not None:
            yield Act(act, i, (), _one(doer), real, denied)
        if act in ("killed", "injured", "kidnapped", "detained"):
            return
    yield from _active(clause, i, act, verb, real, denied)


def _reduced_subject(clause: Clause, i: int, j: int) -> Chunk | None:
    """ "the mayor, kidnapped in May,": the phrase before the comma. "was taken away and killed": the subject of "was"."""
    if clause.mark(j) == ",":
        return clause.ending(j)
    if clause.fold(j) not in ("and", "y", "e"):
        return clause.subject(i)
    if clause.ending(j) is not None and clause.fold(j - 1) not in BE:
        for k in range(j - 1, max(0, j - 25), -1):
            if clause.fold(k) in BE:
                return clause.subject(k)
    return None


def _act_of(clause: Clause, i: int, verb: Verb) -> str:
    """ "shot dead", "beaten to death", "gunned down" kill."""
    after = [clause.fold(k) for k in range(i + 1, i + 7)]
    if verb.act in ("attacked",) and (
        "dead" in after[:4] or ("to" in after and "death" in after and after.index("death") - after.index("to") == 1)
    ):
        return "killed"
    if verb.act in ("attacked",) and ("muerte" in after[:3] or "tiros" in after[:2]):
        return "killed"
    return verb.act


def _passive(clause: Clause, i: int, act: str, verb: Verb, real: bool, denied: bool) -> Iterator[Act]:
    doer = clause.doer_after(i + 1)
    if verb.is_spanish:
        after = clause.starting(i + 1)
        if after is not None and _may_suffer(clause, after, verb) and not is_thing(clause.tokens, after):
            yield Act(act, i, tuple(clause.listed_right(after)), _one(doer), real, denied)
            return
    subject = clause.subject(i) or _far_subject(clause, i)
    if subject is not None and _may_suffer(clause, subject, verb):
        yield Act(act, i, tuple(clause.listed_left(subject)), _one(doer), real, denied)
    elif doer is not None:
        yield Act(act, i, (), _one(doer), real, denied)


def _far_subject(clause: Clause, i: int) -> Chunk | None:
    """ "The one person who happened to pass was wounded": the nearest people with a relative clause or an aside of their own."""
    for c in reversed(clause.chunks):
        if c.full >= i or clause._hangs_on_preposition(c) or not is_human(clause.tokens, c):
            continue
        return (
            c
            if clause.fold(c.full) in ("who", "that", "que", "quien", "quienes") or clause.mark(c.full) == ","
            else None
        )
    return None


def _is_reduced(clause: Clause, i: int, verb: Verb) -> bool:
    """A participle without its auxiliary: nothing follows that it could take as an object."""
    nxt = clause.fold(i + 1)
    if clause.mark(i + 1) in ("", ",", ".", ";", ")", "]", ":") and verb.act in (
        "killed",
        "injured",
        "kidnapped",
        "detained",
    ):
        return True
    if nxt in ("by", "por"):
        return True
    if verb.act in ("killed", "injured", "kidnapped", "detained", "tortured"):
        return nxt in (
            "in",
            "on",
            "at",
            "during",
            "when",
            "while",
            "after",
            "and",
            "or",
            "near",
            "from",
            "with",
            "since",
            "as",
            "yesterday",
            "today",
            "last",
            "this",
            "outside",
            "inside",
            "here",
            "recently",
            "en",
            "el",
            "durante",
            "cuando",
            "tras",
            "y",
            "ayer",
            "hoy",
            "con",
            "de",
            "mientras",
        ) and not (nxt == "el" and verb.is_spanish is False)
    return False


def _active(clause: Clause, i: int, act: str, verb: Verb, real: bool, denied: bool) -> Iterator[Act]:
    if act == "missing":
        yield from _of_sufferer(clause, i, i, "missing")
        return
    target = clause.object(i)
    if (
        target is not None
        and clause.fold(i)
        in ("opened", "fired", "planted", "hurled", "threw", "thrown", "throwing", "blew", "detonated", "hurling")
        and not any(x in _DEED_NOUNS for x in (clause.fold(k) for k in range(i, target.full + 3)))
        and act == "destroyed"
        and clause.fold(i) != "blew"
    ):
        return
    victims: tuple[Chunk, ...] = ()
    if target is not None and _may_suffer(clause, target, verb) and not is_pronoun(clause.tokens, target):
        victims = tuple(clause.listed_right(target))
    doer = _doer_left(clause, i)
    if doer is None and clause.fold(i).endswith(("ing", "ando", "iendo")):
        doer = _main_doer(clause, i)
    if victims or doer is not None:
        yield Act(act, i, victims, _one(doer), real, denied)


def _doer_left(clause: Clause, i: int) -> Chunk | None:
    if clause.fold(i).endswith(("ing", "ando", "iendo")) and clause.mark(i - 1) in (",", ";"):
        return None
    subject = clause.subject(i)
    if subject is None and clause.fold(clause._verb_start(i) - 1) in ("and", "y", "e"):
        return _main_doer(clause, i)
    return subject if subject is not None and clause.is_doer(subject, is_certain=False) else None


def _main_doer(clause: Clause, i: int) -> Chunk | None:
    """The nearest phrase to the left that can do such things and is the subject of a verb; after "accused NP of", NP."""
    if clause.fold(i - 1) in ("of", "for", "de", "por"):
        blames = next((k for k in range(i - 1, -1, -1) if clause.fold(k) in _BLAMES), None)
        if blames is not None:
            return clause.object(blames)
    for c in reversed(clause.chunks):
        if c.full > i or clause._hangs_on_preposition(c):
            continue
        nxt = c.full
        if clause.tokens[c.a].fold in ("him", "them", "it"):
            continue
        follows_verb = (
            clause.fold(nxt) in HAVE
            or clause.fold(nxt) in ACTS
            or clause.fold(nxt).endswith(("ed", "ó", "aron", "ieron"))
            or clause.fold(nxt) in ("who", "que", "opened", "entered", "took", "went")
        )
        if follows_verb and clause.is_doer(c, is_certain=False):
            return c
    return None


def _may_suffer(clause: Clause, c: Chunk, verb: Verb) -> bool:
    """Verbs that take things as well need a noun of people; the others take any phrase that is not a thing."""
    if verb.act == "destroyed":
        return False
    if verb.needs_people:
        return is_human(clause.tokens, c) or (c.b - c.a == 1 and clause.tokens[c.a].words[0].isdigit())
    return is_people(clause.tokens, c) or not is_thing(clause.tokens, c)


def _of_sufferer(clause: Clause, i: int, end: int, act: str) -> Iterator[Act]:
    """Subject before the verb, or after it as Spanish likes ("murieron cinco personas")."""
    real, denied = _polarity(clause, i)
    after = clause.starting(end + 1)
    spanish = clause.fold(i).endswith(("o", "on", "en", "e"))
    if (
        after is not None
        and spanish
        and not is_thing(clause.tokens, after)
        and (is_people(clause.tokens, after) or clause.tokens[after.a].words[0].isdigit())
    ):
        yield Act(act, i, tuple(clause.listed_right(after)), _one(clause.doer_after(after.full, 6)), real, denied)
        return
    subject = clause.subject(i)
    if subject is not None and not is_thing(clause.tokens, subject):
        yield Act(act, i, tuple(clause.listed_left(subject)), _one(clause.doer_after(i + 1, 8)), real, denied)


def _life(clause: Clause, i: int) -> int | None:
    """The last token of "lost their lives", "perdió la vida"."""
    for k in range(i + 1, min(len(clause.tokens), i + 4)):
        if clause.fold(k) in ("life", "lives", "vida", "vidas"):
            return k
    return None


_TAKES = {
    "attacked": ("against", "contra", "on", "a", "al"),
    "detained": ("of", "de", "del", "against", "contra", "a", "al"),
}


def _of_noun(clause: Clause, i: int, act: str) -> Iterator[Act]:
    """ "the murder of NP by NP", "the attack on NP", "NP’s death", "the death of NP at the hands of NP"."""
    real, denied = _polarity(clause, i)
    if clause.fold(i - 1) == "to":
        return
    if clause.fold(i - 1) in ("attempted", "threats", "threat", "intento", "tentativa"):
        real = False
    end = i
    victims: tuple[Chunk, ...] = ()
    f = clause.fold(i + 1)
    own = clause._within.get(i)
    target: Chunk | None = None
    k = i + 1
    if f in ("in", "en"):
        k = next((x for x in range(i + 2, min(i + 6, len(clause.tokens))) if clause.fold(x) in ("of", "de")), k)
        f = clause.fold(k)
    takes = _TAKES.get(act, ("of", "de", "del", "against", "contra"))
    if f in takes:
        target = clause.phrase_at(k + 1)
    if (
        target is not None
        and not is_thing(clause.tokens, target)
        and (is_people(clause.tokens, target) or (act in ("killed", "died", "kidnapped") and f in ("of", "de", "del")))
    ):
        victims = tuple(clause.listed_right(target))
        end = victims[-1].full
    elif clause.fold(i - 1).endswith(("'s", "’s")) and own is not None:
        c = clause.chunks[own]
        owner = Chunk(c.a, i, i, i - 1)
        if i > c.a and is_people(clause.tokens, owner) and act in ("killed", "died", "kidnapped", "missing"):
            victims = (owner,)
    doer = clause.doer_after(max(end, i + 1), 9) or _attributed(clause, max(end, i + 1))
    if victims or doer is not None:
        yield Act(act, i, victims, _one(doer), real, denied)


def _attributed(clause: Clause, i: int) -> Chunk | None:
    """ "attributed to NP", "blamed on NP", "atribuido a NP"."""
    for k in range(i, min(len(clause.tokens) - 2, i + 14)):
        if clause.mark(k) in (";", "."):
            return None
        if clause.fold(k) in (
            "attributed",
            "blamed",
            "atribuido",
            "atribuida",
            "atribuidos",
            "atribuidas",
        ) and clause.fold(k + 1) in ("to", "on", "a", "al"):
            c = clause.phrase_at(k + 2)
            return c if c is not None and clause.is_doer(c, is_certain=True) else None
    return None


def _state_act(clause: Clause, i: int, harm: str) -> str:
    """ "Dead" says that somebody died, "asesinado" that somebody was killed."""
    return "died" if harm == "killed" and clause.fold(i) not in ACTS else harm


def _of_state(clause: Clause, i: int, harm: str) -> Iterator[Act]:
    """ "two people dead", "resultó herido Juan", "was found dead", "left one person injured"."""
    if clause.fold(i) in ACTS:
        return
    harm = _state_act(clause, i, harm)
    real, denied = _polarity(clause, i)
    before = clause.fold(i - 1)
    if before in _BECAME or before in BE:
        after = clause.starting(i + 1)
        if after is not None and clause.fold(i).endswith(("o", "a", "os", "as")) and is_people(clause.tokens, after):
            yield Act(harm, i, tuple(clause.listed_right(after)), (), real, denied)
            return
        subject = clause.subject(i - 1 if before in _BECAME else i)
        if subject is not None and is_people(clause.tokens, subject):
            yield Act(harm, i, tuple(clause.listed_left(subject)), (), real, denied)


def _within_phrases(clause: Clause) -> Iterator[Act]:
    """Harm said inside the phrase itself: "the murdered priests", "personas heridas", "17 dead"."""
    for c in clause.chunks:
        for k in range(c.a, c.b):
            f = clause.fold(k)
            harm = (_state_act(clause, k, STATES[f]) if f in STATES else None) or (
                ACTS[f].act if f in ACTS and k != c.head else None
            )
            if harm is None or f in NOMINALS or is_thing(clause.tokens, c):
                continue
            has_noun = (
                any(clause.fold(x) in PEOPLE for x in range(c.a, c.b) if x != k)
                or name_in(clause.tokens, c) is not None
            )
            if has_noun or (f in STATES and (clause.fold(c.a) != f)):
                yield Act(harm, k, (c,), _one(clause.doer_after(c.full, 5)), *_polarity(clause, c.a))
                break


def _of_blame(clause: Clause, i: int) -> Iterator[Act]:
    """ "accused NP of …", "responsabilizó a NP": whom somebody holds responsible, for violence named in the sentence."""
    if not any(t.fold in NOMINALS or t.fold in ACTS for t in clause.tokens):
        return
    target = clause.object(i)
    if target is not None and clause.is_doer(target, is_certain=True):
        yield Act("blamed", i, (), tuple(clause.listed_right(target))[:3])


def _among(clause: Clause, i: int) -> Chunk | None:
    """ "Entre los muertos está NP", "among the dead was NP"."""
    j = i - 1 - (clause.fold(i - 1) == "se")
    c = clause.ending(j + 1)
    return c if c is not None and clause.fold(c.a - 1) in ("entre", "among") else None


def _of_naming(clause: Clause, i: int) -> Iterator[Act]:
    """ "The victims were identified as NP, NP and NP", "los fallecidos fueron identificados como NP"."""
    k = i + 1
    if clause.fold(i) in BE or clause.mark(i) == ":":
        k = i + (clause.mark(i + 1) == ":") + 1
    elif clause.fold(k) in ("as", "como"):
        k += 1
    while clause.fold(k) in ("encuentra", "encuentran", "el", "figura", "also", "tambien"):
        k += 1
    target, subject = clause.starting(k) or clause.starting(k - 1), clause.subject(i) or _among(clause, i)
    if target is None or subject is None or name_in(clause.tokens, target) is None:
        return
    said = {clause.fold(x) for x in range(subject.a, subject.full)}
    if said & _THE_DEAD:
        yield Act("killed", i, tuple(c for c in clause.listed_right(target) if name_in(clause.tokens, c)))
    elif said & _THE_TAKEN:
        yield Act("kidnapped", i, tuple(c for c in clause.listed_right(target) if name_in(clause.tokens, c)))
    elif said & _THE_HURT:
        yield Act("injured", i, tuple(c for c in clause.listed_right(target) if name_in(clause.tokens, c)))


def _seized(clause: Clause, i: int) -> str | None:
    """ "were taken into custody", "was rounded up", "were taken hostage": the phrase names the act."""
    j = i - 1
    while clause.fold(j) in _BETWEEN or clause.fold(j).endswith("ly"):
        j -= 1
    if clause.fold(j) not in BE:
        return None
    after = [clause.fold(k) for k in range(i + 1, i + 4)]
    f = clause.fold(i)
    if f in ("taken", "kept", "remanded", "placed", "put") and any(
        x in ("custody", "arrest", "detention") for x in after
    ):
        return "detained"
    if (f in ("rounded", "locked", "picked") and after[0] == "up") or (
        f in ("nabbed", "booked", "held") and after[0] not in ("in", "on", "at", "to")
    ):
        return "detained"
    return "kidnapped" if f in ("taken", "held") and after[0] in ("hostage", "captive") else None


def _of_deed(clause: Clause, i: int) -> Iterator[Act]:
    """ "carried out its sixth attack", "set fire to", "colocaron una bomba": who is the subject."""
    near = [clause.fold(k) for k in range(i + 1, i + 8)]
    if not any(NOMINALS.get(x) in ("attacked", "killed", "kidnapped", "tortured") or x in _DEED_NOUNS for x in near):
        return
    doer = clause.doer_after(i + 1, 8) or _doer_left(clause, i)
    if doer is not None:
        yield Act("attacked", i, (), (doer,), *_polarity(clause, i))


def _of_arms(clause: Clause, i: int) -> Iterator[Act]:
    """ "killed in police firing", "balas de la policía", "represión del gobierno": whose arms they were."""
    if clause.fold(i - 1) in DOER_NOUNS and clause.fold(i) not in ("represion",):
        yield Act("attacked", i, (), (Chunk(i - 1, i, i, i - 1),), is_arms=True)
    elif (
        clause.fold(i + 1) in ("de", "del", "by")
        and (c := clause.phrase_at(i + 2)) is not None
        and clause.is_doer(c, is_certain=False)
    ):
        yield Act("attacked", i, (), (c,), is_arms=True)


def _of_attributing(clause: Clause, i: int) -> Iterator[Act]:
    """ "La Fiscalía atribuyó el crimen a NP"."""
    near = [clause.fold(k) for k in range(i + 1, i + 9)]
    at = next((k for k, x in enumerate(near) if x in NOMINALS or x in ("hecho", "hechos", "masacre")), None)
    if at is None:
        return
    for k in range(i + 1 + at, min(len(clause.tokens) - 1, i + 14)):
        if (
            clause.fold(k) in ("a", "al", "to")
            and (c := clause.phrase_at(k + 1)) is not None
            and clause.is_doer(c, is_certain=True)
        ):
            yield Act("blamed", i, (), (c,))
            return


def _of_claim(clause: Clause, i: int) -> Iterator[Act]:
    """ "claimed responsibility for", "se atribuyó el atentado": those who say they did it."""
    near = [clause.fold(k) for k in range(i + 1, i + 5)]
    if not any(
        x in ("responsibility", "credit", "atentado", "ataque", "secuestro", "asesinato", "responsabilidad", "autoria")
        for x in near
    ):
        return
    subject = clause.subject(i)
    if subject is not None and clause.is_doer(subject, is_certain=True):
        yield Act("blamed", i, (), (subject,), *_polarity(clause, i))


def _one(c: Chunk | None) -> tuple[Chunk, ...]:
    return (c,) if c is not None else ()


def may_speak_of_acts(folded: str) -> bool:
    """A quick look, before the careful one."""
    return not _TRIGGERS.isdisjoint(_WORDS.findall(folded))


_WORDS = re.compile(r"[a-z]+")
_TRIGGERS = frozenset(
    [*ACTS, *SUFFERS, *NOMINALS, *STATES, *_BLAMES, *COUNTED, "perdio", "perdieron", "lost", "lives", "toll"]
)
