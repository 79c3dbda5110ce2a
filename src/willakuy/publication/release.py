"""Making a release: freeze, project, write, seal, and only then give it its name."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from willakuy import __version__
from willakuy.casefile import Case
from willakuy.i18n import LANGUAGES
from willakuy.ledger import Json, Logged
from willakuy.publication.consent import with_consents_of
from willakuy.publication.considered import considered_rows
from willakuy.publication.data import csv_of, datapackage, jsonl
from willakuy.publication.differences import Difference, consent_changes, differences
from willakuy.publication.errors import CountNotRecomputed, NothingToPublish
from willakuy.publication.folder import MANIFEST, NewFolder
from willakuy.publication.frozen import PublicRecord, Withheld, release_record
from willakuy.publication.images import PictureNotClean, more_than_pixels
from willakuy.publication.ledgerfiles import seal, write_ledger
from willakuy.publication.policy import Rule, policy_of, say_rule
from willakuy.publication.position import RELEASE, EarlierRelease, LedgerIndex, earlier_releases, freeze, made_by
from willakuy.publication.rows import RecordedRows
from willakuy.publication.site import Edition
from willakuy.publication.smallcells import CellsTooSmall, SmallCells, small_cells
from willakuy.publication.tables import tables_of
from willakuy.publication.verifying import recount
from willakuy.publication.writing import write_site

FORMAT = "willakuy-release/1"
SEAL = "seal.json"

Progress = Callable[[int], None]
"""Called with the number of pages just written."""


@dataclass(frozen=True, slots=True)
class Release:
    """What was published. ``frozen_at`` counts the ledger entries of the signing device that it speaks of.

    ``withheld`` says, in the language in force, under which rule how many things were kept back.
    """

    path: Path
    number: int
    frozen_at: int
    manifest_sha256: str
    checkpoint: str
    n_pages: int
    differences: tuple[Difference, ...]
    withheld: tuple[tuple[str, int], ...]
    small_cells: SmallCells


def publish(case: Case, out: Path | None = None, *, progress: Progress | None = None) -> Release:
    """Write the release of ``case`` as it stands, by default under ``releases/`` in the case.

    The same ledger and settings give the same bytes, and no new ledger entry. Otherwise the release is recorded in
    the ledger once it is written, and the signed head of the ledger is put into it as its seal.

    Raises:
        NothingToPublish: the case defines no scope.
        FolderTaken: ``out`` holds something that is not a release; nothing was changed.
        ReleaseNotWritten, ReleaseInterrupted: nothing was left behind.
        CountNotRecomputed: a figure does not follow from the rows; nothing was published.
        CellsTooSmall: few people share what is published of somebody not shown, and ``case.toml`` refuses that.
        PictureNotClean: a file could hold more than can be seen; nothing was published.
    """
    case.introduce()
    case.record_settings()
    entries = list(case.entries())
    frozen = freeze(entries, case.device.device_id)
    known = earlier_releases(entries)
    author = made_by(case.settings)
    again = next((r for r in known if r.frozen == frozen and r.made_by == author), None)
    number = again.number if again else 1 + max((r.number for r in known), default=0)
    try:
        return _publish(case, out, entries, known, again, number, progress)
    except _OtherBytes:
        number = 1 + max(r.number for r in known)
        return _publish(case, out, entries, known, None, number, progress)


class _OtherBytes(Exception):
    """The recorded release of this ledger had other bytes: the program differs though its version does not."""


def _publish(
    case: Case,
    out: Path | None,
    entries: list[Logged],
    known: list[EarlierRelease],
    again: EarlierRelease | None,
    number: int,
    progress: Progress | None,
) -> Release:
    frozen = again.frozen if again else freeze(entries, case.device.device_id)
    ledger = LedgerIndex(case, entries, frozen)
    if not ledger.corpus.scopes:
        raise NothingToPublish(path=case.folder)
    policy = policy_of(case.settings)
    record = release_record(ledger.corpus, policy)
    cells = small_cells(record, case.settings.least_cell)
    if cells.is_small and case.settings.refuse_small_cells:
        raise CellsTooSmall(n=cells.n_people, k=cells.k, groups=cells.n_groups)
    before = max((r for r in known if r.number < number), key=lambda r: r.number, default=None)
    changes = _changes(case, entries, before, ledger, record)
    note = case.sign_checkpoint(frozen.size)
    final = out or case.folder / "releases" / f"{number:03d}"
    with NewFolder(final) as folder:
        edition = Edition(
            case.settings, number, note, case.device.key.vkey, frozen.size, before.number if before else None, changes
        )
        n_pages = write_site(folder, record, edition, progress)
        _write_data(folder, case, record, ledger, edition)
        refuse_hidden(folder)
        manifest = _manifest(folder, case, number, ledger)
        folder.put(MANIFEST, manifest)
        digest = hashlib.sha256(manifest).hexdigest()
        if again and again.manifest_sha256 != digest:
            raise _OtherBytes
        if again is None:
            _record(case, number, ledger, digest)
            entries = list(case.entries())
            again = [r for r in earlier_releases(entries) if r.frozen.device == case.device.device_id][-1]
        folder.put(SEAL, _json(seal(case, entries, frozen.size, again)))
        folder.settle()
    return Release(final, number, frozen.size, digest, note, n_pages, changes, _said(record.withheld), cells)


_TEXT = frozenset({".html", ".css", ".js", ".csv", ".jsonl", ".json", ".py", ".svg", ".xml", ".txt", ".md", ""})
"""Files of a release are text that the rules have seen, or pictures of pixels alone."""


def refuse_hidden(folder: NewFolder) -> None:
    """Raises ``PictureNotClean`` for a file that could hold what nobody looked at: a place, a device, a smaller copy."""
    for path, _, _ in folder.files:
        if Path(path).suffix.lower() in _TEXT or path.startswith("ledger/"):
            continue
        if problem := more_than_pixels((folder.tmp / path).read_bytes()):
            raise PictureNotClean(file=path, reason=problem)


def _changes(
    case: Case, entries: list[Logged], before: EarlierRelease | None, ledger: LedgerIndex, record: PublicRecord
) -> tuple[Difference, ...]:
    """What differs from the release before. Both are shown under the consents of now: nobody who withdrew is named."""
    if before is None or before.frozen == ledger.frozen:
        return differences(None, record, is_first=before is None)
    then = LedgerIndex(case, entries, before.frozen).corpus
    agreed = with_consents_of(then, ledger.corpus)
    earlier = release_record(agreed, record.policy)
    changes = differences(earlier, record, is_first=False)
    if agreed is then:
        return changes
    was = release_record(then, record.policy)
    return (*consent_changes(was, earlier), *changes)


def _said(withheld: Iterable[Withheld]) -> tuple[tuple[str, int], ...]:
    n: Counter[Rule] = Counter()
    for w in withheld:
        n[w.rule] += w.n
    return tuple((say_rule(rule), n[rule]) for rule in Rule if n[rule])


def _write_data(folder: NewFolder, case: Case, record: PublicRecord, ledger: LedgerIndex, edition: Edition) -> None:
    recorded = RecordedRows(record, ledger)
    tables = tables_of(record, recorded)
    for table in tables:
        _check_counts(table.rows) if table.name == "figures" else None
        folder.put(f"data/{table.name}.jsonl", jsonl(table.rows))
        folder.put(f"data/{table.name}.csv", csv_of(table))
    settings = case.settings
    notice = " ".join(n for n in (settings.notice_es, settings.notice_en) if n)
    folder.put(
        "data/datapackage.json", datapackage("willakuy-release", settings.name, str(edition.number), tables, notice)
    )
    write_ledger(folder, case, ledger, recorded, edition.checkpoint)
    folder.put("ledger/considered.jsonl", jsonl(considered_rows(ledger, record.kept_back, recorded.shown)))
    folder.put("verify.py", files("willakuy.publication").joinpath("verify.py").read_bytes())


def _check_counts(rows: tuple[dict[str, Any], ...]) -> None:
    """Count every figure again with the reader's own code before anyone sees it."""
    for row, (lo, hi) in zip(rows, recount(rows), strict=True):
        if (lo, hi) != (row["lo"], row["hi"]):
            raise CountNotRecomputed(
                scope=row["scope_id"], as_of=row["as_of"] or "all", rows=f"{lo}–{hi}", figure=f"{row['lo']}–{row['hi']}"
            )


def _manifest(folder: NewFolder, case: Case, number: int, ledger: LedgerIndex) -> bytes:
    """Every file with its size and hash, sorted by path. No clock: the ledger holds the times that matter."""
    frozen = ledger.frozen
    return _json(
        {
            "format": FORMAT,
            "case": case.settings.name,
            "release": number,
            "software": f"willakuy {__version__}",
            "languages": list(LANGUAGES),
            "frozen": {"device": frozen.device, "size": frozen.size, "logs": dict(frozen.sizes)},
            "files": [list(f) for f in sorted(folder.files)],
        }
    )


def _record(case: Case, number: int, ledger: LedgerIndex, digest: str) -> None:
    frozen: list[Json] = [[device, size] for device, size in ledger.frozen.sizes]
    fields: dict[str, Json] = {
        "number": number,
        "frozen": frozen,
        "manifest_sha256": digest,
        "made_by": made_by(case.settings),
        "folder": f"{number:03d}",
    }
    case.record(RELEASE, fields)


def _json(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1)
    return (text + "\n").encode()
