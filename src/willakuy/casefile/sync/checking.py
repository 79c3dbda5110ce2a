"""Judging a bundle before anything of it is recorded: every entry, every head, every file, and on whose word.

What is checked here is everything that could be wrong. Only then does ``importing`` write, in one transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import Connection, select

from willakuy.casefile.devices import TRUSTS, KnownDevice, believed, introduced_by, known_devices
from willakuy.casefile.logs import commitments_of, roots_at, sizes_of
from willakuy.casefile.references import evidence_in, sealed_in
from willakuy.casefile.schema import ledger_entry
from willakuy.casefile.stored import logged_of
from willakuy.casefile.sync.bundle import Bundle, LogPart
from willakuy.casefile.sync.forks import Branch, Fork, History, fork_between, fork_by_proof, head_of
from willakuy.casefile.sync.framing import Limited, NotABundle, lines_of
from willakuy.casefile.sync.heads import Heads, holds, read_heads
from willakuy.evidence import Store
from willakuy.ledger import (
    EMPTY_ROOT,
    Checkpoint,
    GrowingTree,
    Logged,
    Note,
    NoteNotValid,
    Signature,
    is_consistent,
    tree_over,
)
from willakuy.ledger.notes import strict_b64
from willakuy.statements.corpus import PairProposal

_LONGEST_PAIR = 1 << 20
_ROOM = 1_000_000
"""By how much a lamport time may exceed the number of entries there are: nobody can push time to its end."""


class BeginsLater(Exception):
    def __init__(self, device: str, start: int, size: int) -> None:
        self.device, self.start, self.size = device, start, size


class NotVouchedFor(Exception):
    def __init__(self, device: KnownDevice) -> None:
        self.device = device


@dataclass(slots=True)
class Told:
    """What the entries of a bundle speak of."""

    evidence: set[str] = field(default_factory=set)
    sealed: set[str] = field(default_factory=set)
    pairs: set[str] = field(default_factory=set)
    wanted: set[str] = field(default_factory=set)
    vouched: list[tuple[str, str]] = field(default_factory=list)
    last_lamport: int = 0
    n: int = 0

    def take(self, logged: Logged, *, is_new: bool) -> None:
        fields = logged.entry.fields
        speaks = evidence_in(fields)
        self.evidence |= speaks
        self.sealed |= sealed_in(fields)
        self.n += 1
        self.last_lamport = max(self.last_lamport, logged.lamport)
        if is_new:
            self.wanted |= speaks
            if logged.entry.kind == "link-run":
                self.pairs |= speaks
        if logged.entry.kind == TRUSTS:
            self.vouched.append((logged.device, str(fields.get("vkey"))))


@dataclass(slots=True)
class CheckedLog:
    """What a bundle says of one log, found good. ``new`` are the commitments of the entries after our ``held`` ones.

    ``forks`` prove that the device signed another history; then nothing of the log is taken. ``lines`` are the
    cosignatures that hold, by the size of the head they are of.
    """

    device: KnownDevice
    part: LogPart
    held: int
    new: list[bytes] = field(default_factory=list)
    notes: dict[int, Note] = field(default_factory=dict)
    forks: list[Fork] = field(default_factory=list)
    told: Told = field(default_factory=Told)

    @property
    def is_taken(self) -> bool:
        return not self.forks and bool(self.new)


@dataclass(slots=True)
class Checked:
    """``trusted`` are devices believed because a person compared the fingerprint now."""

    logs: list[CheckedLog]
    forks: list[Fork]
    trusted: list[KnownDevice]
    devices: dict[str, KnownDevice]
    lines: dict[tuple[str, int], list[Signature]]


def check_bundle(connection: Connection, bundle: Bundle, case_id: str, store: Store, trust: Collection[str]) -> Checked:
    """Everything about ``bundle`` that can be checked against this copy.

    Args:
        trust: fingerprints of devices that a person has compared.

    Raises:
        NotABundle, BeginsLater, NotVouchedFor
    """
    known, heads, sizes = known_devices(connection, case_id), read_heads(connection), sizes_of(connection)
    logs = [
        _check_log(connection, bundle, part, case_id, known, heads, sizes.get(part.device, 0))
        for part in bundle.manifest.logs
    ]
    n_entries = sum(sizes.values()) + sum(log.told.n for log in logs)
    if max((log.told.last_lamport for log in logs), default=0) > n_entries + _ROOM:
        raise NotABundle("an entry claims to come after far more entries than there are")
    devices = {**known, **{log.device.device_id: log.device for log in logs}}
    vouched = [word for log in logs if not log.forks for word in log.told.vouched]
    trusted = _check_trust(connection, known, devices, vouched, trust)
    _check_files(bundle, store, logs)
    forks = [fork for log in logs for fork in log.forks] + _told_forks(bundle, devices)
    return Checked(logs, forks, trusted, devices, _lines(logs, devices))


def _check_log(
    connection: Connection,
    bundle: Bundle,
    part: LogPart,
    case_id: str,
    known: Mapping[str, KnownDevice],
    heads: Heads,
    held: int,
) -> CheckedLog:
    if not 0 <= part.start <= part.size:
        raise NotABundle(f"the log of device {part.device} ends before it begins")
    if part.start > held:
        raise BeginsLater(part.device, part.start, held)
    entries = bundle.entries(part)
    device = known.get(part.device)
    start_root = strict_root(part.start_root)
    same_start = start_root == (roots_at(connection, part.device, [part.start])[part.start] if held else EMPTY_ROOT)
    tree, roots = GrowingTree(), dict[int, bytes]()
    if same_start:
        tree.extend(commitments_of(connection, part.device, end=part.start))
    ours = commitments_of(connection, part.device, part.start)
    theirs: list[bytes] = []
    told, differs = Told(), False
    sizes = iter(sorted({_size_of(note) for note in part.notes} | {part.size}))
    at = next(sizes)
    while at < part.start:
        at = next(sizes, part.size)
    if at == part.start:
        roots[at] = tree.root()
        at = next(sizes, -1)
    for logged, row in entries:
        if device is None:
            device = _introduced(logged, case_id)
        commitment = row["commitment"]
        assert isinstance(commitment, bytes)
        theirs.append(commitment)
        is_new = logged.seq >= held
        if not is_new and next(ours) != commitment:
            differs = True
        told.take(logged, is_new=is_new)
        tree.extend([commitment])
        if logged.seq + 1 == at:
            roots[at] = tree.root()
            at = next(sizes, -1)
    if device is None:
        raise NotABundle(f"nothing says who device {part.device} is")
    log = CheckedLog(device, part, held, theirs[held - part.start :], told=told)
    return _judge_log(connection, log, heads, roots, theirs, same_start=same_start, differs=differs)


def _judge_log(
    connection: Connection,
    log: CheckedLog,
    heads: Heads,
    roots: dict[int, bytes],
    theirs: list[bytes],
    *,
    same_start: bool,
    differs: bool,
) -> CheckedLog:
    """Compare the heads in the bundle with what its entries and ours lead to."""
    part, verifier = log.part, log.device.log
    notes: dict[int, Note] = {}
    for text in part.notes:
        try:
            head = head_of(text, verifier)
        except NoteNotValid as e:
            raise NotABundle(f"a head of device {part.device} is not valid ({e})") from e
        if head.size in notes or head.size > part.size:
            raise NotABundle(f"two heads of device {part.device} for one size, or one beyond the end")
        notes[head.size] = Note.parse(text)
    if part.size not in notes:
        raise NotABundle(f"no head of device {part.device} covers what is told of it")
    last = Checkpoint.parse(notes[part.size].text)
    if not same_start:
        proof = tuple(strict_root(h) for h in part.proof)
        if part.start == 0 or not is_consistent(part.start, strict_root(part.start_root), last.size, last.root, proof):
            raise NotABundle(f"the log of device {part.device} does not lead to the head it signed")
        branch = Branch(str(notes[part.size]), strict_root(part.start_root), proof)
        log.forks.append(fork_by_proof(verifier, _ours(connection, log, heads), part.start, branch))
        return log
    if roots.get(part.size) != last.root:
        raise NotABundle(f"the entries of device {part.device} do not lead to the head it signed")
    if differs:
        whole = [*commitments_of(connection, part.device, end=part.start), *theirs]
        found = fork_between(verifier, _ours(connection, log, heads), History(str(notes[part.size]), whole))
        if found is None:
            raise NotABundle(f"device {part.device} has recorded something else here that it has not signed")
        log.forks.append(found)
    for size, note in notes.items():
        log.forks += _inner_fork(connection, log, roots, theirs, size, note, notes[part.size])
    log.notes = notes
    return log


def _inner_fork(
    connection: Connection,
    log: CheckedLog,
    roots: dict[int, bytes],
    theirs: list[bytes],
    size: int,
    note: Note,
    last: Note,
) -> list[Fork]:
    """A head inside the told log that is not the log's: the device signed both."""
    signed, part = Checkpoint.parse(note.text).root, log.part
    expected = roots.get(size) or roots_at(connection, part.device, [size]).get(size)
    if expected == signed or expected is None:
        return []
    tree = tree_over([*commitments_of(connection, part.device, end=part.start), *theirs])
    other = Branch(str(last), tree.root(size), tuple(tree.consistency(size)))
    return [Fork(log.device.log.vkey, size, (Branch(str(note), signed, ()), other))]


def _ours(connection: Connection, log: CheckedLog, heads: Heads) -> History:
    latest = heads.latest(log.part.device)
    if latest is None:
        raise NotABundle(f"device {log.part.device} has recorded something else here that it has not signed")
    size, note = latest
    return History(str(note), list(commitments_of(connection, log.part.device, end=size)))


def _introduced(logged: Logged, case_id: str) -> KnownDevice:
    try:
        if logged.seq != 0:
            raise NoteNotValid("the beginning of the log is missing")
        return introduced_by(logged, case_id)
    except NoteNotValid as e:
        raise NotABundle(f"device {logged.device} does not say who it is ({e})") from e


def _check_trust(
    connection: Connection,
    known: Mapping[str, KnownDevice],
    devices: Mapping[str, KnownDevice],
    vouched: Iterable[tuple[str, str]],
    trust: Collection[str],
) -> list[KnownDevice]:
    """Raises ``NotVouchedFor``. What comes back are devices believed only because a person said so now."""
    query = select(ledger_entry).where(ledger_entry.c.kind == TRUSTS)
    here = [logged_of(row._mapping) for row in connection.execute(query)]
    word = [*((e.device, str(e.entry.fields.get("vkey"))) for e in here), *vouched]
    accepted = dict(known)
    told: list[KnownDevice] = []
    for device_id, device in devices.items():
        if device_id not in accepted and device.fingerprint in trust:
            accepted[device_id] = device
            told.append(device)
    more = believed(accepted, devices, word)
    for device_id, device in devices.items():
        if device_id not in accepted and device_id not in more:
            raise NotVouchedFor(device)
    on_word = believed(known, devices, word)
    return [device for device in told if device.device_id not in on_word]


def _check_files(bundle: Bundle, store: Store, logs: Iterable[CheckedLog]) -> None:
    """Every file in the bundle is spoken of and is what its name says; everything spoken of anew is there or here."""
    objects, sealed = bundle.files("objects"), bundle.files("sealed")
    spoken = {h for log in logs for h in log.told.evidence}, {h for log in logs for h in log.told.sealed}
    strange = sorted((objects.keys() - spoken[0]) | (sealed.keys() - spoken[1]))
    if strange:
        raise NotABundle(f"no entry speaks of the file {strange[0]}")
    for sha256, member in sorted({**objects, **sealed}.items()):
        if hashlib.file_digest(Limited(bundle.source, member), "sha256").hexdigest() != sha256:
            raise NotABundle(f"the file {sha256} is not what its name says")
    taken = [log for log in logs if log.is_taken]
    for sha256 in sorted({h for log in taken for h in log.told.wanted}):
        if sha256 not in objects and sha256 not in bundle.manifest.absent and not store.holds(sha256):
            raise NotABundle(f"an entry speaks of the file {sha256}, which is neither in it nor here")
    for sha256 in sorted({h for log in taken for h in log.told.pairs} & objects.keys()):
        try:
            for line in lines_of(bundle.source, objects[sha256], _LONGEST_PAIR):
                msgspec.json.decode(line, type=PairProposal)
        except msgspec.MsgspecError as e:
            raise NotABundle(f"the file {sha256} holds no proposed pairs ({e})") from e


def _told_forks(bundle: Bundle, devices: Mapping[str, KnownDevice]) -> list[Fork]:
    """Forks that the sender has proof of. Those of devices that nobody here knows say nothing to us."""
    found = []
    for text in bundle.manifest.forks:
        try:
            fork = Fork.from_json(text)
        except NoteNotValid as e:
            raise NotABundle(f"it accuses a device without proof ({e})") from e
        if fork.device_id in devices and devices[fork.device_id].log.vkey == fork.vkey:
            found.append(fork)
    return found


def _lines(logs: Iterable[CheckedLog], devices: Mapping[str, KnownDevice]) -> dict[tuple[str, int], list[Signature]]:
    """The cosignatures of devices known, all of which hold; lines of other keys are passed over."""
    found: dict[tuple[str, int], list[Signature]] = {}
    for log in logs:
        for size, note in log.notes.items():
            lines = [(line, by) for line in note.signatures for by in devices.values() if by.cosigner.made(line)]
            if not all(holds(note, line, by) for line, by in lines):
                raise NotABundle(f"a cosignature under a head of device {log.part.device} does not hold")
            found[log.part.device, size] = [line for line, _ in lines]
    return found


def strict_root(text: str) -> bytes:
    try:
        raw = strict_b64(text)
    except NoteNotValid as e:
        raise NotABundle(str(e)) from e
    if len(raw) != 32:
        raise NotABundle("a hash of another length")
    return raw


def _size_of(note: str) -> int:
    try:
        return Checkpoint.parse(Note.parse(note).text).size
    except NoteNotValid as e:
        raise NotABundle(f"a head in it is not valid ({e})") from e
