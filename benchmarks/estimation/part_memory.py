"""24 lists and 113 patterns: nothing may hold 2^24 cells."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from common import ROOT, Row

CODE = """
import resource, sys
import numpy as np
from willakuy.estimation import CaptureTable, Refusal, estimate
rng = np.random.default_rng(24)
rates = rng.beta(0.6, 6, (3, 24)); kinds = rng.choice(3, 4000, p=[0.6, 0.3, 0.1])
people = (rng.random((4000, 24)) < rates[kinds]).astype(int)
people = people[people.any(axis=1)]
patterns, counts = np.unique(people, axis=0, return_counts=True)
keep = np.argsort(-counts, kind="stable")[:113]
table = CaptureTable.of([f"L{j + 1}" for j in range(24)], zip(patterns[keep].tolist(), counts[keep].tolist()))
found = estimate(table, method=sys.argv[1], rng=1)
mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
said = found.reasons[0].code if isinstance(found, Refusal) else f"{found.span.median:,.0f} ({found.span.lo:,.0f}-{found.span.hi:,.0f})"
print(len(table.counts), round(mib), said, sep="|")
"""


def run(asked: Any) -> Iterator[Row]:
    for method in ("latent", "graphs", "lower-bound"):
        done = subprocess.run(
            [sys.executable, "-c", CODE, method], capture_output=True, text=True, check=True, cwd=ROOT
        )
        patterns, mib, said = done.stdout.strip().split("|")
        yield Row(
            "memory",
            f"24 lists, {patterns} patterns, {method}",
            f"{mib} MiB at the most; {said}",
            "",
            "< 300 MiB",
            int(mib) < 300,
        )
