"""A million records, beside plain Splink on the same blocking: CPU time and memory, paired in one run.

    ./run bench linkage_scale              1,000,000 records, about half an hour
    ./run bench linkage_scale 100000       smaller
    ./run bench linkage_scale 100000 --peers none

Invented lists (``linkage_made``). Ours runs as a user runs it, ``willakuy link LISTS --out DIR``: reading, keys, pairs, fit,
clusterings, files. Splink is given each record's blocking keys ready made, its columns typed and its names folded, in
one Parquet file, and none of that is charged to it: it joins on the keys, compares as its documentation says, learns,
predicts, clusters at 0.9 and writes pairs and clusters. One thread each. Accuracy is scored on both, as a check that
neither is fast by doing nothing; Splink's own clustering is not one to one.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from linkage import HERE, _measured, _peers_python
from linkage_made import PROFILES, lists, people, write


def made(n: int, folder: Path, profile: str) -> tuple[list[Path], dict[str, str]]:
    """Lists of about ``n`` records in all, and who each record is."""
    rng = random.Random(1)
    found, truth = lists(people(round(n / sum(PROFILES[profile].cover)), rng), PROFILES[profile], rng)
    return write(found, folder), truth


def keyed(paths: list[Path], out: Path) -> None:
    """The records with the keys that ours blocks on, typed and folded for Splink."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    from willakuy.linkage.blocking import usable_keys
    from willakuy.linkage.encoding import encode
    from willakuy.linkage.lists import read_lists
    from willakuy.linkage.values import Settings

    records = sorted((r for found in read_lists(paths) for r in found.records), key=lambda r: r.rec_id)
    data = encode(records)
    keys = usable_keys(data, Settings())
    ends = np.r_[0, np.cumsum(np.bincount(keys.row, minlength=len(records)))].astype(np.int32)
    words = [list(r.names[0].tokens) if r.names else [] for r in records]
    columns = {
        "unique_id": [r.rec_id for r in records],
        "list_of": data.list_of,
        "keys": pa.ListArray.from_arrays(pa.array(ends), pa.array(keys.key)),
        "name": [" ".join(w) or None for w in words],
        "first": [w[0] if w else None for w in words],
        "last": [w[-1] if w else None for w in words],
        "age": [r.age[0] if r.age else None for r in records],
        "day": pa.array([r.died[0] - 719163 if r.died else None for r in records], pa.int32()).cast(pa.date32()),
        "sex": [r.sex or None for r in records],
        "region": [r.place[0] or None for r in records],
        "district": [r.place[2] or None for r in records],
    }
    pq.write_table(pa.table(columns), out)


def pairwise(cluster: dict[str, str], truth: dict[str, str]) -> tuple[float, float]:
    """Precision and recall over pairs of records, by counting."""
    found = Counter(cluster.get(r, r) for r in truth)
    real = Counter(truth.values())
    both = Counter((cluster.get(r, r), p) for r, p in truth.items())
    n_found, n_real, n_both = (sum(k * (k - 1) // 2 for k in c.values()) for c in (found, real, both))
    return n_both / max(n_found, 1), n_both / max(n_real, 1)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--profile", choices=PROFILES, default="usual")
    parser.add_argument("--peers", choices=("splink", "none"), default="splink")
    parser.add_argument("--work", type=Path, help="folder to keep the files in")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = chosen.work or Path(scratch)
        paths, truth = made(chosen.records, work / "in", chosen.profile)
        print(f"{len(truth):,} records of {len(set(truth.values())):,} invented persons", flush=True)
        command = [
            str(Path(sys.executable).with_name("willakuy")),
            "link",
            *map(str, paths),
            "--out",
            str(work / "out"),
        ]
        cpu_s, peak_mb = _measured(command)
        cluster = {r["rec_id"]: r["person_id"] for r in rows_of(work / "out" / "persons.csv")}
        p, r = pairwise(cluster, truth)
        print(f"willakuy  CPU {cpu_s:7.1f} s  peak {peak_mb:6.0f} MB  P {p:.4f}  R {r:.4f}", flush=True)
        print((work / "out" / "run.json").read_text().split('"candidate_pairs"', 1)[1].splitlines()[0], flush=True)
        if chosen.peers == "none":
            return 0
        keyed(paths, work / "keyed.parquet")
        peer_cpu_s, peer_mb = _measured([str(_peers_python()), str(HERE / "linkage_scale_peer.py"), str(work)])
        p, r = pairwise({x["unique_id"]: x["cluster_id"] for x in rows_of(work / "clusters.csv")}, truth)
        print(f"splink    CPU {peer_cpu_s:7.1f} s  peak {peer_mb:6.0f} MB  P {p:.4f}  R {r:.4f}")
        print(f"ratios    CPU ×{cpu_s / peer_cpu_s:.2f}  memory ×{peak_mb / peer_mb:.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
