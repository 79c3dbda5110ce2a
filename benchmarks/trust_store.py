"""How long it takes to keep files so that they would survive a power cut, beside tools that copy, hash or back up.

    ./run bench trust_store                    10,000 small files and one of 1 GiB
    ./run bench trust_store --files 2000 --mib 256

Each tool gets the same files on the same disk, in turns; the median of three is shown, in processor seconds (user and system)
and by the wall clock, with the ratio to ``cp -r`` and ``sync -f``. Peers that are not installed are left out.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from willakuy.casefile import Case, Settings
from willakuy.casefile.intake import files_in, keep_files

Run = Callable[[Path, Path], None]


def ours(source: Path, target: Path) -> None:
    """Bytes kept, named, synced; an entry of each in the ledger; acknowledged in batches."""
    with Case.create(target / "case", Settings(name="Invented")) as case:
        for _ in keep_files(case, files_in([source])):
            pass


def shell(line: str) -> Run:
    """A command line; ``$1`` is the folder of files, ``$2`` an empty folder."""
    return lambda source, target: (
        subprocess.run(["sh", "-ec", line, "sh", str(source), str(target)], check=True, capture_output=True) and None
    )


PEERS = {
    "cp -r, sync -f": ("cp", 'cp -r "$1" "$2/copy"; sync -f "$2"'),
    "sha256sum, cp -r, sync -f": (
        "sha256sum",
        'find "$1" -type f -exec sha256sum {} + > "$2/sums"; cp -r "$1" "$2/copy"; sync -f "$2"',
    ),
    "git add": ("git", 'cp -r "$1" "$2/copy"; cd "$2/copy"; git init -q; git add -A; sync -f "$2"'),
    "restic": (
        "restic",
        'export RESTIC_PASSWORD=x; restic -q -r "$2/r" init; restic -q -r "$2/r" backup "$1"; sync -f "$2"',
    ),
    "borg": ("borg", 'borg init -e none "$2/b"; borg create "$2/b::a" "$1"; sync -f "$2"'),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--mib", type=int, default=1024, help="size of the one large file")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--place", type=Path, help="a folder on the disk to measure")
    wanted = parser.parse_args()
    for about, make in (
        (f"{wanted.files:,} small files", lambda p: _small(p, wanted.files)),
        (f"one file of {wanted.mib:,} MiB", lambda p: _large(p, wanted.mib)),
    ):
        with tempfile.TemporaryDirectory(dir=wanted.place) as place:
            source = Path(place) / "source"
            source.mkdir()
            size = make(source)
            _table(f"{about}, {size / 1e6:,.0f} MB", source, Path(place), wanted.repeats)


def _table(about: str, source: Path, place: Path, repeats: int) -> None:
    runs: dict[str, Run] = {"willakuy": ours}
    runs |= {name: shell(line) for name, (tool, line) in PEERS.items() if shutil.which(tool)}
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
    for _ in range(repeats):
        for name, run in runs.items():
            taken[name].append(_timed(run, source, place / "target"))
    base_cpu, base_wall = _medians(taken["cp -r, sync -f"])
    print(f"\n{about}\n| | processor s | to cp | wall s | to cp |\n|---|---|---|---|---|")
    for name, times in taken.items():
        cpu, wall = _medians(times)
        print(f"| {name} | {cpu:.2f} | {cpu / base_cpu:.2f} | {wall:.2f} | {wall / base_wall:.2f} |")
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


def _timed(run: Run, source: Path, target: Path) -> tuple[float, float]:
    target.mkdir()
    cpu, wall = _cpu_s(), time.perf_counter()
    run(source, target)
    taken = _cpu_s() - cpu, time.perf_counter() - wall
    subprocess.run(["chmod", "-R", "u+w", str(target)], check=True)
    shutil.rmtree(target)
    return taken


def _cpu_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def _medians(times: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(t[0] for t in times), statistics.median(t[1] for t in times)


def _small(folder: Path, n: int) -> int:
    """Log-normal sizes about 20 KB, as photographs of documents and messages have."""
    rng, size = random.Random(1), 0
    for i in range(n):
        inside = folder / f"{i % 50:02d}"
        inside.mkdir(exist_ok=True)
        length = min(2_000_000, int(rng.lognormvariate(9.9, 1.1)))
        (inside / f"{i}.jpg").write_bytes(rng.randbytes(length))
        size += length
    return size


def _large(folder: Path, mib: int) -> int:
    rng = random.Random(2)
    with (folder / "video.mp4").open("wb") as out:
        for _ in range(mib):
            out.write(rng.randbytes(1 << 20))
    return mib << 20


if __name__ == "__main__":
    main()
