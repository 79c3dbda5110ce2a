"""Is the estimation room right, and how fast? One command; parts can be run alone.

    ./run bench estimation/bench                       every part that takes minutes
    ./run bench estimation/bench graphs hopeless       these parts only
    ./run bench estimation/bench calibration --tables 20 --designs indep3,dark4
    ./run bench estimation/bench speed --only kosovo --json

Peers in R (LCMCR, dga, Rcapture, SparseMSE) are run beside ours where their packages are installed; otherwise the figures
of the published comparison are quoted and the row says so. Times are CPU seconds of one core.
"""

from __future__ import annotations

import argparse
from importlib import import_module

from common import DATA, Row, emit

PARTS = (
    "hopeless", "agreement", "graphs", "start", "memory", "priors", "linkage", "peru", "speed", "converged", "calibration",
)  # fmt: skip
LONG = ("calibration",)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", help=f"any of {', '.join(PARTS)}")
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument("--only", default="", help="tables, separated by commas")
    parser.add_argument("--seeds", default="1,2,3,4,19481210", help="for converged")
    parser.add_argument("--minutes", type=float, default=1e6, help="for converged, calibration: stop after so many")
    parser.add_argument("--tables", type=int, default=200, help="for calibration: simulated tables of each design")
    parser.add_argument("--designs", default="", help="for calibration")
    parser.add_argument(
        "--full", action="store_true", help="for calibration: with priors and families, as --report does"
    )
    parser.add_argument("--no-peers", action="store_true", help="do not run R")
    asked = parser.parse_args()
    wrong = [p for p in asked.parts if p not in PARTS]
    if wrong:
        parser.error(f"no part called {wrong[0]}; there are {', '.join(PARTS)}")
    if not DATA.is_dir():
        parser.error(f"the reference tables are not at {DATA}; set WILLAKUY_MSE_DATA")
    rows: list[Row] = []
    for part in asked.parts or [p for p in PARTS if p not in LONG]:
        for row in import_module(f"part_{part}").run(asked):
            rows.append(emit(row, asked.json))
    return int(any(row.met is False for row in rows))


if __name__ == "__main__":
    raise SystemExit(main())
