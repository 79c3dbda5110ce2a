"""The ledger at a million entries: appending in bulk, verifying, memory; beside pymerkle and the bare hash function. And how
long the ``verify.py`` inside a release takes with it, as a reader runs it.

pymerkle (GPL-3) is only a yardstick: it is installed into a folder of its own, never beside the program. Times are CPU seconds of
this process; read ratios.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
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
    parser.add_argument("--people", type=int, nargs="*", default=[400, 4000], help="sizes of the releases to verify")
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        rows: dict[str, object] = ledger_rows(Path(folder), wanted.entries) if wanted.entries else {}
        for n in wanted.people:
            rows[f"release of {n:,} people"] = release_row(Path(folder) / f"{n}", n)
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


def release_row(folder: Path, n_people: int) -> dict[str, object]:
    """A release of invented people in several lists each, checked by a fresh Python that has the standard library alone."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from benchmarks.publish import invented
    from willakuy.casefile import Case, Settings
    from willakuy.publication import publish

    with Case.create(folder, Settings(name="Caso inventado", is_example=True)) as case:
        case.append(invented(n_people, random.Random(7)))
        release = publish(case).path
    n = sum(
        len((release / "data" / f"{name}.jsonl").read_bytes().splitlines()) for name in ("statements", "judgements")
    )
    size = sum(p.stat().st_size for p in release.rglob("*") if p.is_file())
    runs = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        said = subprocess.run([sys.executable, "-I", release / "verify.py"], capture_output=True, text=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert said.stdout.startswith("OK")
        runs.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return {
        "statements and judgements": n,
        "bytes, MB": size / 1e6,
        "verify.py, cpu_s": min(runs),
        "cpu_s per 1,000": min(runs) * 1000 / n,
        "peak_mib": peak_of_verify(release),
    }


def peak_of_verify(release: Path) -> float:
    """The most memory that ``verify.py`` held, by its own account: what the system says of a child has its parent's in it."""
    ask = "import runpy, sys; sys.argv = [sys.argv[1]]\ntry: runpy.run_path(sys.argv[0], run_name='__main__')\n"
    ask += "finally: print(open('/proc/self/status').read(), file=sys.stderr)"
    if not Path("/proc/self/status").exists():
        return float("nan")
    said = subprocess.run(
        [sys.executable, "-I", "-c", ask, release / "verify.py"], capture_output=True, text=True, check=False
    )
    return next(int(line.split()[1]) / 1024 for line in said.stderr.splitlines() if line.startswith("VmHWM"))


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
