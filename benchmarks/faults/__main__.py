"""./run bench faults [PART…]: every part, or the ones named."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import sys
import tempfile
import time
import warnings
from pathlib import Path

from benchmarks.faults import work
from benchmarks.faults.parts import PARTS, Outcome

RESULTS = Path(__file__).parent / "results.md"


def main() -> int:
    """Exit 0 when nothing was violated and every seeded bug was caught."""
    wanted = _arguments()
    work.ONLY[:] = [name for name in wanted.works.split(",") if name]
    outcomes: list[Outcome] = []
    for name in wanted.parts or PARTS:
        outcome = _run(name, wanted)
        outcomes.append(outcome)
        print(outcome.line(), file=sys.stderr)
        for said in outcome.violations[:20]:
            print(f"    {said}", file=sys.stderr)
    if wanted.json:
        print(json.dumps([outcome.as_json() for outcome in outcomes], ensure_ascii=False, indent=1))
    else:
        print(table(outcomes))
    if wanted.write:
        RESULTS.write_text(table(outcomes) + "\n")
    return 0 if all(outcome.is_good for outcome in outcomes) else 1


def table(outcomes: list[Outcome]) -> str:
    """A Markdown table, one line for each part."""
    head = (
        "| part | disturbed | violations | seeded bugs caught | CPU s | what was disturbed |\n|---|---|---|---|---|---|"
    )
    return "\n".join([head, *(outcome.row() for outcome in outcomes)])


def _run(name: str, wanted: argparse.Namespace) -> Outcome:
    os.environ["WILLAKUY_LANG"] = "en"
    warnings.simplefilter("ignore")
    place = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
    scratch = Path(tempfile.mkdtemp(prefix="faults-", dir=place))
    began = _cpu_s()
    quiet = scratch / "said"
    try:
        with quiet.open("w") as out, contextlib.redirect_stdout(out):
            outcome = PARTS[name](scratch, random.Random(wanted.seed), wanted.count, _progress(name))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    outcome.cpu_s = _cpu_s() - began
    return outcome


def _cpu_s() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _progress(name: str):  # type: ignore[no-untyped-def]
    """A line that is written over, once a second, where somebody can see it."""
    shown = 0.0

    def told(n: int) -> None:
        nonlocal shown
        if sys.stderr.isatty() and time.monotonic() - shown > 1:
            shown = time.monotonic()
            print(f"\r{name}: {n:,}", end="", file=sys.stderr, flush=True)

    return told


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench faults", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--count", type=int, help="how many disturbances of each part; the full number by default")
    parser.add_argument("--works", default="", help="disturb these works only, as ingest,judge")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--write", action="store_true", help=f"write the table to {RESULTS.name} as well")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
