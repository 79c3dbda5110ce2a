"""Carrying the doubt of what came before the table into the interval: a mixture over versions of one table.

Versions are clusterings that linkage drew, tables at several thresholds, or imputed replicates.
Method: docs/method/estimation.md, "Strata, versions, borrowing".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from willakuy.estimation.many import Answer, answer_many
from willakuy.estimation.one_table import answer_one
from willakuy.estimation.options import Options, Progress
from willakuy.estimation.refusing import Judged
from willakuy.estimation.results import Estimate, Floats, Reason, Refusal, Span, span_of
from willakuy.estimation.strata import LIMIT_ERROR, estimate_strata, worst_of
from willakuy.estimation.tables import CaptureTable, StrataTable
from willakuy.i18n import gettext

FEWEST_ANSWERED = 0.95
"""A mixture over versions that give a number is the answer for all when they hold at least this weight."""
MOST_VERSIONS = 60
Version = CaptureTable | StrataTable
"""One version of a table; of strata the total is mixed."""


@dataclass(frozen=True)
class Mixture:
    """What several versions of one table say together. ``answer``: the mixture, or a refusal when too much is refused.

    ``each``: the versions' own answers, ``shares`` their weights, adding to 1. ``answered``: the mixture over those that
    gave a number, ``None`` when none did; it is the answer for all only where ``answer`` is an estimate.
    """

    answer: Answer
    each: dict[str, Answer]
    shares: dict[str, float]
    answered: Span | None


def mix_tables(
    tables: Mapping[str, Version] | Sequence[Version], *, weights: npt.ArrayLike | None = None,
    rng: np.random.Generator | int, options: Options | None = None, method: str = "latent",
    judged: Judged | None = None, progress: Progress | None = None,
) -> Mixture:  # fmt: skip
    """Estimate from several versions of one table (clusterings, thresholds) and mix the posteriors by ``weights``.

    The mixture keeps several modes where an average of limits would not (Sadinle 2018, linkage averaging). Versions
    that are the same table are answered once; of more than :data:`MOST_VERSIONS` that many are drawn by weight.
    Versions that are refused leave the mixture; it is refused when those left weigh less than 95 %. Its ``lower_bound``
    is then the lower limit when every refused version counts with what it bounds or documents, and nothing above.
    """
    seed = rng if isinstance(rng, int) else None
    generator = np.random.default_rng(rng) if isinstance(rng, int) else rng
    asked = replace(options or Options(), method=method, sensitivity="none")
    named = dict(tables) if isinstance(tables, Mapping) else {str(i + 1): t for i, t in enumerate(tables)}
    kept, shares = _distinct(named, weights, generator)
    root = int(generator.integers(2**63))
    one = replace(asked, threads=1, limit_error=max(asked.limit_error, LIMIT_ERROR))

    def task(table: Version, name: str, tell: Progress) -> Answer:
        own = np.random.default_rng([root, *name.encode()])
        if isinstance(table, StrataTable):
            return estimate_strata(table, one, own, seed, judged, None).total
        return answer_one(table, one, own, seed, judged, tell)

    each = answer_many(kept, task, asked.threads, progress)
    good = {name: a for name, a in each.items() if isinstance(a, Estimate) and a.draws.size}
    draws = _mixed_draws(good, shares, asked, generator)
    answered = span_of(draws, asked.level) if draws.size else None
    if sum(shares[name] for name in good) < FEWEST_ANSWERED:
        refusal = _refused_mixture(kept, each, shares, asked, seed)
        return Mixture(refusal, each, shares, answered)
    base, documented = next(iter(good.values())), [a.documented for a in good.values()]
    said = (*base.settings, ("versions of the table mixed", str(len(good))),
            ("documented in the versions", f"{min(documented)} to {max(documented)}"))  # fmt: skip
    answer = replace(
        base, documented=min(documented), span=span_of(draws, asked.level), draws=draws.reshape(4, -1), settings=said,
        diagnostics=worst_of(list(good.values())), assumptions=(*base.assumptions, _versions_assumed()),
    )  # fmt: skip
    return Mixture(answer, each, shares, answered)


def _versions_assumed() -> str:
    return gettext("One of the versions of the table is the right one, each with the weight it was given.")


def _distinct(
    tables: dict[str, Version], weights: npt.ArrayLike | None, rng: np.random.Generator
) -> tuple[dict[str, Version], dict[str, float]]:
    """Each distinct table under its first name, with its share; at most :data:`MOST_VERSIONS`, drawn systematically."""
    raw = np.full(len(tables), 1.0) if weights is None else np.asarray(weights, dtype=float)
    first: dict[str, str] = {}
    shares: dict[str, float] = {}
    for (name, table), weight in zip(tables.items(), (raw / raw.sum()).tolist(), strict=True):
        known = first.setdefault(table.digest, name)
        shares[known] = shares.get(known, 0.0) + weight
    if len(shares) > MOST_VERSIONS:
        names, ends = list(shares), np.cumsum(list(shares.values()))
        points = (np.arange(MOST_VERSIONS) + rng.random()) / MOST_VERSIONS * ends[-1]
        drawn = Counter(names[i] for i in np.minimum(np.searchsorted(ends, points), len(names) - 1))
        shares = {name: n / MOST_VERSIONS for name, n in drawn.items()}
    return {name: tables[name] for name in shares}, shares


def _mixed_draws(
    good: dict[str, Estimate], shares: dict[str, float], asked: Options, rng: np.random.Generator
) -> Floats:
    """Draws of N from the versions that have them, each as often as its share says."""
    if not good:
        return np.empty(0)
    share = np.array([shares[name] for name in good])
    picked = rng.choice(len(good), size=4 * max(asked.draws, 1000), p=share / share.sum())
    draws = np.empty(len(picked))
    for i, answer in enumerate(good.values()):
        here = picked == i
        draws[here] = rng.choice(answer.draws.ravel(), size=int(here.sum()))
    return draws


def _refused_mixture(
    tables: dict[str, Version], each: dict[str, Answer], shares: dict[str, float], asked: Options, seed: int | None
) -> Refusal:
    refused = {name: a for name, a in each.items() if isinstance(a, Refusal)}
    weight = sum(shares[name] for name in refused)
    what = gettext("{refused} of {all} versions of the table, with {weight} % of the weight, give no estimate.")
    said = what.format(refused=len(refused), all=len(each), weight=f"{100 * weight:.0f}")
    needed = gettext(
        "A reason to rule those versions out, or to prefer one version; otherwise what the others give is an answer under a condition, and its upper limit holds for them alone."
    )
    own = {r.code: r for a in refused.values() for r in a.reasons}
    table = next(iter(tables.values()))
    bound = _bound_of_mixture(each, shares, asked)
    documented = min(t.documented for t in tables.values())
    reasons = (Reason("versions-refused", said, needed), *own.values())
    return Refusal(reasons, documented, table.n_lists, asked.method, bound, seed=seed, lists=table.lists)


def _bound_of_mixture(each: dict[str, Answer], shares: dict[str, float], asked: Options) -> float:
    """The lower limit of the mixture when a refused version counts with its bound, or with whom it documents."""
    values, weights = [], []
    for name, found in each.items():
        at = found.draws.ravel() if isinstance(found, Estimate) else np.array([_least(found)])
        at = at if at.size else np.array([found.span.lo]) if isinstance(found, Estimate) else at
        values.append(at)
        weights.append(np.full(at.size, shares[name] / at.size))
    flat, mass = np.concatenate(values), np.concatenate(weights)
    order = np.argsort(flat)
    return float(flat[order][np.searchsorted(np.cumsum(mass[order]), (1 - asked.level) / 2)])


def _least(found: Refusal) -> float:
    return float(found.documented_minimum if found.lower_bound is None else found.lower_bound)
