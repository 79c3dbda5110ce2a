"""Checking a working case: what is damaged, and what is still good in spite of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from willakuy.casefile.case import Case
from willakuy.casefile.devices import known_devices
from willakuy.casefile.erasing import pending_erasures, unexplained
from willakuy.casefile.logs import roots_at
from willakuy.casefile.sealing import sealed_items
from willakuy.casefile.sync.heads import read_heads
from willakuy.errors import CaseDamaged
from willakuy.evidence import BytesChanged, BytesMissing
from willakuy.i18n import gettext
from willakuy.ledger import NoteNotValid, open_checkpoint
from willakuy.vault import SealedDiffers, SealedFileMissing


@dataclass(frozen=True, slots=True)
class CaseReport:
    """``good`` pairs what was checked with how many; ``notes`` are worth knowing and are no damage."""

    damaged: tuple[str, ...]
    notes: tuple[str, ...]
    good: tuple[tuple[str, int], ...]


def check_case(case: Case, *, progress: Callable[[int], None] | None = None) -> CaseReport:
    """Check the database, every ledger entry, every signed checkpoint and every kept byte.

    Each check runs whether or not an earlier one failed; nothing is changed.
    """
    damaged: list[str] = []
    good: list[tuple[str, int]] = []
    try:
        damaged += [gettext("case.db: {said}").format(said=said) for said in case.check_database()]
        good.append((gettext("ledger entries"), case.check_ledger()))
        good.append((gettext("signed checkpoints"), _check_checkpoints(case, damaged)))
    except CaseDamaged as e:
        damaged.append(e.say_what())
    wanted = wanted_evidence(case)
    n_good = 0
    for sha256 in sorted(wanted):
        try:
            case.evidence.check(sha256)
            n_good += 1
        except CaseDamaged as e:
            damaged.append(e.say_what())
        if progress:
            progress(1)
    good.append((gettext("files of evidence"), n_good))
    good.append((gettext("sealed files"), _check_sealed(case, damaged)))
    damaged += [
        gettext("entry {seq} of device {device}: the value of {path} is gone, and no entry says who erased it.").format(
            seq=seq, device=device, path=path
        )
        for device, seq, path in unexplained(case)
    ]
    orphans = [sha256 for sha256 in case.evidence.all() if sha256 not in wanted]
    notes = [gettext("{sha256}: kept, and no entry speaks of it.").format(sha256=o) for o in orphans]
    notes += [
        gettext(
            "{id}: another device erased it; it is still here. To destroy it here:\n    willakuy vault erase {id}"
        ).format(id=item)
        for item in pending_erasures(case)
    ]
    return CaseReport(tuple(damaged), tuple(notes), tuple(good))


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
    return n


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


def wanted_evidence(case: Case) -> set[str]:
    """Hashes of all evidence the ledger speaks of."""
    wanted = set()
    for logged in case.entries("received", "derived", "document", "link-run", "mapping"):
        for path in ("object.sha256", "sha256", "pairs_sha256"):
            value = logged.entry.fields.get(path)
            if isinstance(value, str):
                wanted.add(value)
    return wanted
