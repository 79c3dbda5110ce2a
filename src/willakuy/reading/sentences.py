"""Sentences of a block, with quotations kept whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from willakuy.reading.quotations import Quotation

_END = re.compile(r"[.!?…]+[”»\"’)\]]*(?=\s+[\"“«¿¡‘(\[—–]*[A-ZÁÉÍÓÚÑÜ0-9])")
_END_IN_SMALL = re.compile(r"[.!?…]+[”»\"’)\]]*(?=\s+[\"“«¿¡‘(\[—–]*[^\W_])")
"""In a text without capitals (captions, chats) any full stop may end a sentence."""
_CAPITALS = dict.fromkeys(map(ord, "ABCDEFGHIJKLMNOPQRSTUVWXYZÁÉÍÓÚÑÜ"))
_SHARE_OF_CAPITALS = 0.004
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"])(?:Dr|Dra|Sr|Sra|Srta|Mr|Mrs|Ms|Gen|Gral|Col|Cnel|Cap|Capt|Lt|Tte|Sgt|Gov|Sen|Rep|Rev|St|Sta|Sto|Prof|Ing|Lic|Av|Jr|No|Nro|Núm|Art|vs|"
    r"Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|EE|UU|[A-ZÁÉÍÓÚÑ](?:\.[A-ZÁÉÍÓÚÑ])*)\.$"
)


def sentences(text: str, start: int, end: int, quotes: Sequence[Quotation]) -> list[tuple[int, int]]:
    """``[start, end)`` of each sentence in order.

    A full stop inside a quotation ends the outer sentence only when the quotation ends there too.
    """
    starts = [q.start for q in quotes]
    cuts, at = [], start
    for m in (_END_IN_SMALL if _is_in_small(text[start:end]) else _END).finditer(text, start, end):
        i = bisect_right(starts, m.start()) - 1
        if i >= 0 and quotes[i].start < m.start() and m.end() < quotes[i].end:
            continue
        if m[0] == "." and _ABBREVIATION.search(text, max(start, m.start() - 10), m.end()):
            continue
        cuts.append((at, m.end()))
        at = m.end()
    cuts.append((at, end))
    cuts = [piece for cut in cuts for piece in _pieces(text, *cut, quotes, starts)]
    return [(a + _lead(text, a, b), b) for a, b in cuts if text[a:b].strip()]


def _is_in_small(body: str) -> bool:
    """Hardly a capital in it."""
    return len(body) > 60 and len(body) - len(body.translate(_CAPITALS)) <= _SHARE_OF_CAPITALS * len(body)


LONGEST = 1_500
"""Characters of a sentence; a text without full stops is cut at spaces, so that reading takes time in proportion."""


def _pieces(
    text: str, start: int, end: int, quotes: Sequence[Quotation], starts: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """``[start, end)`` in stretches of at most ``LONGEST``, a quotation never cut in two."""
    while end - start > LONGEST:
        cut = max(text.rfind(" ", start + 1, start + LONGEST), text.rfind("\n", start + 1, start + LONGEST))
        cut = start + LONGEST if cut < 0 else cut
        i = bisect_right(starts, cut) - 1
        if i >= 0 and quotes[i].start < cut < quotes[i].end:
            cut = quotes[i].start if quotes[i].start > start else quotes[i].end
        if cut >= end:
            break
        yield start, cut
        start = cut
    yield start, end


def _lead(text: str, start: int, end: int) -> int:
    body = text[start:end]
    return len(body) - len(body.lstrip())
