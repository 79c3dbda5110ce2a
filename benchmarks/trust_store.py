"""How long it takes to keep files so that they would survive a power cut, beside tools that copy, hash or back up.

    ./run bench trust_store                    10,000 small files and one of 1 GiB
    ./run bench trust_store --files 2000 --mib 256
    ./run bench trust_store --files 0 --mib 10240 --repeats 1 --only "willakuy;cp -r, sync -f"

Each tool gets the same files on the same disk, in turns; the median of three is shown, in processor seconds (user and system)
and by the wall clock, with the ratio to ``cp -r`` and ``sync -f``. Making the case, the repository or the bag's tool is not
counted, and what other runs left for the disk to do is done before. Peers that are not installed are left out; bagit.py is
installed into a folder of its own.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from willakuy.casefile import Case, Settings
from willakuy.casefile.intake import files_in, keep_files

Run = Callable[[Path, Path], None]


@dataclass(frozen=True)
class Peer:
    """``before`` is not counted; both get the folder of files and an empty one for the result."""

    run: Run
    before: Run = lambda _source, _target: None


def _new_case(_source: Path, target: Path) -> None:
    Case.create(target / "case", Settings(name="Invented")).close()


def _add(source: Path, target: Path) -> None:
    """Bytes kept, named, synced; an entry of each in the ledger; acknowledged in batches."""
    with Case.open(target / "case") as case:
        for _ in keep_files(case, files_in([source])):
            pass


def shell(line: str) -> Run:
    """A command line; ``$1`` is the folder of files, ``$2`` an empty folder."""
    return lambda source, target: (
        subprocess.run(["sh", "-ec", line, "sh", str(source), str(target)], check=True, capture_output=True) and None
    )


BASE = "cp -r, sync -f"


def peers() -> dict[str, Peer]:
    """What is here to be compared with."""
    pass_ = "export RESTIC_PASSWORD=x; "
    found = {
        "willakuy": ("cp", Peer(_add, _new_case)),
        BASE: ("cp", Peer(shell('cp -r "$1" "$2/copy"; sync -f "$2"'))),
        "sha256sum, cp -r, sync -f": (
            "sha256sum",
            Peer(shell('find "$1" -type f -exec sha256sum {} + > "$2/sums"; cp -r "$1" "$2/copy"; sync -f "$2"')),
        ),
        "git add": (
            "git",
            Peer(
                shell('cp -r "$1" "$2/copy"; cd "$2/copy"; git add -A; sync -f "$2"'),
                shell('mkdir "$2/copy"; cd "$2/copy"; git init -q'),
            ),
        ),
        "restic": (
            "restic",
            Peer(shell(pass_ + 'restic -q -r "$2/r" backup "$1"; sync -f "$2"'), shell(pass_ + 'restic -q -r "$2/r" init')),
        ),
        "borg": ("borg", Peer(shell('borg create "$2/b::a" "$1"; sync -f "$2"'), shell('borg init -e none "$2/b"'))),
    }  # fmt: skip
    here = {name: peer for name, (tool, peer) in found.items() if shutil.which(tool)}
    return {**here, "bagit.py": Peer(shell(f'cp -r "$1" "$2/bag"; {_bagit()} --sha256 "$2/bag"; sync -f "$2"'))}


def _bagit() -> str:
    """A command that makes a bag in place."""
    where = Path(os.environ.get("WILLAKUY_BENCH", Path.home() / ".cache" / "willakuy-bench")) / "bagit"
    python = where / "bin" / "python"
    if not python.exists():
        venv.create(where, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "bagit==1.9.0"], check=True)
    return f"{python} -m bagit"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--mib", type=int, default=1024, help="size of the one large file")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument(
        "--only", default="", help='these tools alone, as "willakuy;cp -r, sync -f"; cp must be among them'
    )
    parser.add_argument("--place", type=Path, help="a folder on the disk to measure")
    wanted = parser.parse_args()
    runs = {name: peer for name, peer in peers().items() if not wanted.only or name in wanted.only.split(";")}
    kinds = [
        (f"{wanted.files:,} small files", wanted.files, _small),
        (f"one file of {wanted.mib:,} MiB", wanted.mib, _large),
    ]
    for about, n, make in kinds:
        if not n:
            continue
        with tempfile.TemporaryDirectory(dir=wanted.place) as place:
            source = Path(place) / "source"
            source.mkdir()
            size = make(source, n)
            _table(f"{about}, {size / 1e6:,.0f} MB", runs, source, Path(place), wanted.repeats)


def _table(about: str, runs: dict[str, Peer], source: Path, place: Path, repeats: int) -> None:
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
    for _ in range(repeats):
        for name, peer in runs.items():
            taken[name].append(_timed(peer, source, place / "target"))
    base_cpu, base_wall = _medians(taken[BASE])
    print(f"\n{about}\n| | processor s | to cp | wall s | to cp |\n|---|---|---|---|---|")
    for name, times in taken.items():
        cpu, wall = _medians(times)
        print(f"| {name} | {cpu:.2f} | {cpu / base_cpu:.2f} | {wall:.2f} | {wall / base_wall:.2f} |")
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


def _timed(peer: Peer, source: Path, target: Path) -> tuple[float, float]:
    target.mkdir()
    peer.before(source, target)
    os.sync()
    cpu, wall = _cpu_s(), time.perf_counter()
    peer.run(source, target)
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
