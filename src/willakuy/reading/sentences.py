"""Sentences of a block, with quotations kept whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from willakuy.reading.quotations import Quotation

_END = re.compile(r"[.!?…]+[”»\"’)\]]*(?=\s+[\"“«¿¡‘(\[—–]*[A-ZÁÉÍÓÚÑÜ0-9])")
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
    for m in _END.finditer(text, start, end):
        i = bisect_right(starts, m.start()) - 1
        if i >= 0 and quotes[i].start < m.start() and m.end() < quotes[i].end:
            continue
        if m[0] == "." and _ABBREVIATION.search(text, max(start, m.start() - 10), m.end()):
            continue
        cuts.append((at, m.end()))
        at = m.end()
    cuts.append((at, end))
    return [(a + _lead(text, a, b), b) for a, b in cuts if text[a:b].strip()]


def _lead(text: str, start: int, end: int) -> int:
    body = text[start:end]
    return len(body) - len(body.lstrip())
