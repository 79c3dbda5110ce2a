"""A disk that fills while the work is done, on four file systems; then there is space again and the work goes on."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.faults import bugs
from benchmarks.faults.interrupts import Bench
from benchmarks.faults.judging import n_acknowledged, steps_from, violations
from benchmarks.faults.outcome import Outcome, Progress
from benchmarks.faults.tracing import forked
from benchmarks.faults.work import fresh, named
from willakuy.casefile import engine

SYSTEMS = {
    "ext4, blocks of 1 KiB": ("mkfs.ext4 -q -b 1024", 40),
    "ext4, blocks of 4 KiB": ("mkfs.ext4 -q -b 4096", 40),
    "xfs": ("mkfs.xfs -q", 320),
    "btrfs": ("mkfs.btrfs -q -f --mixed", 120),
}
LEVELS_KIB = tuple(range(0, 264, 8))
WORKS = ("ingest", "import")


def full(scratch: Path, rng: random.Random, count: int | None, progress: Progress) -> Outcome:
    """Every file system at every level of free space; needs root, to mount an image."""
    outcome = Outcome("full", "disk full at 0 to 256 KiB free, in steps of 8, then space again")
    if os.geteuid() != 0 or not shutil.which("mkfs.ext4"):
        outcome.skipped = "needs root and mkfs, to mount an image"
        return outcome
    benches = [Bench(work, scratch / work.name) for work in named(WORKS)]
    runs = [(system, kib) for system in SYSTEMS if shutil.which(SYSTEMS[system][0].split()[0]) for kib in LEVELS_KIB]
    if count is not None and count < len(runs):
        runs = sorted(rng.sample(runs, count))
    for system in dict.fromkeys(system for system, _ in runs):
        with _mounted(system, scratch) as place:
            for i, kib in enumerate(kib for chosen, kib in runs if chosen == system):
                outcome.n += 1
                outcome.facts[system] = outcome.facts.get(system, 0) + 1
                bench = benches[i % len(benches)]
                outcome.violations += [f"{system}, {kib} KiB, {bench.work.name}: {v}" for v in _fill(bench, place, kib)]
                progress(outcome.n)
    with _mounted(next(iter(SYSTEMS)), scratch) as place:
        for name, bug in BUGS.items():
            with bug():
                outcome.caught[name] = int(any(_fill(bench, place, kib) for kib in LEVELS_KIB for bench in benches))
    return outcome


def _fill(bench: Bench, place: Path, kib: int) -> list[str]:
    """Do the work with ``kib`` free, then with space, on the disk at ``place``."""
    folder = fresh(bench.template, place / "now")
    ack, ballast = bench.scratch / "ack", place / "ballast"
    ack.unlink(missing_ok=True)
    _leave_free(ballast, kib)
    ended = forked(steps_from(bench.work, folder, ack), bench.scratch / "out")
    said = (bench.scratch / "out").read_text(errors="replace")
    wrong = []
    if ended.signal is not None:
        wrong.append(f"died of signal {ended.signal}")
    if ended.code == 98 or "Traceback" in said:
        wrong.append(f"a traceback: {said[-300:]}")
    ballast.unlink()
    os.sync()
    return wrong + violations(bench.reference, folder, bench.scratch, n_acknowledged(ack))


def _leave_free(ballast: Path, kib: int) -> None:
    """Fill the disk to its last block, but for ``kib`` that were set aside before."""
    aside = ballast.with_name("aside")
    aside.write_bytes(bytes(kib * 1024))
    os.sync()
    with ballast.open("wb", buffering=0) as out:
        size = 1 << 20
        while size >= 512:
            try:
                out.write(bytes(size))
            except OSError:
                size //= 2
        with contextlib.suppress(OSError):
            os.fsync(out.fileno())
    aside.unlink()
    os.sync()


@contextlib.contextmanager
def _mounted(system: str, scratch: Path) -> Iterator[Path]:
    """A fresh file system in an image, unmounted in the end."""
    command, mib = SYSTEMS[system]
    image, place = scratch / "image", scratch / "mounted"
    with image.open("wb") as out:
        out.truncate(mib << 20)
    place.mkdir(exist_ok=True)
    subprocess.run([*command.split(), str(image)], check=True, capture_output=True)
    subprocess.run(["mount", "-o", "loop", str(image), str(place)], check=True, capture_output=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)
        image.unlink()


BUGS = {
    "index shared on a full disk": lambda: bugs.patched((engine, "NEARLY_FULL", 0)),
    "errors not put into words": bugs.errors_not_put_into_words,
}
