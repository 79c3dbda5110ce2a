"""Do judgements help the pairs nobody judged? A part of the proposed pairs is answered from the truth, the rest is scored.

    ./run bench linkage_judgements                     every set
    ./run bench linkage_judgements RLdata500 --seeds 5

Half of the pairs proposed at 0.01 or more are set aside and never answered; of the other half a random share is given to
linkage as judgements. Scored on the half set aside, always the same pairs: F1 at 0.5 and Brier score. Shares and seeds are
fixed beforehand and nothing is tuned on the outcome.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.linkage_score import brier
from benchmarks.linkage_sets import load
from willakuy.linkage import PairJudgement, Settings, Verdict, link
from willakuy.linkage.lists import read_lists

SETS = ("uruguay_desaparecidos", "RLdata500", "splink_fake_1000", "us_police_2015_2016_degraded", "andes_synthetic")
SHARES = (0.0, 0.02, 0.1, 0.5, 1.0)
DRAWS = 4
Pair = frozenset[str]


def judged(pairs: list[Pair], person_of: dict[str, str]) -> list[PairJudgement]:
    out = []
    for pair in pairs:
        a, b = sorted(pair)
        out.append(PairJudgement(a, b, Verdict.same if person_of[a] == person_of[b] else Verdict.different))
    return out


def f1(p_of: dict[Pair, float], truth: set[Pair], universe: list[Pair]) -> float:
    said = {pair for pair in universe if p_of.get(pair, 0.0) > 0.5}
    wanted = truth & set(universe)
    right = len(said & wanted)
    return 2 * right / max(len(said) + len(wanted), 1)


def run(name: str, seeds: int) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        the_set = load(name, Path(folder))
        if the_set is None:
            print(f"{name}: skipped, its data are not on this machine")
            return True
        records = [r for found in read_lists(list(the_set.lists.values())) for r in found.records]
    person_of = {r.rec_id: the_set.person_of[r.rec_id] for r in records if r.rec_id in the_set.person_of}
    settings = Settings(samples=100)

    def probabilities(judgements: list[PairJudgement]) -> dict[Pair, float]:
        """The mean over ``DRAWS`` seeds: one seed against another moves F1 by a pair or two, with no judgement at all."""
        mean: dict[Pair, float] = {}
        for seed in range(DRAWS):
            for p in link(records, judgements=judgements, settings=settings, seed=seed).pairs:
                pair = frozenset((p.rec_l, p.rec_r))
                mean[pair] = mean.get(pair, 0.0) + p.p_same / DRAWS
        return mean

    base = probabilities([])
    pairs = sorted((p for p in base if p <= person_of.keys() and p not in the_set.uncertain), key=sorted)
    truth = {pair for pair in pairs if len({person_of[r] for r in pair}) == 1}
    never_worse = True
    for seed in range(seeds):
        mixed = random.Random(seed).sample(pairs, len(pairs))
        held, asked = mixed[: len(mixed) // 2], mixed[len(mixed) // 2 :]
        first = None
        for share in SHARES:
            known = asked[: round(share * len(asked))]
            p_of = probabilities(judged(known, person_of)) if known else base
            scored = (f1(p_of, truth, held), brier(p_of, truth, held))
            first = first or scored
            worse = scored[0] < first[0] - 0.002 or scored[1] > first[1] + 0.002
            never_worse &= not worse
            print(
                f"{name}  seed {seed}  answered {share:4.0%} ({len(known):5})  F1 {scored[0]:.4f}  Brier {scored[1]:.4f}"
                + ("  WORSE than without" if worse else ""),
                flush=True,
            )
    return never_worse


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--seeds", type=int, default=2)
    asked = parser.parse_args()
    outcomes = [run(name, asked.seeds) for name in asked.sets]
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
