"""Bits that flip, files cut short, files gone: every one is named by ``verify``, or changes nothing anybody can read."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2

from benchmarks.faults import bugs
from benchmarks.faults.outcome import Outcome, Progress
from benchmarks.faults.work import at_home, named, prepare, sealed_case
from willakuy.casefile import checking
from willakuy.casefile.case import Case
from willakuy.casefile.keys import read_device
from willakuy.casefile.settings import read_settings
from willakuy.errors import WillakuyError
from willakuy.publication import verify_case

FLIPS = 400
"""Of each class of file."""


@dataclass(frozen=True, slots=True)
class Damage:
    path: str
    what: str
    data: bytes | None
    """What the file holds now; ``None``: it is gone."""


def class_of(path: str) -> str:
    """Files that are damaged alike are one class."""
    for start, name in (
        ("case.db", "database"),
        ("case.toml", "settings"),
        ("scopes.toml", "draft of a rule"),
        ("keys/", "key"),
        ("evidence/", "evidence"),
        ("vault/", "vault"),
    ):
        if path.startswith(start):
            return name
    inside = path.split("/", 2)[2]
    if inside.startswith("ledger/"):
        return "release: policy" if inside.endswith("policy") else "release: log"
    return {
        "data": "release: data",
        "seal.json": "release: seal",
        "manifest.json": "release: manifest",
        "verify.py": "release: verifier",
    }.get(inside.split("/")[0], "release: site")


def damages(files: dict[str, bytes], rng: random.Random, n_flips: int) -> Iterator[Damage]:
    """``n_flips`` single bits of each class, and of every file: empty, half, one byte less, a sector less, gone."""
    classes: dict[str, list[str]] = {}
    for path in files:
        classes.setdefault(class_of(path), []).append(path)
    for paths in classes.values():
        weights = [len(files[path]) for path in paths]
        for path in rng.choices(paths, weights, k=n_flips):
            bit = rng.randrange(8 * len(files[path]))
            data = bytearray(files[path])
            data[bit // 8] ^= 1 << bit % 8
            yield Damage(path, f"bit {bit}", bytes(data))
    for path, data in files.items():
        for what, cut in (("empty", 0), ("half", len(data) // 2), ("-1", len(data) - 1), ("-512", len(data) - 512)):
            if 0 <= cut < len(data):
                yield Damage(path, what, data[:cut])
        yield Damage(path, "gone", None)


class Shelf:
    """A case on the shelf, damaged one file at a time and made whole again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = {
            p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
        }
        self.content = readable_in(folder)
        self.usual = frozenset(verify_case(folder).notes)
        """What ``verify`` says of the undamaged case too."""

    def suffer(self, damage: Damage) -> str | None:
        """What went wrong with noticing it, if anything."""
        path = self.folder / damage.path
        path.unlink()
        if damage.data is not None:
            path.write_bytes(damage.data)
        try:
            return self._noticed(damage)
        finally:
            path.unlink(missing_ok=True)
            self._restore(damage.path)

    def _noticed(self, damage: Damage) -> str | None:
        try:
            report = verify_case(self.folder)
        except Exception as e:
            return f"verify raised {type(e).__name__}: {e}"
        said = [*report.damaged, *(note for note in report.notes if note not in self.usual)]
        if said:
            name = damage.path.rsplit("/", 1)[1] if "/" in damage.path else damage.path
            says = " ".join(said)
            return (
                None if name in says or class_of(damage.path) in ("database", "vault") else f"not named: {says[:200]}"
            )
        try:
            now = readable_in(self.folder)
        except (WillakuyError, OSError, dbapi2.Error) as e:
            return f"verify said all is well; reading it: {e}"
        return None if now == self.content else "verify said all is well, and a value has changed"

    def _restore(self, damaged: str) -> None:
        """The file, and the database, which a reader may have written to."""
        for path in {damaged, "case.db"}:
            (self.folder / path).unlink(missing_ok=True)
            (self.folder / path).write_bytes(self.files[path])
        at_home(self.folder)
        for name in ("case.db-wal", "case.db-shm", "case.db-journal"):
            (self.folder / name).unlink(missing_ok=True)


def readable_in(folder: Path) -> list[Any]:
    """Every value of the parts whose bytes may change without a change of value, and the bytes of all others."""
    connection = dbapi2.connect(f"file:{folder / 'case.db'}?mode=ro", uri=True)
    try:
        names = ("ledger_entry", "checkpoint", "projected", "setting")
        rows = [sorted(map(repr, connection.execute(f"SELECT * FROM {name}"))) for name in names]
    finally:
        connection.close()
    parts = ("evidence", "vault", "releases")
    others = [(p, p.read_bytes()) for part in parts for p in sorted((folder / part).rglob("*")) if p.is_file()]
    return [*rows, read_settings(folder), read_device(folder), others]


def rot(scratch: Path, rng: random.Random, count: int | None, progress: Progress) -> Outcome:
    """A published case with sealed fields; every class of its files."""
    outcome = Outcome("rot", "bits flipped, files cut short or gone, one at a time, in a case and its release")
    prepare(named(["publish"])[0], scratch / "one", (*named(["publish"])[0].steps[:1], *sealed_case()))
    shelf = Shelf(scratch / "one" / "case")
    chosen = list(damages(shelf.files, rng, FLIPS))
    if count is not None and count < len(chosen):
        chosen = rng.sample(chosen, count)
    for damage in chosen:
        outcome.n += 1
        kind = class_of(damage.path)
        outcome.facts[kind] = outcome.facts.get(kind, 0) + 1
        if said := shelf.suffer(damage):
            outcome.violations.append(f"{damage.path}, {damage.what}: {said}")
        progress(outcome.n)
    for name, (bug, kind) in BUGS.items():
        some = [d for d in damages(shelf.files, rng, 200) if class_of(d.path) == kind]
        with bug():
            outcome.caught[name] = int(any(shelf.suffer(d) is not None for d in some))
    return outcome


def _unchecked(name: str) -> Callable[[], Any]:
    """A check that is not made."""
    return lambda: bugs.patched((checking, name, lambda *_args: 0))


BUGS: dict[str, tuple[Callable[[], Any], str]] = {
    "key not checked": (_unchecked("_check_key"), "key"),
    "settings not checked": (_unchecked("_check_settings"), "settings"),
    "evidence not hashed": (_unchecked("_check_evidence"), "evidence"),
    "sealed files not hashed": (_unchecked("_check_sealed"), "vault"),
    "ledger not recomputed": (lambda: bugs.patched((Case, "check_ledger", lambda _self: 0)), "database"),
}
