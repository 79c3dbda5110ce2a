"""What a model sees of each token: its word, its neighbours, quotation marks, the cues near it, and what the rules made of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from willakuy.reading.discourse import Discourse
from willakuy.reading.lexicon import function_words as fw
from willakuy.reading.lexicon.speech import CUES
from willakuy.reading.sentences import sentences
from willakuy.reading.tokens import Token, tokenise

_KINDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("be", fw.BE),
    ("have", fw.HAVE),
    ("modal", fw.MODALS),
    ("det", fw.DETERMINERS),
    ("pron", fw.SUBJECT_PRONOUNS),
    ("sub", fw.SUBORDINATORS),
    ("prep", fw.PREPOSITIONS),
    ("coord", fw.COORDINATORS),
    ("aux", fw.AUXILIARIES),
    ("adv", fw.ADVERBS),
    ("time", fw.TIME_WORDS),
    ("role", fw.ROLE_NOUNS),
    ("org", fw.ORGANISATION_NOUNS),
)
_KIND_OF = {word: kind for kind, words in reversed(_KINDS) for word in words}
_SHAPE = "attribution-2"


def _version() -> str:
    """``_SHAPE`` and a digest of the word lists: a model sees other things when either changes."""
    seen = repr((sorted(_KIND_OF.items()), sorted(CUES.items())))
    return f"{_SHAPE}.{hashlib.sha256(seen.encode()).hexdigest()[:8]}"


FEATURES = _version()
"""What a model sees, as one word: a model made for other features is refused. Change ``_SHAPE`` with the features."""

_FAR = (1, 2, 3, 5, 8, 13, 21, 34)
OPENING, CLOSING = "“«„", "”»"


@dataclass(slots=True)
class Paragraph:
    """One sequence: the tokens of a block with what the model sees of each, token by token."""

    start: int
    end: int
    tokens: list[Token]
    seen: list[list[str]]


def paragraphs_of(d: Discourse, cue_rate: Mapping[str, int]) -> list[Paragraph]:
    """Every readable block with at least one word.

    Args:
        cue_rate: for a folded word, how often it was a cue in the texts learnt from, as a class (1 seldom … 3 mostly).
    """
    text = d.layer.text
    marks = _rule_marks(d)
    found = []
    for n, block in enumerate(d.blocks):
        tokens = tokenise(text, d.folded, block.start, block.end)
        if tokens:
            seen = _Seen(d, tokens, block.start, block.end, cue_rate, marks).features(n)
            found.append(Paragraph(block.start, block.end, tokens, seen))
    return found


def _rule_marks(d: Discourse) -> list[tuple[int, int, str]]:
    """What the rules made of the text, as spans with a letter each, in order."""
    found = []
    for u in d.utterances:
        a = u.attribution
        found += [(x, y, "c") for x, y in a.frame]
        found += [(*a.cue, "q")] if a.cue else []
        found += [(*a.source, "s")] if a.source else []
    return sorted(found)


class _Seen:
    def __init__(
        self,
        d: Discourse,
        tokens: list[Token],
        start: int,
        end: int,
        cue_rate: Mapping[str, int],
        marks: Sequence[tuple[int, int, str]],
    ) -> None:
        self.tokens = tokens
        quotes = [q for q in d.quotes if q.start < end and q.end > start]
        self.rate = [cue_rate.get(t.fold, 0) for t in tokens]
        self.cue = [CUES.get(t.fold, "") for t in tokens]
        self.kind = [_kind(t, c) for t, c in zip(tokens, self.cue, strict=True)]
        self.quoted = _covered(tokens, [(q.start, q.end, "in") for q in quotes])
        self.rule = _covered(tokens, [m for m in marks if m[0] < end and m[1] > start])
        bounds = sentences(d.layer.text, start, end, quotes)
        self.sentence = _numbered(tokens, [a for a, _ in bounds])
        self.has_quote = {s: "q" for s, inside in zip(self.sentence, self.quoted, strict=True) if inside}

    def features(self, paragraph: int) -> list[list[str]]:
        n = len(self.tokens)
        left, right = self._nearest(range(n)), self._nearest(range(n - 1, -1, -1))
        words = ["<<", "<", *(t.fold for t in self.tokens), ">", ">>"]
        kinds = ["<<", "<", *self.kind, ">", ">>"]
        first = {s: i for i, s in reversed(list(enumerate(self.sentence)))}
        last = {s: i for i, s in enumerate(self.sentence)}
        words3 = ["", *words, ""]
        out = []
        for i, t in enumerate(self.tokens):
            w, k = words[i : i + 5], kinds[i : i + 5]
            begin = first[self.sentence[i]]
            has_quote = self.has_quote.get(self.sentence[i], "")
            seen = [
                "b", "w=" + w[2], "w-1=" + w[1], "w+1=" + w[3], "w-2=" + w[0], "w+2=" + w[4],
                "ww-=" + w[1] + "|" + w[2], "ww+=" + w[2] + "|" + w[3],
                "k=" + k[2], "k-1=" + k[1], "k+1=" + k[3],
                "kk-=" + k[1] + "|" + k[2], "kk+=" + k[2] + "|" + k[3],
                "kkk=" + "|".join(k[1:4]), "kkk-=" + "|".join(k[0:3]), "kkk+=" + "|".join(k[2:5]),
                "suf=" + t.fold[-3:], "suf4=" + t.fold[-4:], "w-3=" + words3[i], "w+3=" + words3[i + 6], "shape=" + _shape(t),
                "q=" + self._quote(i), "q.k=" + self._quote(i) + "|" + k[2],
                "r=" + self._rule(i), "r3=" + self._rule(i - 1) + self._rule(i) + self._rule(i + 1),
                "r.q=" + self._rule(i) + self._quote(i),
                "s0=" + self.tokens[begin].fold, "si=" + _far(i - begin), "p=" + str(min(paragraph, 3)),
                "sq=" + has_quote + self._rule(i) + self._quote(i), "end=" + _far(last[self.sentence[i]] - i),
            ]  # fmt: skip
            if self.rate[i]:
                seen.append(f"rate={self.rate[i]}")
            seen += self._near(i, left[i], "l") + self._near(i, right[i], "r")
            both = (self._side(i, left[i]), self._side(i, right[i]))
            seen.append("lr=" + both[0] + "|" + both[1])
            seen.append("lr.q=" + both[0] + "|" + both[1] + self._quote(i) + self._rule(i))
            out.append(seen)
        return out

    def _nearest(self, order: range) -> list[int | None]:
        """For each token the last cue met before it in ``order``, outside quotation marks, in its own sentence."""
        found: list[int | None] = [None] * len(self.tokens)
        last: int | None = None
        for i in order:
            if last is not None and self.sentence[last] != self.sentence[i]:
                last = None
            found[i] = last
            if (self.cue[i] or self.rate[i] >= 2) and not self.quoted[i]:
                last = i
        return found

    def _near(self, i: int, cue: int | None, side: str) -> list[str]:
        if cue is None:
            return [side + "0"]
        step = 1 if side == "l" else -1
        beside = self.tokens[cue + step].fold
        far = _far(abs(i - cue))
        kind = self.cue[cue] or "-"
        crossed = self._crossed(min(i, cue), max(i, cue))
        return [
            f"{side}c={self.tokens[cue].fold}",
            f"{side}k={kind}{self.rate[cue]}|{far}",
            f"{side}b={self.tokens[cue].fold}|{beside}",
            f"{side}x={kind}|{crossed}|{self.kind[i]}",
            f"{side}f={far}|{crossed}",
        ]

    def _side(self, i: int, cue: int | None) -> str:
        return (
            "0" if cue is None else f"{self.cue[cue] or '-'}{self.rate[cue]}{self._crossed(min(i, cue), max(i, cue))}"
        )

    def _crossed(self, a: int, b: int) -> str:
        """The strongest mark between two tokens: a quotation mark, a comma, "that", or nothing."""
        between = self.tokens[a + 1 : b]
        if any(t.words in '“”«»"' for t in between):
            return '"'
        if any(t.words in ",;:—–" for t in between):
            return ","
        return "t" if any(t.fold in ("that", "que") for t in between) else ""

    def _quote(self, i: int) -> str:
        word = self.tokens[i].words
        if word in OPENING or word in CLOSING or word == '"':
            opens = i + 1 < len(self.tokens) and self.quoted[i + 1] and not (i and self.quoted[i - 1])
            return "B" if opens else "E"
        return "I" if self.quoted[i] else "o"

    def _rule(self, i: int) -> str:
        return (self.rule[i] or "-") if 0 <= i < len(self.tokens) else "."


def _covered(tokens: Sequence[Token], spans: Sequence[tuple[int, int, str]]) -> list[str]:
    """The letter of the first of ``spans`` (in order of start) that holds each token, or ``""``; later ones win on overlap."""
    found = [""] * len(tokens)
    for start, end, letter in spans:
        for i, t in enumerate(tokens):
            if t.start >= end:
                break
            if t.start >= start:
                found[i] = letter
    return found


def _numbered(tokens: Sequence[Token], starts: Sequence[int]) -> list[int]:
    found, n = [], -1
    for t in tokens:
        while n + 1 < len(starts) and t.start >= starts[n + 1]:
            n += 1
        found.append(n)
    return found


def _kind(t: Token, cue: str) -> str:
    if not t.is_word:
        return t.words if len(t.words) == 1 else "sym"
    if kind := _KIND_OF.get(t.fold):
        return kind
    if cue:
        return "cue:" + cue
    if t.words[0].isdigit():
        return "num"
    if t.is_capital:
        return "Cap"
    for ending in ("ing", "ed", "ly", "tion", "s"):
        if t.fold.endswith(ending):
            return "x" + ending
    return "x"


def _shape(t: Token) -> str:
    if not t.is_word:
        return t.words[:1]
    if t.words.isupper():
        return "AA" if len(t.words) > 1 else "A"
    return "Aa" if t.is_capital else "9" if t.words[0].isdigit() else "a"


def _far(n: int) -> str:
    return str(next((limit for limit in _FAR if n <= limit), 99))
