"""The ledger at a million entries: appending in bulk, verifying, memory; beside pymerkle and the bare hash function.

pymerkle (GPL-3) is only a yardstick: it is installed into a folder of its own, never beside the program. Times are CPU seconds of
this process; read ratios.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path

from willakuy.ledger import GrowingTree, TiledTree, leaf_hash, root_from_inclusion, root_of_tiles, tile_path
from willakuy.ledger.tiles import WIDTH, leaves_of, parents_of

PEER = """
import hashlib, json, sys, time
from pymerkle import InmemoryTree
n = int(sys.argv[1])
entries = [hashlib.sha256(i.to_bytes(8, "big")).digest() for i in range(n)]
tree = InmemoryTree(algorithm="sha256")
began = time.process_time()
for entry in entries:
    tree.append_entry(entry)
print(json.dumps({"cpu_s": time.process_time() - began, "root": tree.get_state().hex()}))
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--peer-entries", type=int, default=100_000)
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        rows = ledger_rows(Path(folder), wanted.entries)
    if not wanted.no_peer:
        rows["peer"] = peer_rows(wanted.peer_entries)
    print(json.dumps(rows, indent=1) if wanted.json else told(rows))
    return 0


def entries(n: int) -> list[bytes]:
    return [hashlib.sha256(i.to_bytes(8, "big")).digest() for i in range(n)]


def ledger_rows(folder: Path, n: int) -> dict[str, object]:
    held = entries(n)
    tree = GrowingTree()
    append_s, _ = timed(lambda: (tree.extend(held), tree.root()))
    on_disk = GrowingTree(lambda path, data: keep(folder, path, data))
    write_s, _ = timed(lambda: (on_disk.extend(held), on_disk.hand_out_partial()))
    root, before = tree.root(), peak_mib()
    runs = []
    for _ in range(3):
        verify_s, found = timed(lambda: root_of_tiles(n, lambda path: (folder / path).read_bytes()))
        assert found == root
        runs.append((verify_s, hashing_the_same(folder, n)))
    verify_s, floor_s = min(v for v, _ in runs), min(f for _, f in runs)
    reader = TiledTree(n, lambda level, i, width: (folder / tile_path(level, i, width)).read_bytes())
    places = [(i * 7919) % n for i in range(2000)]
    prove_s, proofs = timed(lambda: [reader.inclusion(i) for i in places])
    assert all(
        root_from_inclusion(leaf_hash(hashlib.sha256(i.to_bytes(8, "big")).digest()), i, n, p) == root
        for i, p in zip(places, proofs, strict=True)
    )
    return {
        "entries": n,
        "append": {"cpu_s": append_s, "entries_per_s": n / append_s},
        "append, tiles written": {"cpu_s": write_s, "entries_per_s": n / write_s},
        "verify": {"cpu_s": verify_s, "hashing the same bytes, cpu_s": floor_s, "ratio": verify_s / floor_s},
        "inclusion proofs": {"per_s": len(places) / prove_s},
        "peak_mib": {"before verifying, the list of entries in it": before, "at the end": peak_mib()},
    }


def keep(folder: Path, path: str, data: bytes) -> None:
    where = folder / path
    where.parent.mkdir(parents=True, exist_ok=True)
    where.write_bytes(data)


def hashing_the_same(folder: Path, n: int) -> float:
    """CPU seconds of SHA-256 over exactly the byte strings a verifier must hash, read from the same files, cut beforehand."""
    used, sha256 = 0.0, hashlib.sha256
    for i in range(-(-n // WIDTH)):
        began = time.process_time()
        bundle = (folder / tile_path("entries", i, min(WIDTH, n - i * WIDTH))).read_bytes()
        tile = (folder / tile_path(0, i, min(WIDTH, n - i * WIDTH))).read_bytes()
        used += time.process_time() - began
        inputs = [b"\0" + bundle[at : at + 32] for at in range(2, len(bundle), 34)]
        level = b"".join(leaves_of(bundle))
        assert level == tile
        while len(level) >= 64:
            inputs += [b"\1" + level[at : at + 64] for at in range(0, len(level) // 64 * 64, 64)]
            level = b"".join(parents_of(level[: len(level) // 64 * 64]))
        began = time.process_time()
        for piece in inputs:
            sha256(piece).digest()
        used += time.process_time() - began
    return used


def peer_rows(n: int) -> dict[str, object]:
    where = Path(os.environ.get("WILLAKUY_BENCH", Path.home() / ".cache" / "willakuy-bench")) / "pymerkle"
    python = where / "bin" / "python"
    if not python.exists():
        venv.create(where, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "pymerkle==7.0.0"], check=True)
    said = subprocess.run([python, "-c", PEER, str(n)], capture_output=True, text=True, check=True).stdout
    peer = json.loads(said)
    held = entries(n)
    tree = GrowingTree()
    ours_s, _ = timed(lambda: tree.extend(held))
    return {
        "entries": n,
        "pymerkle 7.0.0 InmemoryTree, entries_per_s": n / peer["cpu_s"],
        "ours, entries_per_s": n / ours_s,
        "ours is faster by": peer["cpu_s"] / ours_s,
        "same root": tree.root().hex() == peer["root"],
    }


def timed(work: Callable[[], object]) -> tuple[float, object]:
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def told(rows: dict[str, object]) -> str:
    lines = []
    for name, value in rows.items():
        inner = value.items() if isinstance(value, dict) else [("", value)]
        lines += [
            f"{name:24} {what:48} {x:,.2f}" if isinstance(x, float) else f"{name:24} {what:48} {x}" for what, x in inner
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
