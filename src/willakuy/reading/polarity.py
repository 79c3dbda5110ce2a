"""Whether what a word says happened: denied, planned, feared and supposed acts are no acts.

Method: docs/method/reading.md, "Who did what to whom".
"""

from __future__ import annotations

from willakuy.reading.clauses import Clause
from willakuy.reading.lexicon.harm import NEGATING_VERBS, NOT_SO

_REAL_INFINITIVE = frozenset(["managed", "logro", "lograron", "used", "proceeded"])


def polarity(clause: Clause, i: int) -> tuple[bool, bool]:
    """Whether what the word at ``i`` says happened, and whether the text denies it."""
    start = clause.verb_start(i)
    near = [clause.fold(k) for k in range(max(0, start - 4), i)]
    helpers = [clause.fold(k) for k in range(start, i)]
    denied = any(x in NOT_SO for x in near[-4:] if x and x not in ("sin", "without")) and not any(
        x in ("only", "solo") for x in near
    )
    is_infinitive = ("to" in helpers or clause.fold(i - 1) == "to") and not ({"have", "been"} <= set(helpers))
    planned = is_infinitive and not any(x in _REAL_INFINITIVE for x in near)
    modal = any(
        x in ("would", "could", "may", "might", "will", "can", "should", "must", "if", "si", "podria", "podrian")
        for x in helpers
    )
    attempted = any(x in NEGATING_VERBS for x in near)
    return not (denied or planned or modal or attempted or _is_supposed(clause, start)), denied


def _is_supposed(clause: Clause, start: int) -> bool:
    """ "If they shoot my son", "si matan a", "investigates whether": the clause opens with a condition."""
    for k in range(start - 1, max(-1, start - 9), -1):
        if not clause.tokens[k].is_word:
            return False
        if clause.tokens[k].words.lower() in ("if", "unless", "whether", "si"):
            return True
    return False
