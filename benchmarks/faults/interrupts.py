"""Killing a process at each of its system calls, and making each of them fail once."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.faults import bugs
from benchmarks.faults.judging import Reference, n_acknowledged, reference_of, steps_from, violations
from benchmarks.faults.outcome import Outcome, Progress
from benchmarks.faults.tracing import READING, WRITING, Call, Ended, calls_in, traced
from benchmarks.faults.work import OUT, Work, chosen, fresh, named, prepare

ERRORS_OF = {"openat": ("EMFILE", "EIO", "ENOSPC"), "write": ("ENOSPC", "EIO"), "pwrite64": ("ENOSPC", "EIO")}
FULL_TOO = ("mkdir", "mkdirat", "link", "linkat", "rename", "renameat", "renameat2", "fsync", "fdatasync", "syncfs")
SYNCS = ("fsync", "fdatasync", "syncfs", "sync")


@dataclass(frozen=True, slots=True)
class Point:
    """One call of one piece of work, and what is to happen there: ``KILL`` or the name of an error."""

    work: str
    call: Call
    what: str
    is_promise: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    point: Point
    is_hit: bool
    violations: tuple[str, ...]

    def said(self) -> list[str]:
        at = f"{self.point.work}, {self.point.what} at {self.point.call.name} #{self.point.call.nth}"
        return [f"{at}: {violation}" for violation in self.violations]


class Bench:
    """One piece of work, ready to be disturbed again and again in ``scratch``."""

    def __init__(self, work: Work, scratch: Path) -> None:
        self.work, self.scratch = work, scratch
        scratch.mkdir()
        self.template, self.folder, self.ack = scratch / "template", scratch / "now", scratch / "ack"
        prepare(work, self.template)
        self._import_everything()
        self.reference: Reference = reference_of(work, fresh(self.template, self.folder), scratch)

    def _import_everything(self) -> None:
        """Do the work once here, so that no child has anything left to import."""
        fresh(self.template, self.folder)
        for step in self.work.steps:
            step(self.folder)

    def run(self, options: tuple[str, ...]) -> Ended:
        """The work from its start, under ``strace``, in a fresh copy."""
        self.ack.unlink(missing_ok=True)
        fresh(self.template, self.folder)
        return traced(steps_from(self.work, self.folder, self.ack), self.scratch, options, self.scratch / "out")

    def calls(self, names: tuple[str, ...]) -> list[Call]:
        """The calls of undisturbed work that touch the case, in the main thread."""
        log = self.run(("-s", "0", "-e", "trace=" + ",".join(names))).log
        calls = calls_in(log)
        main, places = calls[0].thread, [str(self.folder / name) for name in ("case", OUT)]
        return [
            c
            for c in calls
            if c.thread == main and (c.name in ("syncfs", "sync") or any(place in c.args for place in places))
        ]

    def disturb(self, point: Point) -> Verdict:
        """Do the work, let ``point`` happen, and look at what is left."""
        effect = "signal=KILL" if point.what == "KILL" else f"error={point.what}"
        name, nth = point.call.name, point.call.nth
        ended = self.run(("-s", "0", "-e", f"trace={name}", "-e", f"inject={name}:{effect}:when={nth}"))
        is_hit = ended.signal == 9 if point.what == "KILL" else "(INJECTED)" in ended.log
        n_acked = n_acknowledged(self.ack)
        wrong = [] if point.what == "KILL" else self._badly_told(point, ended)
        wrong += violations(self.reference, self.folder, self.scratch, n_acked)
        return Verdict(point, is_hit, tuple(wrong))

    def _badly_told(self, point: Point, ended: Ended) -> list[str]:
        """A crash where a sentence was due, or an "ok" where a sync of something acknowledged had failed."""
        said = (self.scratch / "out").read_text(errors="replace")
        if ended.signal or ended.code == 98 or "Traceback" in said:
            return [f"died: signal {ended.signal}, code {ended.code}: {said.strip()[-500:]}"]
        if ended.code == 0 and point.is_promise:
            return ["said it was done though a sync had failed"]
        return []


def promises(calls: list[Call]) -> set[int]:
    """Which of ``calls`` are syncs that an acknowledgement rests on, by their place.

    All but: a sync of what was synced and not written since (SQLite syncs its log again before it empties it), and of
    the database itself, whose content stays in the log, synced, until moving it has worked.
    """
    written: set[str] = set()
    out = set()
    for i, call in enumerate(calls):
        place = _place(call)
        if call.name in SYNCS:
            if call.name.startswith("sync") or (place in written and not place.endswith("case.db")):
                out.add(i)
            written.discard(place)
        elif call.name in WRITING:
            written.add(place)
            written.update(_folders(call))
    return out


def _place(call: Call) -> str:
    """The path behind the first descriptor of a call."""
    match = re.search(r"<([^>]*)>", call.args)
    return match[1] if match else ""


def _folders(call: Call) -> list[str]:
    """The folders in which a call makes or removes a name."""
    if call.name.startswith("open") and "O_CREAT" not in call.args:
        return []
    return [path.rsplit("/", 1)[0] for path in re.findall(r'"(/[^"]*)"', call.args)]


def kill_points(bench: Bench) -> list[Point]:
    return [Point(bench.work.name, call, "KILL") for call in bench.calls(WRITING)]


def failing_points(bench: Bench) -> list[Point]:
    calls = bench.calls(WRITING + READING)
    promised = promises(calls)
    out = []
    for i, call in enumerate(calls):
        for error in ERRORS_OF.get(call.name, ("EIO", "ENOSPC") if call.name in FULL_TOO else ("EIO",)):
            out.append(Point(bench.work.name, call, error, is_promise=i in promised))
    return out


KILL_BUGS = {
    "bytes written in place": (bugs.bytes_written_in_place, "ingest", ("write",)),
    "event before bytes": (bugs.event_before_bytes, "ingest", ("write", "link")),
    "bundle written in place": (bugs.bundle_written_in_place, "sync export", ("write",)),
    "entries before files": (bugs.entries_before_files, "sync import", ("write", "link")),
    "release written in place": (bugs.release_written_in_place, "publish", ("write",)),
}
FAIL_BUGS = {
    "sync errors passed over": (bugs.sync_errors_passed_over, "ingest", ("fsync", "syncfs")),
    "errors not put into words": (bugs.errors_not_put_into_words, "ingest", ("write", "link")),
}


def kill(scratch: Path, rng: random.Random, count: int | None, progress: Progress) -> Outcome:
    """``kill -9`` at every call that writes or makes something durable."""
    outcome = Outcome("kill", "kill -9 before each writing system call")
    return _run(outcome, kill_points, KILL_BUGS, scratch, rng, count, progress)


def fail(scratch: Path, rng: random.Random, count: int | None, progress: Progress) -> Outcome:
    """Every call that touches the case fails once; by default 2,500 of them, drawn evenly over the works."""
    outcome = Outcome("fail", "one system call answers EIO, ENOSPC or EMFILE")
    return _run(outcome, failing_points, FAIL_BUGS, scratch, rng, count or 2500, progress)


def _run(
    outcome: Outcome,
    points_of: Callable[[Bench], list[Point]],
    seeded: Mapping[str, tuple[Callable[[], Any], str, tuple[str, ...]]],
    scratch: Path,
    rng: random.Random,
    count: int | None,
    progress: Progress,
) -> Outcome:
    works = chosen()
    for i, work in enumerate(works):
        share = None if count is None else -(-count // len(works))
        for verdict in verdicts(Bench(work, scratch / f"{i}"), points_of, share, rng):
            outcome.facts[work.name] = outcome.facts.get(work.name, 0) + verdict.is_hit
            outcome.n += verdict.is_hit
            outcome.violations += verdict.said()
            progress(outcome.n)
    for i, (name, (bug, work_name, calls)) in enumerate(seeded.items()):
        if work_name not in {work.name for work in works}:
            continue
        bench = Bench(named([work_name])[0], scratch / f"bug-{i}")
        with bug():
            points = [point for point in points_of(bench) if point.call.name in calls]
            rng.shuffle(points)
            outcome.caught[name] = int(any(bench.disturb(point).violations for point in points))
    return outcome


def verdicts(
    bench: Bench, points_of: Callable[[Bench], list[Point]], count: int | None, rng: random.Random
) -> Iterator[Verdict]:
    """Of every point of one work, or of ``count`` of them drawn at random; the seeded bugs at random until noticed."""
    points = points_of(bench)
    if count is not None and count < len(points):
        points = sorted(rng.sample(points, count), key=points.index)
    for point in points:
        yield bench.disturb(point)
