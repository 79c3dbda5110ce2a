"""From lists to an estimate, as a user would: link the lists, carry the doubt of linkage into the estimate, compare with the truth.

    ./run bench chain                       graphs (seconds) on the invented Andean lists
    ./run bench chain --method latent

The lists are invented, so the number of victims is known. The first row starts from the true persons: what it misses is
estimation's, of people whom every list sees less; what the second row adds to that is linkage's.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared/data/linkage/andes_synthetic"
LISTS = ("state", "ngo", "press", "family")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--method", default="graphs")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    if not DATA.is_dir():
        print(f"skipped: {DATA} is not there")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        rows = chain(Path(scratch), wanted.method, wanted.seed)
    print(json.dumps(rows, indent=1) if wanted.json else table(rows))
    return 0


def chain(scratch: Path, method: str, seed: str) -> list[dict[str, object]]:
    """One row from the true persons, one from ``willakuy link`` and its samples; ``n`` is how many victims there are."""
    n = sum(1 for _ in csv.DictReader((DATA / "population.csv").open(encoding="utf-8")))
    true_table = scratch / "true.csv"
    write_true_captures(true_table)
    linked = scratch / "linked"
    willakuy("link", *(str(DATA / f"{name}.csv") for name in LISTS), "--out", str(linked), "--seed", seed)
    options = ("--method", method, "--seed", seed, "--sensitivity", "none", "--json")
    answers = {
        "true persons": willakuy("estimate", str(true_table), *options),
        "willakuy link, with its doubt": willakuy(
            "estimate", str(linked / "captures.csv"), "--versions", "sample", *options
        ),
    }
    return [row(name, answer, n) for name, answer in answers.items()]


def write_true_captures(path: Path) -> None:
    """How many persons stand in exactly which lists, by the truth."""
    seen: dict[str, set[str]] = {}
    for r in csv.DictReader((DATA / "truth.csv").open(encoding="utf-8")):
        seen.setdefault(r["person_id"], set()).add(r["list"])
    patterns = Counter(tuple(int(name in lists) for name in LISTS) for lists in seen.values())
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([[*LISTS, "count"], *([*p, k] for p, k in sorted(patterns.items()))])


def row(name: str, answer: dict[str, object], n: int) -> dict[str, object]:
    """The estimate beside the truth, or the codes of the refusal."""
    if "refused" in answer:
        reasons = [r["code"] for r in answer["refused"]["reasons"]]  # type: ignore[index]
        return {"from": name, "truth": n, "refused": reasons, "holds_truth": False}
    told = answer["estimate"]
    return {
        "from": name,
        "truth": n,
        "documented": answer["documented"],
        "median": round(told["median"]),  # type: ignore[index]
        "lo": round(told["lo"]),  # type: ignore[index]
        "hi": round(told["hi"]),  # type: ignore[index]
        "holds_truth": told["lo"] <= n <= told["hi"],  # type: ignore[index]
    }


def table(rows: list[dict[str, object]]) -> str:
    keys = list(dict.fromkeys(key for r in rows for key in r))
    lines = [keys, ["---"] * len(keys), *([str(r.get(key, "")) for key in keys] for r in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def willakuy(*arguments: str) -> dict[str, object]:
    """What the command prints as JSON; ``{}`` for one that prints none."""
    run = subprocess.run(
        [str(Path(sys.executable).parent / "willakuy"), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode not in (0, 1):
        raise SystemExit(run.stderr)
    answer: dict[str, object] = json.loads(run.stdout) if run.stdout.lstrip().startswith("{") else {}
    return answer


if __name__ == "__main__":
    raise SystemExit(main())
