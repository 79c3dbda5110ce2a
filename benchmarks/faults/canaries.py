"""Sealed and erased values, searched for in every byte that was left: ./run bench faults/canaries [--n 200]

Plants canaries (names, telephones, voices, file names) in every way there is, lets everybody do what they do, and searches the case, its database open
and closed, releases, a bag, temporary and home folders, and all that was printed. Then lets one out on purpose in each of several ways: a
search that did not find those would prove nothing. Reach: 200 canaries, 0 found, every leak found.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.vault.canaries import LEAKS, Field, leak, plant, search


def missed_leaks(planted: Field, work: Path) -> list[str]:
    """The leaks made on purpose that the search did not find."""
    missed = []
    for how in LEAKS:
        with tempfile.TemporaryDirectory(dir=work) as name:
            folder = shutil.copytree(planted.folder, Path(name) / "case")
            outside = [shutil.copytree(p, Path(name) / p.name) for p in planted.outside]
            copy = replace(planted, folder=folder, outside=outside, printed=list(planted.printed))
            leak(copy, how)
            if not search(copy):
                missed.append(how)
    return missed


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--n", type=int, default=200)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        planted = plant(Path(name) / "work", given.n)
        found = search(planted)
        n_bytes = sum(p.stat().st_size for f in [planted.folder, *planted.outside] for p in f.rglob("*") if p.is_file())
        missed = missed_leaks(planted, Path(name))
    told = {
        "canaries": len(planted.canaries),
        "salts": len(planted.salts),
        "bytes_searched": n_bytes,
        "found": [f"{canary} in {where}" for canary, where in found],
        "leaks_made": len(LEAKS),
        "leaks_missed": missed,
    }
    print(json.dumps(told, indent=1, ensure_ascii=False) if given.json else _table(told))
    return 1 if found or missed else 0


def _table(told: dict[str, object]) -> str:
    return "\n".join(f"{name.replace('_', ' '):16} {value}" for name, value in told.items())


if __name__ == "__main__":
    sys.exit(main())
