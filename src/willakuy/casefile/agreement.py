"""How far coders agree who judged the same pairs without seeing one another's answers.

Krippendorff's alpha (nominal; Krippendorff 2004, *Content Analysis*, ch. 11, eq. 4) over every pair that two coders or
more answered, and Cohen's kappa (1960) for each two of them. Both are 1 for full agreement and 0 for what chance alone
would give; with one answer throughout there is nothing to disagree about and both are undefined.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from willakuy.statements.ids import StatementId
from willakuy.statements.judgements import Coding, Identity, IdentityVerdict, Judgement, in_force

Pair = tuple[StatementId, StatementId]
Answers = Mapping[Pair, Mapping[str, IdentityVerdict]]


@dataclass(frozen=True, slots=True)
class TwoCoders:
    """``kappa`` is ``None`` where both gave one answer throughout."""

    a: str
    b: str
    n_pairs: int
    n_agreed: int
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """``n_pairs`` were answered by two coders or more; ``differing`` are those not answered alike."""

    n_pairs: int
    alpha: float | None
    coders: tuple[TwoCoders, ...]
    differing: tuple[tuple[Pair, tuple[tuple[str, str], ...]], ...]

    def as_json(self) -> dict[str, object]:
        return {
            "pairs": self.n_pairs,
            "krippendorff_alpha": self.alpha,
            "coders": [
                {"a": c.a, "b": c.b, "pairs": c.n_pairs, "agreed": c.n_agreed, "cohen_kappa": c.kappa}
                for c in self.coders
            ],
            "differing": [{"records": list(pair), "answers": dict(answers)} for pair, answers in self.differing],
        }


def answers_of(judgements: Iterable[Judgement]) -> dict[Pair, dict[str, IdentityVerdict]]:
    """Each coder's latest answer on each pair, blind or not; a decision on several records answers every pair of them."""
    out: dict[Pair, dict[str, IdentityVerdict]] = defaultdict(dict)
    for judgement in in_force(judgements):
        decision = judgement.decision
        if isinstance(decision, Identity | Coding) and decision.verdict is not IdentityVerdict.individual:
            for a, b in combinations(sorted(set(decision.records)), 2):
                out[a, b][judgement.by] = decision.verdict
    return dict(out)


def agreement(judgements: Iterable[Judgement]) -> Agreement:
    """Agreement on the pairs that two coders or more answered."""
    doubly = {pair: found for pair, found in answers_of(judgements).items() if len(found) > 1}
    coders = sorted({coder for found in doubly.values() for coder in found})
    return Agreement(
        n_pairs=len(doubly),
        alpha=krippendorff_alpha([list(found.values()) for found in doubly.values()]),
        coders=tuple(c for a, b in combinations(coders, 2) if (c := _two(doubly, a, b)).n_pairs),
        differing=tuple(
            (pair, tuple((coder, verdict.value) for coder, verdict in sorted(found.items())))
            for pair, found in sorted(doubly.items())
            if len(set(found.values())) > 1
        ),
    )


def krippendorff_alpha(units: Iterable[Iterable[str]]) -> float | None:
    """Nominal alpha of answers grouped by unit; units with one answer are passed over. ``None``: undefined."""
    coincidences: dict[tuple[str, str], float] = defaultdict(float)
    for unit in units:
        counts = Counter(unit)
        m = sum(counts.values())
        if m < 2:
            continue
        for c, k in ((c, k) for c in counts for k in counts):
            coincidences[c, k] += counts[c] * (counts[k] - (c == k)) / (m - 1)
    totals: dict[str, float] = defaultdict(float)
    for (c, _), share in coincidences.items():
        totals[c] += share
    n = sum(totals.values())
    observed = sum(share for (c, k), share in coincidences.items() if c != k)
    expected = sum(totals[c] * totals[k] for c in totals for k in totals if c != k)
    return None if n < 2 or expected == 0 else 1 - (n - 1) * observed / expected


def cohen_kappa(answers: Iterable[tuple[str, str]]) -> float | None:
    """Kappa of pairs of answers; ``None`` where chance alone would give full agreement."""
    given = list(answers)
    n = len(given)
    if n == 0:
        return None
    observed = sum(a == b for a, b in given) / n
    left, right = Counter(a for a, _ in given), Counter(b for _, b in given)
    expected = sum(left[c] * right[c] for c in left) / n**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def _two(doubly: Answers, a: str, b: str) -> TwoCoders:
    both = [(found[a].value, found[b].value) for found in doubly.values() if a in found and b in found]
    return TwoCoders(a, b, len(both), sum(x == y for x, y in both), cohen_kappa(both))
