"""Teams that work apart: random schedules of recording, late, repeated and partial bundles, and devices that sign two histories.

    merge   honest devices: at the end every copy holds the same tables byte for byte, whatever came in which order
    fork    one device equivocates: the honest copies find it, with proof, and accuse nobody else

Each schedule runs the program itself on real folders. Every seeded bug is a change of one function that a careless
implementation could contain; its schedules must fail.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from benchmarks.faults.outcome import Outcome
from tests.casefile.sync.devices import SOURCE, Team, claim, judged
from willakuy.casefile import projections
from willakuy.casefile.keys import keep_device, read_device
from willakuy.casefile.schema import ledger_entry
from willakuy.casefile.stored import domain_fields, logged_of
from willakuy.casefile.sync import Fork, checking, conflicts, importing
from willakuy.casefile.sync.errors import BundleBeginsLater, BundleNotRead
from willakuy.ledger import NoteNotValid
from willakuy.statements.judgements import IdentityVerdict
from willakuy.statements.sources import Source

NAMES = ("ana", "berta", "clara")
STEPS = 9
TRIES = 12
"""Schedules run with each seeded bug."""

Progress = Callable[[int], None]


def merge(scratch: Path, chance: random.Random, n: int | None, told: Progress) -> Outcome:
    """``n`` schedules of honest devices, 1,000 by default."""
    outcome = Outcome("merge", "three devices apart, then together: copies compared byte for byte")
    template = _template(scratch)
    for i in range(n or 1000):
        outcome.violations += [
            f"schedule {i}: {v}" for v in _merge_once(template, scratch, random.Random(chance.random()), outcome)
        ]
        outcome.n += 1
        told(outcome.n)
    for bug, change in MERGE_BUGS.items():
        with change():
            found = sum(
                bool(_merge_once(template, scratch, random.Random(f"{bug}{i}"), Outcome("", ""))) for i in range(TRIES)
            )
        outcome.caught[bug] = found
    return outcome


def fork(scratch: Path, chance: random.Random, n: int | None, told: Progress) -> Outcome:
    """``n`` schedules with one device that signs two histories, 1,000 by default."""
    outcome = Outcome("fork", "one of three devices signs two histories: found by the others, with proof")
    template = _template(scratch)
    for i in range(n or 1000):
        outcome.violations += [
            f"schedule {i}: {v}" for v in _fork_once(template, scratch, random.Random(chance.random()), outcome)
        ]
        outcome.n += 1
        told(outcome.n)
    for bug, change in FORK_BUGS.items():
        with change():
            found = sum(
                bool(_fork_once(template, scratch, random.Random(f"{bug}{i}"), Outcome("", ""))) for i in range(TRIES)
            )
        outcome.caught[bug] = found
    return outcome


def _template(scratch: Path) -> Path:
    """A team whose devices know one another, made once and copied for each schedule."""
    root = scratch / "template"
    if not root.exists():
        root.mkdir()
        team = Team(root)
        team.begin("ana")
        for name in NAMES[1:]:
            team.join("ana", name)
        for name in NAMES[1:]:
            team.send(name, "ana")
        for name in NAMES[1:]:
            team.send("ana", name)
    return root


def _team(template: Path, scratch: Path, chance: random.Random) -> Team:
    root = scratch / "schedule"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(template, root, ignore=shutil.ignore_patterns("*.wsync"))
    team = Team(root, f"{chance.random()}")
    for name in NAMES:
        _settle(team, name)
    return team


def _settle(team: Team, name: str) -> None:
    """Make a copied folder the place where its device signs: the copy stands for the original here."""
    device = read_device(team.folder(name))
    assert device is not None
    keep_device(team.folder(name), device)


def _record(team: Team, name: str, chance: random.Random) -> None:
    match chance.choice((0, 1, 1, 2, 2, 3, 4)):
        case 0:
            team.say(name, claim(f"{name}{chance.randrange(10**6)}", chance.randrange(1, 60)))
        case 1:
            try:
                team.say(name, claim(f"shared{chance.randrange(2)}", chance.randrange(1, 60)))
            except Exception as e:
                if type(e).__name__ != "DuplicateId":
                    raise
        case 2:
            team.say(name, Source(SOURCE.source_id, f"Radio {chance.randrange(50)}", "press"))
        case 3:
            verdict = chance.choice([IdentityVerdict.same, IdentityVerdict.different])
            team.say(name, judged(f"{name}{chance.randrange(10**6)}", verdict, name))
        case _:
            team.keep(name, chance.randbytes(chance.randrange(1, 3000)))


def _merge_once(template: Path, scratch: Path, chance: random.Random, outcome: Outcome) -> list[str]:
    team = _team(template, scratch, chance)
    under_way: list[tuple[str, Path]] = []
    for _ in range(STEPS):
        name, other = chance.sample(NAMES, 2)
        match chance.randrange(4):
            case 0 | 1:
                _record(team, name, chance)
            case 2:
                under_way.append((other, team.bundle(name, other if chance.random() < 0.5 else None)))
            case _ if under_way:
                who, bundle = chance.choice(under_way)
                _try(team, who, bundle, outcome)
    chance.shuffle(under_way)
    for who, bundle in under_way:
        _try(team, who, bundle, outcome)
    order = list(NAMES)
    chance.shuffle(order)
    for name in (*order[1:], *order[1:]):
        team.send(name, order[0])
        team.send(order[0], name, only_new=chance.random() < 0.5)
    wrong = []
    tables = [team.tables(name) for name in NAMES]
    if not tables[0] == tables[1] == tables[2]:
        wrong.append("the copies differ")
    clashes = []
    for name in NAMES:
        with team.of(name) as case:
            clashes.append(conflicts(case))
            case.rebuild()
    if team.tables(NAMES[0]) != tables[0] or team.tables(NAMES[2]) != tables[2]:
        wrong.append("a rebuild gives another table")
    if not clashes[0] == clashes[1] == clashes[2]:
        wrong.append("the clashes shown differ")
    if any(list((team.folder(name) / "forks").glob("*")) for name in NAMES):
        wrong.append("an honest device was accused")
    outcome.facts["clashes of ids"] = outcome.facts.get("clashes of ids", 0) + len(clashes[0])
    return wrong


def _try(team: Team, name: str, bundle: Path, outcome: Outcome) -> None:
    """Deliver a bundle, perhaps for the second time or too early."""
    try:
        done = team.take(name, bundle)
    except BundleBeginsLater:
        outcome.facts["came too early"] = outcome.facts.get("came too early", 0) + 1
        return
    outcome.facts["bundles late or repeated"] = outcome.facts.get("bundles late or repeated", 0) + (not done.entries)


def _fork_once(template: Path, scratch: Path, chance: random.Random, outcome: Outcome) -> list[str]:
    team = _team(template, scratch, chance)
    evil, *honest = chance.sample(NAMES, 3)
    shutil.copytree(team.folder(evil), team.folder("twin"))
    _settle(team, "twin")
    device, told = team.device(evil), set[str]()
    for branch, n in (("twin", 8), (evil, 9)):
        for _ in range(chance.randrange(1, 4)):
            team.note(branch, f"{branch} {chance.random()} {n}")
    seen: dict[str, str] = {}
    found: list[tuple[str, Path]] = []
    exchanges = 0
    branches = [evil, "twin"]
    chance.shuffle(branches)
    plan = [*zip(branches, honest, strict=True)]
    plan += [(chance.choice([evil, "twin"]), chance.choice(honest)) for _ in range(chance.randrange(3))]
    plan += [chance.sample(honest, 2) for _ in range(chance.randrange(2))]
    plan += [tuple(honest), tuple(reversed(honest))]
    for sender, receiver in plan:
        if sender in honest and chance.random() < 0.3:
            _record(team, sender, chance)
        if sender not in honest and chance.random() < 0.4:
            team.note(sender, f"more {chance.random()}")
        try:
            done = team.take(receiver, team.bundle(sender, receiver if chance.random() < 0.5 else None))
        except (BundleBeginsLater, BundleNotRead) as e:
            told.add(type(e).__name__)
            continue
        exchanges += 1
        seen[receiver] = sender
        found += done.forks
        if done.forks and "exchanges until found" not in outcome.facts:
            outcome.facts["exchanges until found"] = 0
        if done.forks:
            break
    wrong = []
    if not any(who == device for who, _ in found):
        wrong.append(f"two histories of {device} went unnoticed ({sorted(told)})")
    for who, path in found:
        try:
            _true_check(Fork.from_json(path.read_text("utf-8")))
        except NoteNotValid as e:
            wrong.append(f"the proof proves nothing: {e}")
        if who != device:
            wrong.append(f"an honest device was accused: {who}")
    longest = max(exchanges, outcome.facts.get("exchanges until found", 0))
    outcome.facts["exchanges until found"] = longest
    return wrong


_true_check = Fork.check


@contextmanager
def _changed(where: Any, name: str, to: object) -> Iterator[None]:
    before = getattr(where, name)
    setattr(where, name, to)
    try:
        yield
    finally:
        setattr(where, name, before)


def _fold_by_arrival(connection: Any) -> int:
    projections.forget_projections(connection)
    rows = connection.execute(ledger_entry.select().order_by(text("rowid"))).all()
    for row in rows:
        logged = logged_of(row._mapping)
        item = projections.Item.of(logged.entry.kind, domain_fields(logged.entry.fields))
        projections.project(connection, [(item, logged.order)])
    return len(rows)


def _accuse_with_one(log: Any, one: Any, two: Any) -> Fork:
    real = _true_fork(log, one, two)
    assert real is not None
    return Fork(real.vkey, real.size, (real.branches[0], real.branches[0]))


_true_fork = checking.fork_between

MERGE_BUGS: dict[str, Callable[[], Any]] = {
    "entries read in the order they came": lambda: _changed(importing, "fold_all", _fold_by_arrival),
    "new entries put after all others": lambda: _changed(importing, "fold_all", lambda _c: 0),
}
FORK_BUGS: dict[str, Callable[[], Any]] = {
    "histories that differ are not compared": lambda: _changed(checking, "fork_between", lambda *_: None),
    "the proof shows one history twice": lambda: _changed(checking, "fork_between", _accuse_with_one),
}
