"""The dates in running text, each with the characters that say it."""

from __future__ import annotations

from willakuy.statements.dates_edtf import PartialDate
from willakuy.statements.dates_parse import DateSaid, resolve
from willakuy.statements.dates_scan import scan
from willakuy.statements.folding import fold_aligned


def find_dates(
    text: str, *, against: PartialDate | None = None, language: str | None = None
) -> list[tuple[int, int, DateSaid]]:
    """Every date of ``text`` in order: ``(start, end, said)`` with ``said.words == text[start:end]``.

    Args:
        against: the day of publication, or of the dateline, that "yesterday" counts from. Without it relative
            words are found and left unresolved.
        language: es or en, when known. Both are read either way; a numeric date is not taken as day first only
            because the text is Spanish.

    "Between 7 December and 9 January" gives two dates; joining them is the reader's judgement.
    """
    folded = fold_aligned(text)
    found = []
    for e in scan(text, folded, is_cell=False):
        words = text[e.start : e.end]
        found.append((e.start, e.end, resolve(words, e, against, None)))
    return found
