"""Text that was decoded as what it is not ("investigaciÃ³n"): noticed and told, never repaired in place.

Method: docs/method/reading-models.md, "Garbled text".
"""

from __future__ import annotations

import re

_UTF8_AS_CP1252 = re.compile("[ÂÃ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00bf™œ\u009dšž“”¢¦˜]|ï»¿|ï¿½")
_UTF8_AS_MAC = re.compile("√[°©≠≥±∫°¥]|‚Ä[úùôî]")
_LOST = re.compile("\ufffd")
_WORD_AROUND = 24
_FEWEST = 2


def garbled_word(text: str) -> str | None:
    """A word of ``text`` that shows it was decoded wrongly, or ``None``. One odd pair of letters is not enough; a lost one is."""
    for pattern, fewest in ((_UTF8_AS_CP1252, _FEWEST), (_UTF8_AS_MAC, _FEWEST), (_LOST, 1)):
        found = list(_first(pattern, text, fewest))
        if len(found) == fewest:
            at = found[0].start()
            before = text[max(0, at - _WORD_AROUND) : at].split()
            after = text[at : at + _WORD_AROUND].split()
            lead = before[-1] if before and not text[at - 1].isspace() else ""
            return lead + (after[0] if after else "")
    return None


def _first(pattern: re.Pattern[str], text: str, n: int) -> list[re.Match[str]]:
    found = []
    for m in pattern.finditer(text):
        found.append(m)
        if len(found) == n:
            break
    return found
