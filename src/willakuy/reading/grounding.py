"""No word of a proposal survives that is not in the preserved text, at the place it claims.

What is refused and what is only flagged, and why: docs/method/reading-models.md, "Grounding".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from willakuy.reading.locating import Grounds
from willakuy.reading.tokens import fold
from willakuy.reading.values import (
    DateFound,
    DemandFound,
    FigureFound,
    PerpetratorFound,
    PlaceFound,
    Proposed,
    Refused,
    VictimFound,
    Voice,
)
from willakuy.statements.dates import parse_date
from willakuy.statements.numbers import Quantity, parse_quantity

__all__ = ["Grounds", "ground"]

Part = FigureFound | VictimFound | PerpetratorFound | DemandFound | DateFound | PlaceFound

_NEGATION = re.compile(
    r"\b(?:no|not|never|nor|neither|without|nobody|none|cannot|deny|denies|denied|denying|refuted?|nunca|jamas|ni|tampoco|sin|nadie|ningun[oa]?|"
    r"nieg[ao]n?|neg(?:o|aron|ando|aba|aban)|desmint\w+|desmient\w+|descart\w+|fals[oa]s?|false)\b|n't\b"
)
_CONDITION = re.compile(
    r"\b(?:if|unless|whether|until|si|salvo|a menos que|en caso de|mientras no|hasta que|might|podria|habria)\b"
)
_CLAUSE = re.compile(r"[.;:!?…\n“”«»\"]|,\s")
_JOINED = re.compile(r"\s+(?:and|y|e|&)(?:\s+|$)|,\s+")
_OPENING_MARK = "“«„\"'‘—–―¿¡("
_LOOK_BACK = 48


def ground(text: str, statements: Iterable[Proposed]) -> tuple[list[Proposed], list[Refused]]:
    """Keep what stands in the text; refuse the rest with the reason.

    Refused: a quotation, part, name, figure or date whose words the text does not say at that place, or whose value is not
    the one the words say. Flagged ``cut_negation``/``cut_condition``: the quotation stands there, and begins right after a "not",
    "denied" or "if" that it leaves out. Flagged ``negated``: it says "not" before a death it was read as asserting.
    """
    grounds = Grounds(text)
    kept: list[Proposed] = []
    refused: list[Refused] = []
    for s in statements:
        reason = _fault(grounds, s)
        if reason:
            refused.append(Refused(s.quote, reason))
        else:
            flags = tuple(f for f in _alterations(text, s) if f not in s.flags)
            kept.append(replace(s, flags=(*s.flags, *flags)) if flags else s)
    return kept, refused


def _fault(grounds: Grounds, s: Proposed) -> str | None:
    if not grounds.holds(s.quote, s.start, s.end):
        return "quote_not_in_text"
    if any(not 0 <= start < end <= len(grounds.text) for start, end in s.mentions):
        return "mention_not_in_text"
    lo, hi = (min(s.start, s.frame[0]), max(s.end, s.frame[1])) if s.frame else (s.start, s.end)
    parts: tuple[Part, ...] = (*s.figures, *s.victims, *s.perpetrators, *s.demands)
    for part in parts:
        if not lo <= part.start < part.end <= hi and not _stands(grounds, part):
            return "part_outside_quote"
    for part in (*parts, *s.dates, *s.places):
        if not _stands(grounds, part):
            return "part_not_in_text"
    found = (
        *(_figure_fault(grounds, f) for f in s.figures),
        *(_victim_fault(grounds, v) for v in s.victims),
        *(_date_fault(d) for d in s.dates),
        _voice_fault(grounds, s.voice),
    )
    return next(filter(None, found), None)


def _stands(grounds: Grounds, part: Part) -> bool:
    """Its offsets lie in the text and, where it carries its words, the text says them there."""
    if not 0 <= part.start < part.end <= len(grounds.text):
        return False
    return isinstance(part, FigureFound) or grounds.text[part.start : part.end] == part.text


def _figure_fault(grounds: Grounds, f: FigureFound) -> str | None:
    if f.quantity.words not in grounds.text[f.start : f.end]:
        return "figure_not_in_text"
    return None if _says(f.quantity) else "figure_altered"


def _says(quantity: Quantity) -> bool:
    """The bounds are those its own words say; words that say no number we can read are left to a person."""
    read = parse_quantity(quantity.words)
    return read is None or (read.lo, read.hi) == (quantity.lo, quantity.hi)


def _victim_fault(grounds: Grounds, v: VictimFound) -> str | None:
    said = grounds.text[v.start : v.end]
    if v.quantity.lo > 1 and v.quantity.words in said and not _says(v.quantity):
        return "figure_altered"
    if v.name is None:
        return None
    if v.basis == "pronoun":
        points = v.kind == "named" and len(said.split()) == 1 and _prints(grounds, v.name)
        return None if points else "name_not_in_text"
    return None if _is_name_of(grounds, v.name, said) else "name_not_in_text"


def _is_name_of(grounds: Grounds, name: str, mention: str) -> bool:
    """The text prints the whole name somewhere, and the mention shares a word with it."""
    if not _prints(grounds, name):
        return False
    return bool(_words(name) & _words(mention)) or fold(mention) in fold(name)


def _prints(grounds: Grounds, name: str) -> bool:
    """Whole, or, where it joins several voices ("Rosa Inventada and Mr. Ficticio"), each of them whole."""
    known = grounds.printed.get(name)
    if known is None:
        known = grounds.printed[name] = _is_printed(grounds, name)
    return known


def _is_printed(grounds: Grounds, name: str) -> bool:
    if grounds.prints(name) or grounds.locate(name, in_compounds=True):
        return True
    parts = [part for part in _JOINED.split(name) if part.strip()]
    return bool(parts) and parts != [name] and all(grounds.locate(part, in_compounds=True) for part in parts)


def _voice_fault(grounds: Grounds, voice: Voice) -> str | None:
    text = grounds.text
    if voice.start is not None and not (voice.end is not None and 0 <= voice.start < voice.end <= len(text)):
        return "speaker_not_in_text"
    if voice.name is None:
        return None
    if not _prints(grounds, voice.name):
        return "speaker_not_in_text"
    is_named_here = voice.basis == "named" and voice.start is not None
    if is_named_here and not _is_name_of(grounds, voice.name, text[voice.start : voice.end]):
        return "speaker_altered"
    return None


def _date_fault(d: DateFound) -> str | None:
    """A value the words contradict. Words that count from another day ("last Monday") are left to the reader's anchor."""
    read = parse_date(d.text).value if d.edtf else None
    return "date_altered" if read is not None and d.edtf is not None and not _fits(read.edtf, d.edtf) else None


def _fits(read: str, given: str) -> bool:
    return read == given or given.startswith(read) or read.startswith(given)


def _alterations(text: str, s: Proposed) -> list[str]:
    found = []
    start = min(s.start, s.frame[0]) if s.frame else s.start
    if not _opens_at_a_mark(text, start):
        lead = _clause_before(text, start)
        for pattern, flag in ((_NEGATION, "cut_negation"), (_CONDITION, "cut_condition")):
            m = pattern.search(fold(text[lead:start]))
            if m and not (s.cue and s.cue[0] < lead + m.end() and lead + m.start() < s.cue[1]):
                found.append(flag)
    counted: tuple[FigureFound | VictimFound, ...] = (*s.figures, *s.victims)
    for part in counted:
        lead = max(start, _clause_before(text, part.start))
        if part.polarity == "asserted" and _NEGATION.search(fold(text[lead : part.start])):
            found.append("negated")
            break
    return found


def _opens_at_a_mark(text: str, start: int) -> bool:
    return text[start] in _OPENING_MARK or (start > 0 and text[start - 1] in _OPENING_MARK)


def _clause_before(text: str, start: int) -> int:
    """Where the clause that runs into ``start`` begins, at most a few words back."""
    floor = max(0, start - _LOOK_BACK)
    return max((m.end() for m in _CLAUSE.finditer(text, floor, start)), default=floor)


def _words(phrase: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{2,}", fold(phrase)))
