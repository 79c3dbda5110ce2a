"""Victims by name: lines of a list, names with an age, initials, NN."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from willakuy.reading.speakers import NAME
from willakuy.reading.tokens import fold
from willakuy.statements.ages import AgeSaid, parse_age

_INITIALS = r"(?:[A-ZÁÉÍÓÚÑ]\.\s?){2,6}(?:[A-ZÁÉÍÓÚÑ]\b)?|\b[A-ZÑ]{2,5}(?=\s*(?:\(\s*\d|,\s*\d))"
_AGE = re.compile(
    r"\s*(?:\(\s*(?P<in>\d{1,2}(?:\s*(?:años|anos|years?(?:\s+old)?))?)\s*\)?|,\s*(?:de\s+)?(?P<after>\d{1,2}(?:\s*(?:años(?:\s+de\s+edad)?|years?\s+old|years\s+of\s+age))?)(?=\s*(?:[,;.)]|and\b|y\b|años|years|$))"
    r"|,?\s+de\s+(?P<de>\d{1,2}\s+años)|,?\s+aged\s+(?P<aged>\d{1,2})|\s*[-–:]\s*(?P<dash>\d{1,2}\s*(?:años|years))|\s+(?P<bare>\d{1,2}\s+años))"
)
_NN = re.compile(
    r"(?:\bN\.?N\.?\b|\bNo\s+identificad[oa]\b|\bUnidentified(?:\s+(?:man|woman|person|body))?\b|\bsin\s+identificar\b)"
)
_NN_AGE = re.compile(
    r"de\s+(\d{1,2}\s+años(?:\s+aproximadamente)?)|(?:aged\s+)?(?:about\s+)?(\d{1,2}\s+years(?:\s+old)?)"
)
_LINE = re.compile(
    rf"\s*(?:[•·●▪*–—-]\s*|\(?(?:\d{{1,4}}|[a-z])[.)°º-]+\s*)?(?:(?:Mr|Mrs|Ms|Sr|Sra|Don|Doña|Dr|Dra)\.?\s+)?(?P<name>{_INITIALS}|{NAME.pattern})"
)
_LONGEST_HEADING = 8
_INTROS = (
    ("killed", re.compile(r"\b(?:muert|fallecid|asesinad|deceso|caid|dead|killed|deaths|fallen|fatal)\w*")),
    ("injured", re.compile(r"\b(?:herid|lesionad|injured|wounded)\w*")),
    ("missing", re.compile(r"\b(?:desaparecid|missing|disappeared)\w*")),
    ("detained", re.compile(r"\b(?:detenid|detained|arrested|arrestad)\w*")),
    ("killed", re.compile(r"\b(?:victima|victims?|lista|list|relacion|nombres|names)\w*")),
)
_NAMED_AS = re.compile(
    r"\b(?:identifi\w+|llamad[oa]s?|named|nombre|se\s+trata\s+de|es\s+el\s+de|is\s+that\s+of|son|are|were)\b"
)
_LONGEST_LINE = 220


@dataclass(frozen=True, slots=True)
class Entry:
    """A victim by name: ``[start, end)`` is the name alone. ``kind``: named, initials, nn."""

    start: int
    end: int
    kind: str
    age: AgeSaid | None = None
    age_at: tuple[int, int] | None = None


def harm_listed(folded: str) -> str | None:
    """What befell those on the list that this heading or opening line says will follow; ``None`` where none does."""
    bare = folded.strip()
    if not bare.endswith(":") and len(bare.split()) > _LONGEST_HEADING:
        return None
    return next((harm for harm, pattern in _INTROS if pattern.search(bare)), None)


def entry_of_line(text: str, start: int, end: int) -> Entry | None:
    """The victim a line of a list begins with."""
    if end - start > _LONGEST_LINE:
        return None
    if (m := _NN.search(text, start, end)) and m.start() - start < 8:
        said = _NN_AGE.search(text, m.end(), end)
        group = next((g for g in (1, 2) if said and said[g]), None)
        if said is None or group is None:
            return Entry(*m.span(), "nn", None, None)
        return Entry(*m.span(), "nn", parse_age(said[group]), said.span(group))
    m = _LINE.match(text, start, end)
    if not m:
        return None
    a, b = m.span("name")
    b = a + len(text[a:b].rstrip())
    initials = bool(re.fullmatch(_INITIALS, text[a:b]))
    age = _age(text, b, end)
    rest = text[b:end].strip()
    single = len(text[a:b].split()) == 1 and not initials
    if single and age is None:
        return None
    if age is None and rest and not rest.startswith((",", "(", "-", "–", ".", ";", ":")):
        return None
    return Entry(a, b, "initials" if initials else "named", *(age or (None, None)))


def _age(text: str, at: int, end: int) -> tuple[AgeSaid, tuple[int, int]] | None:
    m = _AGE.match(text, at, end)
    if not m:
        return None
    group = next(g for g in ("in", "after", "de", "aged", "dash", "bare") if m[g])
    said = parse_age(m[group])
    return (said, m.span(group)) if said.problem is None else None


def aged_names(text: str, start: int, end: int) -> Iterator[Entry]:
    """Names and initials that print an age right after them."""
    taken: list[tuple[int, int]] = []
    for pattern, kind in ((re.compile(_INITIALS), "initials"), (NAME, "named")):
        for m in pattern.finditer(text, start, end):
            a, b = m.span()
            b = a + len(text[a:b].rstrip())
            if any(a < y and x < b for x, y in taken):
                continue
            age = _age(text, b, end)
            if age is not None:
                a += _lead_of(text, a, b)
                taken.append((a, b))
                yield Entry(a, b, kind, *age)


def _lead_of(text: str, a: int, b: int) -> int:
    """Skip a capitalised role or opener printed before the name ("Señor", "El")."""
    first = text[a:b].split()[0]
    if (
        fold(first) in ("el", "la", "los", "the", "en", "in", "senor", "senora", "mr", "mrs", "joven", "menor")
        and len(text[a:b].split()) > 1
    ):
        return len(first) + 1
    return 0


def names_victims(folded: str) -> bool:
    """The sentence presents its names as those of victims."""
    return bool(_NAMED_AS.search(folded)) and any(
        x in folded
        for x in ("muert", "fallec", "victima", "dead", "killed", "victim", "died", "asesin", "deceso", "death")
    )
