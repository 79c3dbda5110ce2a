"""Who is who: full names joined to their short forms, with the role the text prints beside them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from willakuy.reading.lexicon.function_words import DETERMINERS, ORGANISATION_NOUNS, ROLE_NOUNS, TIME_WORDS
from willakuy.reading.tokens import fold

_CAP = r"[A-ZÁÉÍÓÚÑÜÀ-Þ](?:[a-zà-ÿ]+(?:[A-Z][a-zà-ÿ]+)?(?:[’'´-][A-Za-zÀ-ÿ]+)*|[’'´][A-Za-z][a-zà-ÿ]+|\.)"
_LINK = r"(?:de\s+la|de\s+los|de\s+las|del|de|la|van|von|da|dos|bin|al)"
NAME = re.compile(rf"\b{_CAP}(?:\s+(?:{_LINK}\s+)?{_CAP}){{0,5}}")
_ROLE_AFTER = re.compile(
    r"\s*(?:[,;]|\s[–—-]\s|\()\s*(?P<role>(?:an?\s+|the\s+|el\s+|la\s+|un\s+|una\s+|who\s+is\s+an?\s+|quien\s+es\s+)?"
    r"[^,;.:“”\"«»()\n]{3,120}?)(?=[,;.:)“\"«\n]|$)"
)
_ARTICLE = re.compile(r"(?:an?|the|el|la|un|una|who\s+is\s+an?|quien\s+es)\s+", re.IGNORECASE)
_ROLE_STOP = re.compile(
    r"\s+(?:who|which|that|said|says|told|by|said|quien|que|cuando|when|where|donde|dijo|afirmó|señaló|indicó)\b|\s+within\b(?=.*\bregion\b)"
)
_NEVER_A_NAME = frozenset(
    [*DETERMINERS, *TIME_WORDS, "by", "in", "on", "at", "for", "if", "but", "and", "when", "while", "as", "of", "he", "she", "they", "it", "we", "en", "por", "para", "si", "pero",
     "y", "cuando", "segun", "tras", "desde", "according", "after", "before", "there", "here", "what", "why", "how", "ante", "con", "watch", "mr", "mrs", "ms",
     "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "setiembre", "octubre", "noviembre", "diciembre",
     "although", "yet", "so", "not", "no", "yes", "also", "then", "now", "last", "during", "because", "since", "from", "with", "to", "an", "i", "you", "most", "many",
     "photo", "foto", "image", "follow", "sign", "leave", "former", "comment", "statement", "asimismo", "ademas", "finalmente", "posteriormente", "inicialmente"]
)  # fmt: skip


_LOOKED_AT = 40
"""Mentions of a person in which a role is looked for."""
_REMEMBERED = 400


@dataclass(slots=True)
class Person:
    """A name cluster: the fullest form printed, its role, and every mention."""

    name: str
    start: int
    end: int
    parts: frozenset[str]
    role: str | None = None
    role_at: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    person: int


class People:
    """The people a text names, in order of first mention."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.persons: list[Person] = []
        self.mentions: list[Mention] = []
        for start, end in spans:
            for m in NAME.finditer(text, start, end):
                self._add(*_trimmed(text, *m.span()))
        self._drop_mere_openings(text, {start for start, _ in spans})
        self._join()

    def _add(self, start: int, end: int) -> None:
        if end - start < 2:
            return
        words = self.text[start:end]
        parts = frozenset(p for p in fold(words).replace(".", "").split() if len(p) > 2 or p.isalpha())
        if not parts or parts <= _NEVER_A_NAME or parts & ORGANISATION_NOUNS:
            return
        if (len(words.split()) == 1 and len(words) < 3) or words.endswith("."):
            return
        self.mentions.append(Mention(start, end, len(self.persons)))
        self.persons.append(Person(words, start, end, parts))

    def _drop_mere_openings(self, text: str, starts: set[int]) -> None:
        """One capitalised word that opens a sentence is a name only if the text uses it elsewhere as one."""
        long_parts = {part for p in self.persons if len(p.parts) > 1 for part in p.parts}
        inner = {p.name for p in self.persons if not _opens_sentence(text, p.start, starts)}
        kept = [
            p
            for p in self.persons
            if len(p.parts) > 1
            or p.parts <= long_parts
            or p.name in inner
            or not _opens_sentence(text, p.start, starts)
        ]
        self.persons = kept
        self.mentions = [Mention(p.start, p.end, i) for i, p in enumerate(kept)]

    def _join(self) -> None:
        """Short forms go to the fullest name that holds all their words; the nearest one before, if several do."""
        firsts: dict[frozenset[str], int] = {}
        by_word: dict[str, list[int]] = {}
        for i, person in enumerate(self.persons):
            if len(person.parts) >= 2 and firsts.setdefault(person.parts, i) == i:
                for part in person.parts:
                    by_word.setdefault(part, []).append(i)
        to = {}
        for i, person in enumerate(self.persons):
            rarest: list[int] = min((by_word.get(part, []) for part in person.parts), key=len, default=[])
            fits = [
                j
                for j in sorted(rarest, key=lambda j: (-len(self.persons[j].parts), j))
                if person.parts <= self.persons[j].parts and (len(self.persons[j].parts) > len(person.parts) or j < i)
            ]
            before = [j for j in fits if self.persons[j].start <= person.start]
            to[i] = max(before, key=lambda j: (len(self.persons[j].parts), -j)) if before else fits[0] if fits else i
        for i in to:
            seen = set()
            while to[i] != to[to[i]] and to[i] not in seen:
                seen.add(to[i])
                to[i] = to[to[i]]
        self.mentions = [Mention(m.start, m.end, to[m.person]) for m in self.mentions]
        self._starts = [m.start for m in self.mentions]
        of_person: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            of_person.setdefault(mention.person, []).append(mention)
        for i, mentions in sorted(of_person.items()):
            self._find_role(i, mentions)

    def _find_role(self, i: int, mentions: Sequence[Mention]) -> None:
        person = self.persons[i]
        for mention in mentions[:_LOOKED_AT]:
            role = role_after(self.text, mention.end) or role_before(self.text, mention.start)
            if role:
                person.role_at = role
                person.role = self.text[slice(*role)]
                return

    def in_span(self, start: int, end: int) -> Mention | None:
        """The first mention inside ``[start, end)``, several words before one."""
        first, after = bisect_left(self._starts, start), bisect_left(self._starts, end)
        inside = [m for m in self.mentions[first:after] if m.end <= end]
        return max(inside, key=lambda m: (len(self.text[m.start : m.end].split()) > 1, -m.start), default=None)

    def starting(self, start: int) -> Mention | None:
        """The mention that begins just there."""
        i = bisect_left(self._starts, start)
        return self.mentions[i] if i < len(self._starts) and self._starts[i] == start else None

    def before(self, start: int) -> Iterator[Mention]:
        """Mentions before ``start``, the nearest first; as many as a reader would remember."""
        i = bisect_left(self._starts, start)
        yield from reversed(self.mentions[max(0, i - _REMEMBERED) : i])

    def within(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions inside ``[start, end)``, in order."""
        first, after = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [m for m in self.mentions[first:after] if m.end <= end]

    def named(self, mention: Mention) -> Person:
        return self.persons[mention.person]


def _opens_sentence(text: str, at: int, starts: set[int]) -> bool:
    before = text[max(0, at - 3) : at].rstrip(' \n“«"‘(¿¡')
    return at in starts or not before or before[-1] in ".!?:…•”»"


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without a first word that only has its capital from the sentence ("When Rosa …")."""
    while start < end:
        m = re.compile(r"\S+").match(text, start, end)
        if not m or fold(m[0]).rstrip(".") not in _NEVER_A_NAME or _is_given_not_month(text, m):
            break
        start = m.end()
        while start < end and text[start].isspace():
            start += 1
    for link in (" de", " la", " y", " del"):
        if text[start:end].endswith(link):
            end -= len(link)
    return start, end


_ALSO_GIVEN = frozenset(["julio", "abril", "april", "june", "may", "augusto", "domingo"])


def _is_given_not_month(text: str, m: re.Match[str]) -> bool:
    """ "Julio Inventado" is somebody; Spanish prints its months small, and "Julio 2022" is a date."""
    return fold(m[0]) in _ALSO_GIVEN and m[0][0].isupper() and text[m.end() : m.end() + 2].strip()[:1].isupper()


def role_after(text: str, end: int) -> tuple[int, int] | None:
    """ "Rosa Inventada, former mayor of Lampa," gives the span of "former mayor of Lampa"."""
    m = _ROLE_AFTER.match(text, end)
    if not m:
        return None
    start, stop = m.span("role")
    if cut := _ROLE_STOP.search(text, start, stop):
        stop = cut.start()
    words = fold(text[start:stop])
    if (
        words.split()[:1]
        and words.split()[0] in ("quien", "quienes", "que", "who", "which")
        and not _ARTICLE.match(text, start)
    ):
        return None  # "who demanded that the prefect resign" is no description of her
    if not any(w.strip(".") in ROLE_NOUNS or w.rstrip("s") in ROLE_NOUNS for w in words.split()[:9]):
        return None
    if a := _ARTICLE.match(text, start):
        start = a.end()
    return start, stop


_BEFORE = re.compile(r"(?:[\wÁÉÍÓÚÑáéíóúñ’'-]+\s+){1,9}$")


def role_before(text: str, start: int) -> tuple[int, int] | None:
    """ "the regional governor of Lampa, Rosa Inventada" and "former minister Rosa Inventada"."""
    line = text.rfind("\n", 0, start) + 1
    before = text[max(line, start - 120) : start]
    bare = before.rstrip()
    if bare.endswith(","):
        bare = bare[:-1]
        cut = max(bare.rfind(c) for c in ',;.:“”"«»(')
        phrase_from = cut + 1
    else:
        words = bare.split(" ")
        n = next((i for i in range(1, min(7, len(words)) + 1) if fold(words[-i]) in ROLE_NOUNS), 0)
        if not n:
            return None
        while n < len(words) and (
            fold(words[-n - 1]) in ("former", "ex", "acting", "regional", "interim", "human", "rights", "office", "un")
            or (words[-n - 1][:1].isupper() and n < 6)
        ):
            n += 1
        phrase_from = len(bare) - len(" ".join(words[-n:]))
    phrase = bare[phrase_from:]
    lead = len(phrase) - len(phrase.lstrip())
    words = fold(phrase).split()
    at = next((i for i, w in enumerate(words) if w in ROLE_NOUNS), None)
    if at is None or at > 5 or len(words) > 16:
        return None
    a = max(line, start - 120) + phrase_from + lead
    b = a + len(phrase.strip())
    dets = [i for i, w in enumerate(words[: at + 1]) if w in DETERMINERS]
    if dets:
        for _ in range(dets[-1] + 1):
            a = text.index(" ", a) + 1
    return (a, b) if a < b else None
