"""Every reference table and seed: an answer with settled chains, or a refusal; and seeds that must agree.

A table with a number must have split R-hat(log n0) <= 1.01 and bulk and tail effective sizes >= 400 over four chains. Tables
in strata are answered whole and by the strata named in ``STRATA``. Results are kept in build/bench/converged.jsonl, a line a
table and seed, so that a run takes up where the last one stopped; ``--minutes`` ends one early, between two answers.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
from common import FLAT, OUT, Row, strata_of, table_of

from willakuy.estimation import CaptureTable
from willakuy.estimation.latent import LatentSettings, sample
from willakuy.estimation.refusing import reasons_against
from willakuy.estimation.stating import EDGE, WIDEST

STRATA = {
    "peru_cvr": ("perpetrator",), "philippines_manila": ("perpetrator",),
    "colombia_recruitment_1990_1999": ("replicate",),
    "sudan_khartoum_injury_linkage": ("dup_threshold", "link_threshold"),
}  # fmt: skip
SPLIT = {"colombia_1999_men_R1": 1_750, "netherlands_5": 80_000}
"""Between the explanations of a table: LCMCR's seeds fall on one side or the other."""


def run(asked: Any) -> Iterator[Row]:
    seeds = [int(s) for s in asked.seeds.split(",")]
    names = asked.only.split(",") if asked.only else list(_names())
    path = OUT / "converged.jsonl"
    OUT.mkdir(parents=True, exist_ok=True)
    lines = path.read_text().splitlines() if path.exists() else []
    done = {(r["table"], r["seed"]): r for r in map(json.loads, lines)}
    end = time.monotonic() + 60 * asked.minutes
    for seed in seeds:
        for name in names:
            if (name, seed) not in done and time.monotonic() < end:
                done[name, seed] = _one(name, seed)
                with path.open("a") as file:
                    file.write(json.dumps(done[name, seed]) + "\n")
    for name in names:
        yield from _rows(name, [done[name, seed] for seed in seeds if (name, seed) in done], len(seeds))


def _names() -> Iterator[str]:
    yield from [n for n in FLAT if n not in STRATA]
    for table, columns in STRATA.items():
        if columns == ("perpetrator",):
            yield table
        for stratum in strata_of(table, columns).strata:
            yield f"{table}:{stratum}"


def _load(name: str) -> CaptureTable:
    table, _, stratum = name.partition(":")
    return strata_of(table, STRATA[table]).strata[stratum] if stratum else table_of(table)


def _one(name: str, seed: int) -> dict[str, Any]:
    told: dict[str, Any] = {"table": name, "seed": seed}
    table = _load(name)
    if refused := reasons_against(table):
        return {**told, "refused": refused[0].code}
    found = sample(table, LatentSettings(hopeless_above=2 * EDGE), np.random.default_rng(seed))
    people = found.n0 + table.documented
    lo, median, hi = (round(float(q), 1) for q in np.quantile(people, [0.025, 0.5, 0.975]))
    told |= {"lo": lo, "median": median, "hi": hi, "rhat": round(found.rhat, 4), "bulk": round(found.ess_bulk)}
    told |= {"tail": round(found.ess_tail), "trips": found.round_trips, "cpu_s": round(found.cpu_s, 1)}
    told |= {"draws": int(people.shape[1]), "trapped": found.trapped}
    told["refused"] = "" if found.converged else "chains-disagree"
    if hi > EDGE * table.documented or hi > WIDEST * lo:
        told["refused"] = "edge-of-prior" if hi > EDGE * table.documented else "undetermined"
    if name in SPLIT:
        told["both"] = int(sum(0 < (chain > SPLIT[name]).mean() < 1 for chain in people))
    return told


def _rows(name: str, found: list[dict[str, Any]], wanted: int) -> Iterator[Row]:
    answered = [r for r in found if not r["refused"]]
    reasons = sorted({r["refused"] for r in found if r["refused"]})
    told = f"{len(answered)} of {len(found)} seeds answered" + "".join(f"; refused: {r}" for r in reasons)
    if len(found) < wanted:
        told += f"; {wanted - len(found)} seeds not run"
    if sampled := [r for r in found if "rhat" in r]:
        worst = max(r["rhat"] for r in sampled)
        least = min(min(r["bulk"], r["tail"]) for r in sampled)
        told += f"; R-hat to {worst:.3f}, ESS from {least:,.0f}, {np.mean([r['cpu_s'] for r in sampled]):.0f} s each"
    if name in SPLIT:
        told += f"; {sum(r['both'] for r in sampled)} of {4 * len(sampled)} chains in both modes"
    settled = all(r["rhat"] <= 1.01 and min(r["bulk"], r["tail"]) >= 400 for r in answered)
    yield Row("converged", name, told, "", "settled or refused", settled if found else None)
    if len(answered) > 1:
        apart = {
            key: max(r[key] for r in answered) / min(r[key] for r in answered) - 1 for key in ("lo", "median", "hi")
        }
        said = ", ".join(f"{key} {value:.1%}" for key, value in apart.items())
        mean = " (".join(f"{np.mean([r[key] for r in answered]):,.0f}" for key in ("median", "lo"))
        said += f" apart; {mean}–{np.mean([r['hi'] for r in answered]):,.0f})"
        yield Row("converged", f"{name}: {len(answered)} seeds", said, "", "<= 5 %", max(apart.values()) <= 0.05)
    if name == "netherlands_5" and sampled:
        top = min(r["hi"] for r in sampled)
        yield Row("converged", f"{name}: lowest 97.5 %", f"{top:,.0f}", "", ">= 120,000", top >= 120_000)
