"""What the parts share: tables, one row of a result, peers in R where they are installed, CPU time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from willakuy.estimation import CaptureTable, StrataTable, read_table

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("WILLAKUY_MSE_DATA", ROOT.parent / "shared" / "data" / "mse"))
OUT = ROOT / "build" / "bench"
FLAT = (
    "artificial_3", "kosovo", "hare", "spina_bifida", "diabetes_italy", "congenital_massachusetts", "uk_slavery_5",
    "uk_slavery", "netherlands_5", "netherlands", "colombia_1999_men_R1",
)  # fmt: skip


@dataclass
class Row:
    """One line of a result. ``met`` is None where nothing was promised; ``peer`` is measured in the same run or quoted."""

    part: str
    what: str
    ours: str
    peer: str = ""
    reach: str = ""
    met: bool | None = None

    def say(self) -> None:
        sign = {True: "met", False: "NOT MET", None: ""}[self.met]
        print(f"{self.part:<11} {self.what:<44} {self.ours:<44} {self.peer:<34} {self.reach:<22} {sign}", flush=True)


def emit(row: Row, as_json: bool) -> Row:
    if as_json:
        print(json.dumps(asdict(row), ensure_ascii=False), flush=True)
    else:
        row.say()
    return row


def table_of(name: str) -> CaptureTable:
    """A reference table, strata joined."""
    found = read_table(DATA / f"{name}.csv")
    return found.pooled() if isinstance(found, StrataTable) else found


def strata_of(name: str, strata: tuple[str, ...]) -> StrataTable:
    found = read_table(DATA / f"{name}.csv", strata=strata)
    assert isinstance(found, StrataTable)
    return found


def spent(do: Callable[[], Any]) -> tuple[Any, float]:
    """(what ``do`` returns, CPU seconds of this process)."""
    began = time.process_time()
    found = do()
    return found, time.process_time() - began


def has_r(package: str) -> bool:
    if shutil.which("Rscript") is None:
        return False
    asked = f"quit(status = !requireNamespace('{package}', quietly = TRUE))"
    return subprocess.run(["Rscript", "-e", asked], capture_output=True, check=False).returncode == 0


def run_r(code: str, table: CaptureTable) -> dict[str, Any]:
    """Run R with ``d`` (lists as 0/1 columns) and ``freq``; ``out(name, numbers)`` hands numbers back; ``seconds`` is CPU."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        rows = [
            ",".join(map(str, [*p, c])) for p, c in zip(table.patterns.tolist(), table.counts.tolist(), strict=True)
        ]
        head = ",".join([f"L{j + 1}" for j in range(table.n_lists)] + ["Freq"])
        (path / "t.csv").write_text("\n".join([head, *rows]) + "\n")
        script = f"""
            all <- read.csv("{path}/t.csv"); freq <- all$Freq; d <- all[, -ncol(all), drop = FALSE]
            out <- function(name, x) writeLines(format(x, digits = 12), file.path("{path}", paste0(name, ".txt")))
            {code}
        """
        (path / "s.R").write_text(script)
        done = subprocess.run(["Rscript", str(path / "s.R")], capture_output=True, text=True, check=False, timeout=580)
        if done.returncode:
            print(done.stderr[-800:], file=sys.stderr)
            return {}
        return {f.stem: [float(v) for v in f.read_text().split()] for f in path.glob("*.txt")}


LCMCR = """
suppressMessages(library(LCMCR))
f <- as.data.frame(lapply(d, function(x) factor(x, levels = c(0, 1)))); f$Freq <- freq
for (seed in c({seeds})) {{
  before <- sum(proc.time()[1:2])
  invisible(capture.output({{
    s <- lcmCR(captures = f, tabular = TRUE, in_list_label = "1", not_in_list_label = "0", K = {k}, a_alpha = 0.25,
               b_alpha = 0.25, seed = seed, buffer_size = 10000, thinning = 100)
    n <- lcmCR_PostSampl(s, burnin = {burnin}, samples = {samples}, thinning = {thinning}, output = FALSE)
  }}))
  out(paste0("seconds", seed), sum(proc.time()[1:2]) - before); out(paste0("draws", seed), n)
}}
"""
