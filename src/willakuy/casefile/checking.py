"""Checking a working case: what is damaged, and what is still good in spite of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from willakuy.casefile.anchors import anchors
from willakuy.casefile.case import Case
from willakuy.casefile.devices import known_devices
from willakuy.casefile.erasing import pending_erasures, unexplained
from willakuy.casefile.keys import read_device, read_introduction
from willakuy.casefile.logs import roots_at
from willakuy.casefile.quoting import check_quotations
from willakuy.casefile.sealing import sealed_items
from willakuy.casefile.settings import SETTINGS_FILE, Settings, evidence_of, read_settings
from willakuy.casefile.sync.heads import read_heads
from willakuy.errors import CaseDamaged, WillakuyError
from willakuy.evidence import BytesChanged, BytesMissing, BytesUnreadable, Store
from willakuy.i18n import gettext
from willakuy.ledger import NoteNotValid, open_checkpoint
from willakuy.vault import SealedDiffers, SealedFileMissing

Progress = Callable[[int], None]

_PARTS = ("case.toml", "case.db", "evidence", "keys")


@dataclass(frozen=True, slots=True)
class CaseReport:
    """``good`` pairs what was checked with how many; ``notes`` are worth knowing and are no damage."""

    damaged: tuple[str, ...]
    notes: tuple[str, ...]
    good: tuple[tuple[str, int], ...]


@dataclass
class Findings:
    """A report while it grows."""

    damaged: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    good: list[tuple[str, int]] = field(default_factory=list)

    @contextmanager
    def checking(self, what: str) -> Iterator[None]:
        """A damaged case is a finding, never a crash: one check that cannot go on does not stop the others."""
        try:
            yield
        except WillakuyError as e:
            self.damaged.append(e.say_what())
        except Exception as e:  # whatever a damaged file makes a reader of it do
            said = f"{type(e).__name__}: {e}"
            self.damaged.append(gettext("{what}: cannot be checked ({said})").format(what=what, said=said))

    def report(self) -> CaseReport:
        return CaseReport(tuple(self.damaged), tuple(self.notes), tuple(self.good))


def is_case(folder: Path) -> bool:
    """Whether ``folder`` is of a case, even of one that has lost a part."""
    return (folder / "case.toml").exists() or sum((folder / name).exists() for name in _PARTS) > 1


Also = Callable[[Case, "Findings"], None]


def check_folder(folder: Path, *, also: Also | None = None, progress: Progress | None = None) -> CaseReport:
    """Check the case in ``folder``, even one that does not open any more: then its evidence, by the names of the files.

    Args:
        also: what else to check of a case that opens.
    """
    findings = Findings()
    missing = [name for name in ("case.toml", "case.db") if not (folder / name).exists()]
    findings.damaged += [gettext("{path}: it is missing.").format(path=name) for name in missing]
    opened: list[Case] = []
    with findings.checking(str(folder)):
        opened.append(Case.open(folder))
    for case in opened:
        with case:
            return check_case(case, also=also, progress=progress)
    evidence = evidence_of(folder, _settings_if_read(folder))
    with findings.checking("evidence"):
        n = _check_bytes(evidence, evidence.all(), findings, progress)
        findings.good.append((gettext("files of evidence"), n))
    return findings.report()


def _settings_if_read(folder: Path) -> Settings | None:
    with suppress(WillakuyError):
        return read_settings(folder)
    return None


def check_case(case: Case, *, also: Also | None = None, progress: Progress | None = None) -> CaseReport:
    """Check the database, every ledger entry, every signed checkpoint, the settings, every kept byte and every quotation.

    Each check runs whether or not an earlier one failed; nothing is changed.
    """
    findings = Findings()
    damaged, good = findings.damaged, findings.good
    with findings.checking("case.db"):
        damaged += [gettext("case.db: {said}").format(said=said) for said in case.check_database()]
        good.append((gettext("ledger entries"), case.check_ledger()))
    with findings.checking("case.db"):
        good.append((gettext("signed checkpoints"), _check_checkpoints(case, damaged)))
    with findings.checking("case.db"):
        for kind, item in case.differing_projections():
            said = gettext(
                "case.db: what is shown of {kind} {id} is not what the ledger says; “willakuy rebuild” mends it."
            )
            damaged.append(said.format(kind=kind, id=item))
    with findings.checking("keys/device"):
        _check_key(case, damaged, findings.notes)
    with findings.checking("case.toml"):
        _check_settings(case, findings.notes)
    with findings.checking("evidence"):
        _check_evidence(case, findings, progress)
    with findings.checking(gettext("quoted words")):
        check_quotations(case, progress).add_to(damaged, findings.notes, good)
    with findings.checking("vault"):
        good.append((gettext("sealed files"), _check_sealed(case, damaged)))
        _check_erased(case, findings)
    with findings.checking("anchors"):
        findings.notes.append(_say_anchors(case))
    if also is not None:
        with findings.checking("releases"):
            also(case, findings)
    return findings.report()


def _check_evidence(case: Case, findings: Findings, progress: Progress | None) -> None:
    wanted = wanted_evidence(case)
    n = _check_bytes(case.evidence, iter(sorted(wanted)), findings, progress)
    findings.good.append((gettext("files of evidence"), n))
    orphans = [sha256 for sha256 in case.evidence.all() if sha256 not in wanted]
    findings.notes += [gettext("{sha256}: kept, and no entry speaks of it.").format(sha256=o) for o in orphans]
    for stranger in case.evidence.strangers():
        said = gettext("{path}: lies among the evidence and is none.")
        findings.notes.append(said.format(path=f"evidence/{stranger}"))


def _check_bytes(evidence: Store, wanted: Iterator[str], findings: Findings, progress: Progress | None) -> int:
    """How many of the ``wanted`` are there and whole."""
    n = 0
    for sha256 in wanted:
        try:
            evidence.check(sha256)
            n += 1
        except CaseDamaged as e:
            findings.damaged.append(e.say_what())
        if progress:
            progress(1)
    return n


def _check_sealed(case: Case, damaged: list[str]) -> int:
    """Every sealed file that the ledger speaks of and nobody erased; whether it opens, only a custodian can tell."""
    n = 0
    for item in sealed_items(case):
        for sha256 in () if item.is_gone else item.files:
            try:
                case.vault.check(sha256)
                n += 1
            except BytesMissing:
                damaged.append(SealedFileMissing(id=item.seal_id, sha256=sha256).say_what())
            except BytesChanged:
                damaged.append(SealedDiffers(id=item.seal_id).say_what())
            except BytesUnreadable as e:
                damaged.append(e.say_what())
    return n


def _check_erased(case: Case, findings: Findings) -> None:
    """What is gone must have been erased by somebody, and what was erased elsewhere may still be here."""
    findings.damaged += [
        gettext("entry {seq} of device {device}: the value of {path} is gone, and no entry says who erased it.").format(
            seq=seq, device=device, path=path
        )
        for device, seq, path in unexplained(case)
    ]
    findings.notes += [
        gettext(
            "{id}: another device erased it; it is still here. To destroy it here:\n    willakuy vault erase {id}"
        ).format(id=item)
        for item in pending_erasures(case)
    ]


def _say_anchors(case: Case) -> str:
    """How far others can say when this device's log held what it holds."""
    mine = [a for a in anchors(case) if a.device == case.device.device_id]
    if not mine:
        return gettext("There is no external anchor: only this case itself says when it was recorded.")
    last = max(mine, key=lambda a: a.size)
    said = gettext("The last external anchor covers {n} entries of this device ({kind}, {time}).")
    return said.format(n=f"{last.size:,}", kind=last.kind, time=last.time or last.by)


def _check_checkpoints(case: Case, damaged: list[str]) -> int:
    """Every signed head, of every device, must still be the head of what its log holds."""
    n = 0
    with case.looking() as connection:
        try:
            known, heads = known_devices(connection, case.device.case_id), read_heads(connection)
        except ValueError as e:
            damaged.append(gettext("a signed checkpoint is not valid: {reason}").format(reason=e))
            return 0
        for device_id, notes in heads.notes.items():
            roots = roots_at(connection, device_id, notes)
            for size, note in notes.items():
                try:
                    head = open_checkpoint(note, known[device_id].log)
                except (NoteNotValid, KeyError) as e:
                    damaged.append(gettext("a signed checkpoint is not valid: {reason}").format(reason=e))
                    continue
                if head.size != size or roots.get(size) != head.root:
                    damaged.append(
                        gettext("the log no longer has the {n} entries that were signed.").format(n=head.size)
                    )
                    continue
                n += 1
    return n


def _check_key(case: Case, damaged: list[str], notes: list[str]) -> None:
    """The key on this machine must be one that the ledger names; without it this copy goes on as a new device."""
    if not (case.folder / "keys" / "device").exists():
        notes.append(gettext("keys/device: there is no key here; the next entry will be that of a new device."))
        return
    device = read_device(case.folder)
    named = {known.log.vkey for known in case.known_devices().values()}
    if device is None or (device.key.vkey not in named and read_introduction(case.folder) is None):
        damaged.append(gettext("keys/device: this is not a key that the ledger knows."))


def _check_settings(case: Case, notes: list[str]) -> None:
    """``case.toml`` may be edited by hand; what it said when it was last recorded is told beside it."""
    recorded = case.settings_recorded()
    if recorded is not None and recorded != (case.folder / SETTINGS_FILE).read_text("utf-8"):
        said = gettext(
            "case.toml: it has changed since it was last recorded. If nobody changed it, put this back:\n{text}"
        )
        notes.append(said.format(text=recorded))


def wanted_evidence(case: Case) -> set[str]:
    """Hashes of all evidence the ledger speaks of."""
    wanted = set()
    for logged in case.entries("received", "derived", "document", "link-run", "mapping", "anchored"):
        for path in ("object.sha256", "sha256", "pairs_sha256"):
            value = logged.entry.fields.get(path)
            if isinstance(value, str):
                wanted.add(value)
    return wanted
