"""Packages made to do harm: each opened in a process of its own, with its time, its memory and what it left behind.

    ./run bench hostile            a table; exit 1 when one was not met as it should be
    ./run bench hostile --json

Reach: every one refused (or opened harmlessly), at most 10 s of CPU and 256 MiB, nothing written.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.evidence.packages.hostile import CORPUS, Hostile

LARGEST_MIB, LONGEST_S = 256, 10.0
_CHILD = """
import sys
from pathlib import Path
from willakuy.errors import WillakuyError
from willakuy.evidence.packages import unpack
try:
    unpack(Path(sys.argv[1]))
    print("opened")
except WillakuyError as e:
    print(type(e).__name__)
"""


def measure(hostile: Hostile, folder: Path) -> dict[str, object]:
    """One package in a child; CPU seconds and the largest memory it had, from the system's own account."""
    path = folder / f"package.{hostile.name.split('.', 1)[-1]}"
    hostile.make(path)
    before = {p.name for p in folder.iterdir()}
    script = f"{_CHILD}\nimport resource; u = resource.getrusage(resource.RUSAGE_SELF); print(u.ru_maxrss, u.ru_utime + u.ru_stime)"
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, cwd=folder, check=False
    )
    lines = done.stdout.split()
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    outcome, mib, cpu_s = (lines[0], int(lines[1]) / scale, float(lines[2])) if len(lines) == 3 else ("died", 0.0, 0.0)
    left = sorted({p.name for p in folder.iterdir()} - before)
    path.unlink()
    met = outcome == (hostile.error or "opened")
    ok = met and mib <= LARGEST_MIB and cpu_s <= LONGEST_S and not left
    return {"package": hostile.name, "outcome": outcome, "cpu_s": cpu_s, "mib": mib, "left": left, "ok": ok}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    rows = []
    with tempfile.TemporaryDirectory() as tmp:
        for hostile in CORPUS:
            rows.append(measure(hostile, Path(tmp)))
            if not args.json:
                row = rows[-1]
                mark = "✓" if row["ok"] else "✗"
                print(f"{mark} {row['package']:32} {row['outcome']:18} {row['cpu_s']:6.2f} s CPU {row['mib']:6.0f} MiB")
    good = sum(bool(row["ok"]) for row in rows)
    worst = {"cpu_s": max(float(str(r["cpu_s"])) for r in rows), "mib": max(float(str(r["mib"])) for r in rows)}
    if args.json:
        print(json.dumps({"rows": rows, "good": good, "of": len(rows), "worst": worst}, indent=1))
    else:
        print(
            f"{good} of {len(rows)} met as they should be; at most {worst['cpu_s']:.1f} s CPU, {worst['mib']:.0f} MiB"
        )
    return 0 if good == len(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
