"""Decomposable graphs: 5, 6 and 7 lists, in a process of their own each, so that memory is theirs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from common import ROOT, Row, has_r, run_r, table_of

ONE = """
import json, resource, sys, time
sys.path.insert(0, "benchmarks/estimation")
from common import table_of
from willakuy.estimation.decomposable import average_graphs, decomposable_graphs
import scipy.special
t = table_of(sys.argv[1])
if len(sys.argv) > 2:
    t = t.keep(sorted(t.lists, key=lambda name: -int(t.sizes[t.lists.index(name)]))[: int(sys.argv[2])])
began = time.process_time(); g = average_graphs(t); first = time.process_time() - began
again = first
for _ in range(1 if t.n_lists == 7 else 7):
    began = time.process_time(); g = average_graphs(t); again = min(again, time.process_time() - began)
print(json.dumps({"first": first, "again": again, "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
  "median": g.span.median, "lo": g.span.lo, "hi": g.span.hi, "end": g.end_weight, "models": g.n_models}))
"""

DGA = """
suppressMessages(library(dga)); data(graphs{j})
full <- array(0, rep(2, {j})); for (i in seq_len(nrow(d))) full[t(rev(as.integer(d[i, ])) + 1)] <- freq[i]
before <- sum(proc.time()[1:2])
w <- bma.cr(full, Nmissing = 1:{cap}, delta = 2^-{j}, graphs = graphs{j})
out("seconds", sum(proc.time()[1:2]) - before)
p <- colSums(w); c <- cumsum(p) / sum(p)
out("q", sum(freq) + c(which(c >= .5)[1], which(c >= .025)[1], which(c >= .975)[1]))
"""


def run(asked: Any) -> Iterator[Row]:
    peers = not asked.no_peers and has_r("dga")
    for name, lists, limit in (
        ("uk_slavery_5", 5, 0.05), ("congenital_massachusetts", 5, 0.05), ("netherlands_5", 5, 0.05),
        ("uk_slavery", 6, 1.0), ("netherlands", 6, 1.0), ("philippines_manila", 7, 60.0),
    ):  # fmt: skip
        if asked.only and name not in asked.only.split(","):
            continue
        more = ["7"] if lists == 7 else []
        done = subprocess.run(
            [sys.executable, "-c", ONE, name, *more], capture_output=True, text=True, check=True, cwd=ROOT
        )
        found = json.loads(done.stdout)
        peer = ""
        if peers and lists == 5:
            table = table_of(name)
            told = run_r(DGA.format(j=5, cap=min(20 * table.documented, 100_000)), table)
            if told:
                median, lo, hi = told["q"]
                peer = f"dga {told['seconds'][0]:.2f} s  {median:,.0f} ({lo:,.0f}–{hi:,.0f})"
        ours = f"{found['again']:.3f} s ({found['first']:.2f} first), {found['mib']:.0f} MiB"
        met = found["again"] <= limit and found["end"] < 1e-6 and (lists < 7 or found["mib"] <= 2048)
        yield Row("graphs", f"{name}, {lists} lists, {found['models']:,} graphs", ours, peer, f"<= {limit:g} s", met)
        value = f"{found['median']:,.0f} ({found['lo']:,.0f}–{found['hi']:,.0f})"
        yield Row(
            "graphs", "  N; weight at the grid's end", f"{value}; {found['end']:.0e}", "", "< 1e-6", found["end"] < 1e-6
        )
