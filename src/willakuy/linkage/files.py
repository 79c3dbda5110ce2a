"""Linkage on plain files, with no case: lists and judgements in, four files out."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from willakuy.cells import safe_cell
from willakuy.i18n import gettext
from willakuy.linkage.columns import NAMED
from willakuy.linkage.errors import JudgementNotRead, JudgementUnknownRecord, NothingToCompare
from willakuy.linkage.linking import link
from willakuy.linkage.lists import ListRead, read_lists, read_table
from willakuy.linkage.result import LinkResult
from willakuy.linkage.values import PairJudgement, PersonFound, Settings, Verdict

MOST_WRITTEN = 5_000_000
"""Numbers that ``samples.csv`` holds at most, but ten samples in any case."""
MOST_LISTS = 20
STAGES = 5
MANY_ROWS = 4
"""So many rows of one list are seldom one person."""
_PLAIN = re.compile(r"[+-]?\d+|\w[\w .,:()/-]*")
"""Cells that are no formula, nor hold one after a cut."""
Table = tuple[Sequence[str], Iterable[Sequence[object]]]
_NEEDED = ("rec_l", "rec_r", "judgement")


@dataclass(frozen=True, slots=True)
class FilesLinked:
    lists: tuple[ListRead, ...]
    result: LinkResult
    id_column: str | None = None


def link_files(
    paths: Sequence[Path],
    *,
    id_column: str | None = None,
    judgements: Path | None = None,
    settings: Settings | None = None,
    rng: np.random.Generator | None = None,
    seed: int = 0,
    on_stage: Callable[[], None] = lambda: None,
) -> FilesLinked:
    """Link the lists in ``paths`` (CSV with a header; the file is the list). ``on_stage`` is called ``STAGES`` times.

    Raises:
        ListNotRead, IdColumnMissing, IdEmpty, IdRepeated, JudgementNotRead, JudgementUnknownRecord: with the file and
        the row; and what ``link`` raises. Nothing was written.
    """
    settings = settings or Settings()
    lists = read_lists(paths, id_column=id_column, roles=settings.roles)
    on_stage()
    records = [record for found in lists for record in found.records]
    decided = read_judgements(judgements, {r.rec_id for r in records}) if judgements else []
    if records and all(r.is_blank and not r.extra for r in records):
        columns = dict.fromkeys(f"{column}: {role}" for found in lists for column, role in found.roles.of)
        raise NothingToCompare(n=len(records), columns=", ".join(columns))
    result = link(records, judgements=decided, settings=settings, rng=rng, seed=seed, on_stage=on_stage)
    return FilesLinked(tuple(lists), result, id_column)


def read_judgements(path: Path, known: set[str]) -> list[PairJudgement]:
    """The judgements in a file with columns ``rec_l, rec_r, judgement, by, reason``, in its order."""
    header, rows = read_table(path)
    missing = [c for c in _NEEDED if c not in header]
    if missing:
        raise JudgementNotRead(file=path, reason=", ".join(missing) + "?")
    out = []
    for number, row in enumerate(rows, start=1):
        ids = row["rec_l"].strip(), row["rec_r"].strip()
        for rec_id in ids:
            if rec_id not in known:
                raise JudgementUnknownRecord(file=path, row=number, rec_id=rec_id)
        said = row["judgement"].strip().casefold()
        if said not in list(Verdict) or ids[0] == ids[1]:
            raise JudgementNotRead(file=path, reason=f"{number}: {row['judgement']}")
        out.append(PairJudgement(*ids, Verdict(said), row.get("by", ""), row.get("reason", "")))
    return out


def write_result(linked: FilesLinked, folder: Path) -> tuple[Path, ...]:
    """``persons.csv``, ``pairs.csv``, ``review.csv``, ``run.json`` and the samples in ``folder``, made if it is not there.

    All but the times in ``run.json`` are the same bytes for the same input, settings and seed.
    """
    result = linked.result
    person_of = result.person_of()
    persons = (
        (found.list_id, _own_id(found, record.rec_id), person_of[record.rec_id])
        for found in linked.lists
        for record in found.records
    )
    pairs = ((p.rec_l, p.rec_r, f"{p.p_same:.6f}", p.why) for p in result.pairs)
    review = ((r.rec_l, r.rec_r, f"{r.p_same:.6f}", f"{r.change:.6f}", r.why) for r in result.review)
    tables = {
        "persons.csv": (("list", "rec_id", "person_id"), persons),
        "pairs.csv": (("rec_l", "rec_r", "p_same", "why"), pairs),
        "review.csv": (("rec_l", "rec_r", "p_same", "change", "why"), review),
    } | samples_as_tables(linked)
    folder.mkdir(parents=True, exist_ok=True)
    written = tuple(folder / name for name in (*tables, "run.json"))
    try:
        for name, (header, rows) in tables.items():
            _write_csv(folder / _half(name), header, rows)
        told = json.dumps(run_as_json(linked), ensure_ascii=False, indent=1) + "\n"
        (folder / _half("run.json")).write_text(told, encoding="utf-8", newline="")
        for path in written:
            path.with_name(_half(path.name)).replace(path)
    finally:
        for path in written:
            path.with_name(_half(path.name)).unlink(missing_ok=True)
    return written


def _half(name: str) -> str:
    """Where a file is written before it takes its place whole."""
    return f".{name}.new"


def samples_as_tables(linked: FilesLinked) -> dict[str, Table]:
    """``samples.csv``: one row a record, one column a sampled clustering, equal numbers in a column one person.
    ``captures.csv``, for two to twenty lists: in each sample, how many persons stand in exactly which lists.

    ``willakuy estimate captures.csv --versions sample`` carries the doubt of linkage into an estimate.
    """
    result, lists = linked.result, linked.lists
    if not result.samples.size:
        return {}
    step = -(-len(result.samples) // max(10, MOST_WRITTEN // len(result.records)))
    samples = result.samples[::step]
    numbered = [np.unique(row, return_inverse=True)[1].tolist() for row in samples]
    header = ("list", "rec_id", *(f"s{i + 1}" for i in range(len(samples))))
    ids = [(found.list_id, _own_id(found, record.rec_id)) for found in lists for record in found.records]
    tables: dict[str, Table] = {
        "samples.csv": (header, ((*who, *row) for who, *row in zip(ids, *numbered, strict=True)))
    }
    if 2 <= len(lists) <= MOST_LISTS:
        bit = np.repeat([1 << k for k in range(len(lists))], [len(found.records) for found in lists])
        named = [f"list_{f.list_id}" if f.list_id in ("sample", "count") else f.list_id for f in lists]
        rows = [(f"s{i + 1}", *row) for i, sample in enumerate(samples) for row in _captures(sample, bit, len(lists))]
        tables["captures.csv"] = (("sample", *named, "count"), rows)
    return tables


def _captures(sample: NDArray[np.int32], bit: NDArray[np.int64], n_lists: int) -> list[tuple[int, ...]]:
    _, person = np.unique(sample, return_inverse=True)
    seen_in = np.zeros(int(person.max()) + 1, np.int64)
    np.bitwise_or.at(seen_in, person, bit)
    patterns, counts = np.unique(seen_in, return_counts=True)
    return [
        (*((pattern >> k) & 1 for k in range(n_lists)), count)
        for pattern, count in zip(patterns.tolist(), counts.tolist(), strict=True)
    ]


def notes_of(linked: FilesLinked) -> tuple[str, ...]:
    """What somebody who reads the result should know first."""
    notes = []
    for found in linked.lists:
        if found.records and not any(found.roles.columns(role) for role in NAMED):
            told = gettext("{list}: no column was taken for a name. If one is:\n    --column COLUMN=name")
            notes.append(told.format(list=found.list_id))
    list_of = {record.rec_id: found.list_id for found in linked.lists for record in found.records}
    crowded = [
        p for p in linked.result.persons if len(p.rec_ids) >= MANY_ROWS and _most_of_a_list(p, list_of) >= MANY_ROWS
    ]
    if crowded:
        told = gettext(
            "{n} persons are made of {rows} rows or more of one list, {person} first: look at these before any figure."
        )
        notes.append(told.format(n=len(crowded), rows=MANY_ROWS, person=crowded[0].person_id))
    return (*linked.result.run.notes, *notes)


def _most_of_a_list(person: PersonFound, list_of: Mapping[str, str]) -> int:
    return max(Counter(list_of[rec_id] for rec_id in person.rec_ids).values())


def run_as_json(linked: FilesLinked) -> dict[str, object]:
    result = linked.result
    run = result.run
    lo, hi = result.count_range()
    return {
        "run_id": run.run_id,
        "willakuy": run.version,
        "engine": run.engine,
        "seed": run.seed,
        "id_column": linked.id_column,
        "settings": dict(run.settings),
        "lists": [
            {"list": f.list_id, "file": str(f.path), "records": len(f.records), "columns": dict(f.roles.of)}
            for f in linked.lists
        ],
        "records": run.n_records,
        "candidate_pairs": run.n_pairs,
        "persons": len(result.persons),
        "persons_lo": lo,
        "persons_hi": hi,
        "refused": [{"rec_l": r.rec_l, "rec_r": r.rec_r, "reason": r.reason} for r in result.refused],
        "notes": list(notes_of(linked)),
        "seconds": {name: round(seconds, 3) for name, seconds in run.seconds},
    }


def _own_id(found: ListRead, rec_id: str) -> str:
    return rec_id.removeprefix(f"{found.list_id}:") if found.is_qualified else rec_id


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([value if type(value) is int else _cell(str(value)) for value in row] for row in rows)


def _cell(text: str) -> str:
    """As printed, but no formula: a list may come from somebody who wishes its reader harm. A whole number stays one."""
    return text if _PLAIN.fullmatch(text) else safe_cell(text)
