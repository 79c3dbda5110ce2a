"""Cutting the power after each call, with what was not synced there, or not, or in part."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2

from benchmarks.faults import bugs
from benchmarks.faults.disk import Boundary, Recorder, Tree, crashes, tree_of, with_folders
from benchmarks.faults.interrupts import Bench
from benchmarks.faults.judging import steps_from, violations
from benchmarks.faults.outcome import Outcome, Progress
from benchmarks.faults.tracing import WRITING, calls_in, traced
from benchmarks.faults.work import OUT, at_home, chosen, fresh, named

FULL = 55_000
"""Different states by default, over all works."""

DRAWN = 3.2
"""How many have to be drawn for one that was not seen before; measured."""

BUG_STATES = 2000

WHOLE_EVERY = 500
"""Every so manieth state is opened by the program itself, checked, and worked on to the end."""

BUGS = {
    "no file sync": (bugs.no_file_sync, "interrupted ingest"),
    "no folder sync": (bugs.no_folder_sync, "read"),
    "bundle named in a folder never synced": (bugs.no_folder_sync, "sync export"),
    "copy named before sync": (bugs.copy_named_before_sync, "sync join"),
    "entries before files": (bugs.entries_before_files, "sync import"),
    "event before bytes": (bugs.event_before_bytes, "ingest"),
    "database does not wait": (bugs.lazy_database, "judge"),
    "batch: no sync of bytes": (bugs.no_batch_byte_sync, "ingest"),
    "batch: no sync of names": (bugs.no_batch_name_sync, "ingest"),
    "known bytes trusted": (bugs.known_bytes_trusted, "interrupted ingest"),
    "release named before sync": (bugs.release_named_before_sync, "publish"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """What the undisturbed run left: rows of the ledger as SQLite gives them, checkpoints, and the files of the case."""

    rows: tuple[tuple[Any, ...], ...]
    wanted: tuple[frozenset[str], ...]
    files: Tree


class Cutter:
    """One recorded run, and every disk a power cut may have left of it."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.folder = bench, bench.folder
        bench.ack.unlink(missing_ok=True)
        fresh(bench.template, self.folder)
        recorder = Recorder(self.folder, bench.ack)
        names = ",".join((*WRITING, "lseek", "close"))
        options = ("-xx", "-s", "4000000", "-e", f"trace={names}")
        ended = traced(steps_from(bench.work, self.folder, bench.ack), bench.scratch, options, bench.scratch / "out")
        if ended.code != 0:
            raise RuntimeError((bench.scratch / "out").read_text())
        self.boundaries = list(recorder.boundaries(with_folders(calls_in(ended.log))))
        self.end = tree_of(self.boundaries[-1].durable)
        live = tree_of(_all_applied(self.boundaries[-1]))
        self.taken_away = {path: content for path, content in live.items() if path.startswith(f"{OUT}/")}
        self.written = _written(self.folder, live)
        self._judged: dict[tuple[bytes | None, ...], Any] = {}
        self._hashes: dict[bytes, str] = {}

    @property
    def n_pending(self) -> int:
        """Calls waiting to become durable, over all moments."""
        return sum(len(boundary.pending) for boundary in self.boundaries)

    def states(self, rng: random.Random, share: float) -> Iterator[tuple[int, Tree]]:
        """Different disks, each with how many steps were acknowledged: ``share`` drawn for each pending call."""
        seen: set[int] = set()
        for boundary in self.boundaries:
            for nodes in crashes(boundary, rng, -(-int(share * 100 * len(boundary.pending)) // 100)):
                tree = tree_of(nodes)
                key = hash((boundary.n_acked, frozenset(tree.items())))
                if key not in seen:
                    seen.add(key)
                    yield boundary.n_acked, tree

    def wrong(self, tree: Tree, n_acked: int) -> str | None:
        """The first thing that is not as promised, or ``None``."""
        reference = self.bench.reference
        if "case/case.toml" not in tree:
            return "the case is gone" if n_acked or reference.n_entries[0] else None
        for path in ("case/case.toml", "case/keys/device"):
            if tree.get(path) != self.written.files[path]:
                return f"{path} is missing or torn"
        rows = self._rows(tree)
        if isinstance(rows, str):
            return rows
        if rows != self.written.rows[: len(rows)]:
            return "the ledger holds what was never recorded"
        if len(rows) < reference.n_entries[n_acked]:
            return f"{reference.n_entries[n_acked] - len(rows)} acknowledged entries are lost"
        return (
            self._evidence_wrong(tree, len(rows))
            or self._releases_wrong(tree, reference.n_releases[n_acked])
            or self._taken_away_wrong(tree, n_acked)
        )

    def _taken_away_wrong(self, tree: Tree, n_acked: int) -> str | None:
        """The files that people take with them: whole under their names, and there once the first step was acknowledged."""
        for path, content in self.taken_away.items():
            if tree.get(path, content) != content:
                return f"{path} is torn under its final name"
            if n_acked and path not in tree:
                return f"{path} is lost"
        return None

    def _evidence_wrong(self, tree: Tree, n_rows: int) -> str | None:
        held = set()
        for path, content in tree.items():
            if path.startswith(("case/evidence/sha256/", "case/vault/sha256/")):
                name = path.rsplit("/", 1)[1]
                if self._sha256(content) != name:
                    return "evidence is torn under its final name"
                held.add(name)
        for wanted in self.written.wanted[:n_rows]:
            if not wanted <= held:
                return "an entry speaks of bytes that are not there"
        return None

    def _releases_wrong(self, tree: Tree, n_acked: int) -> str | None:
        found: dict[str, Tree] = {}
        for path, content in tree.items():
            if path.startswith("case/releases/") and not path.startswith("case/releases/."):
                _, _, name, rest = path.split("/", 3)
                found.setdefault(name, {})[rest] = content
        for name, files in found.items():
            if files != {
                p.split("/", 3)[3]: c for p, c in self.written.files.items() if p.startswith(f"case/releases/{name}/")
            }:
                return "a release is torn under its final name"
        return "an acknowledged release is lost" if len(found) < n_acked else None

    def _sha256(self, content: bytes) -> str:
        if content not in self._hashes:
            self._hashes[content] = hashlib.sha256(content).hexdigest()
        return self._hashes[content]

    def _rows(self, tree: Tree) -> tuple[tuple[Any, ...], ...] | str:
        """The ledger as SQLite finds it on that disk, or what SQLite says is wrong."""
        names = ("case.db", "case.db-wal", "case.db-journal")
        files = tuple(tree.get(f"case/{name}") for name in names)
        if files not in self._judged:
            place = self.bench.scratch / "db"
            place.mkdir(exist_ok=True)
            for name, content in zip(names, files, strict=True):
                (place / name).unlink(missing_ok=True)
                if content is not None:
                    (place / name).write_bytes(content)
            (place / "case.db-shm").unlink(missing_ok=True)
            self._judged[files] = read_rows(place / "case.db")
        return self._judged[files]

    def whole(self, tree: Tree, n_acked: int) -> list[str]:
        """The program itself opens the disk, checks it, and does the rest of the work."""
        fresh(self.bench.template, self.folder)
        for path in sorted((self.folder / "case").rglob("*"), reverse=True) if (self.folder / "case").exists() else []:
            path.rmdir() if path.is_dir() else path.unlink()
        for path, content in tree.items():
            if path.startswith(("case/", f"{OUT}/")):
                (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / path).write_bytes(content)
        at_home(self.folder / "case")
        return violations(self.bench.reference, self.folder, self.bench.scratch, n_acked)


def _all_applied(boundary: Boundary) -> dict[int, Any]:
    from benchmarks.faults.disk import applied

    return applied(boundary.durable, list(boundary.pending))


def _written(folder: Path, live: Tree) -> Written:
    """Also makes sure that the model of the disk ended as the disk did."""
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in (folder / "case").rglob("*") if p.is_file()}
    if files != {path: content for path, content in live.items() if path.startswith("case/")}:
        differing = [p for p in files.keys() | live.keys() if p.startswith("case/") and files.get(p) != live.get(p)]
        raise RuntimeError(f"the model of the disk is wrong: {differing[:5]}")
    rows = read_rows(folder / "case" / "case.db")
    if isinstance(rows, str):
        raise TypeError(rows)
    return Written(rows, tuple(_wanted(row) for row in rows), files)


def read_rows(path: Path) -> tuple[tuple[Any, ...], ...] | str:
    """Every row of the ledger, in the order in which they came."""
    if not path.exists():
        return "there is no database"
    try:
        connection = dbapi2.connect(str(path))
        try:
            said = connection.execute("PRAGMA quick_check").fetchone()[0]
            rows = connection.execute(
                "SELECT device, seq, lamport, kind, fields, salts, commitment FROM ledger_entry ORDER BY rowid"
            )
            return tuple(map(tuple, rows)) if said == "ok" else f"database: {said}"
        finally:
            connection.close()
    except dbapi2.Error as e:
        return f"database: {e}"


def _wanted(row: tuple[Any, ...]) -> frozenset[str]:
    fields = json.loads(row[4])
    names = ("object.sha256", "sha256", "pairs_sha256", "parent.sha256", "file_sha256")
    return frozenset(fields[name] for name in names if name in fields) if row[3] != "release" else frozenset()


def power(scratch: Path, rng: random.Random, count: int | None, progress: Progress) -> Outcome:
    """Every work, cut after every call; the seeded bugs with fewer states of one work each."""
    outcome = Outcome(
        "power", "different disks after a power cut; unsynced bytes and names there, gone, torn, reordered"
    )
    cutters = [Cutter(Bench(work, scratch / f"{i}")) for i, work in enumerate(chosen())]
    share = (count or FULL) * DRAWN / sum(cutter.n_pending for cutter in cutters)
    n_whole = 0
    for cutter in cutters:
        n_before = outcome.n
        for n_acked, tree in cutter.states(rng, share):
            outcome.n += 1
            said = cutter.wrong(tree, n_acked)
            if said is None and outcome.n % WHOLE_EVERY == 0:
                n_whole += 1
                said = "; ".join(cutter.whole(tree, n_acked)) or None
            if said:
                outcome.violations.append(f"{cutter.bench.work.name}, {n_acked} acknowledged: {said}")
            progress(outcome.n)
        outcome.facts[cutter.bench.work.name] = outcome.n - n_before
    outcome.facts |= {"calls cut after": sum(len(c.boundaries) for c in cutters), "worked on to the end": n_whole}
    works = {cutter.bench.work.name for cutter in cutters}
    for i, (name, (bug, work)) in enumerate(BUGS.items()):
        if work not in works:
            continue
        outcome.caught[name] = _n_caught(bug, work, scratch / f"bug-{i}", rng)
    return outcome


def _n_caught(bug: Callable[[], Any], work: str, scratch: Path, rng: random.Random) -> int:
    """How many states show the seeded bug."""
    bench = Bench(named([work])[0], scratch)
    with bug():
        cutter = Cutter(bench)
    return sum(
        cutter.wrong(tree, n_acked) is not None for n_acked, tree in cutter.states(rng, BUG_STATES / cutter.n_pending)
    )
