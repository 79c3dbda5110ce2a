"""The sets that `linkage.py` scores on: lists as the linkers get them, and the truth, which they never get.

Every set is written anew to a working folder: one CSV a list, the record's id in ``rec_id``, ids that say nothing
(FEBRL's own ids hold the answer), and no column that holds the truth. Rows of every list are shuffled.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Row = dict[str, str]
DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
CASUALTY = (
    "us_police_2015_2016", "us_police_2015_2016_degraded", "gaza_2024_04_vs_2025_03", "andes_synthetic",
    "uruguay_desaparecidos", "peru_crosswalk", "peru_raw",
)  # fmt: skip
GENERAL = ("febrl4", "splink_fake_1000", "RLdata500")


@dataclass(frozen=True, slots=True)
class LinkageSet:
    """``person_of`` is the truth by ``rec_id``. Pairs in ``uncertain``, and of records without a truth, are not scored."""

    name: str
    lists: Mapping[str, Path]
    person_of: Mapping[str, str]
    uncertain: frozenset[frozenset[str]]


def load(name: str, folder: Path) -> LinkageSet | None:
    """The set, written to ``folder``; ``None`` when its data are not on this machine."""
    source = DATA / "linkage" / name
    if name in ("peru_crosswalk", "peru_raw"):
        source = DATA / "peru-2022-2023"
    elif name in GENERAL:
        source = DATA / "linkage" / "benchmarks"
    if not source.is_dir():
        return None
    reader = {
        "febrl4": _febrl,
        "splink_fake_1000": _fake,
        "RLdata500": _rldata,
        "peru_crosswalk": _peru,
        "peru_raw": _peru_raw,
    }
    lists, person_of = reader.get(name, _casualty)(source)
    uncertain: frozenset[frozenset[str]] = frozenset()
    if (source / "uncertain_pairs.csv").exists():
        uncertain = frozenset(frozenset((r["rec_l"], r["rec_r"])) for r in _rows(source / "uncertain_pairs.csv"))
    paths = {}
    for list_name, rows in lists.items():
        random.Random(list_name).shuffle(rows)  # the order of the rows must not give the answer away
        paths[list_name] = folder / f"{list_name}.csv"
        _write(paths[list_name], rows)
    return LinkageSet(name, paths, person_of, uncertain)


def _casualty(source: Path) -> tuple[dict[str, list[Row]], dict[str, str]]:
    truth = _rows(source / "truth.csv")
    aside = ("truth", "uncertain_pairs", "population")
    lists = {p.stem: _rows(p) for p in sorted(source.glob("*.csv")) if p.stem not in aside}
    return lists, {r["rec_id"]: r["person_id"] for r in truth}


def _peru(source: Path) -> tuple[dict[str, list[Row]], dict[str, str]]:
    """The lists whose crosswalk is given, as printed; each mention is a list of its own. Unresolved rows stay in, unscored."""
    lists: dict[str, list[Row]] = {}
    person_of = {}
    mentions = {m["mention_id"]: m for m in _rows(source / "mentions.csv")}
    rows = {}
    for path in sorted((source / "lists").glob("L*.csv")):
        rows |= {(r["list_id"], r["row"]): r for r in _rows(path)}
    for found in _rows(source / "crosswalk.csv"):
        if found["kind"] == "list_row":
            row = rows[found["list_id"], found["row"]]
            rec_id, of = f"{found['list_id']}.{found['row']}", found["list_id"]
        else:
            rec_id = of = found["list_id"]
            row = mentions[rec_id]
        kept = {k: v for k, v in row.items() if k.endswith("_printed") and k != "detail_printed"}
        lists.setdefault(of, []).append({"rec_id": rec_id} | kept)
        if found["person_id"]:
            person_of[rec_id] = found["person_id"]
    return lists, person_of


def _peru_raw(source: Path) -> tuple[dict[str, list[Row]], dict[str, str]]:
    """Every list whole, with every column, as somebody would link them (``--id row``). Rows without a crosswalk stay in, unscored."""
    lists = {}
    for path in sorted((source / "lists").glob("L*.csv")):
        rows = _rows(path)
        lists[path.stem] = [{"rec_id": f"{r['list_id']}.{r['row']}"} | r for r in rows]
    crosswalk = [c for c in _rows(source / "crosswalk.csv") if c["kind"] == "list_row" and c["person_id"]]
    return lists, {f"{c['list_id']}.{c['row']}": c["person_id"] for c in crosswalk}


def _febrl(source: Path) -> tuple[dict[str, list[Row]], dict[str, str]]:
    lists: dict[str, list[Row]] = {}
    person_of = {}
    for letter in "ab":
        rows = _rows(source / f"febrl4{letter}.csv")
        random.Random(letter).shuffle(rows)
        for number, row in enumerate(rows):
            rec_id = f"{letter}{number:05d}"
            person_of[rec_id] = row.pop("rec_id").split("-")[1]
            lists.setdefault(letter, []).append({"rec_id": rec_id} | row)
    return lists, person_of


def _fake(source: Path) -> tuple[dict[str, list[Row]], dict[str, str]]:
    rows = _rows(source / "splink_fake_1000.csv")
    random.Random(0).shuffle(rows)
    person_of, kept = {}, []
    for number, row in enumerate(rows):
        rec_id = f"f{number:04d}"
        person_of[rec_id] = row.pop("cluster")
        row.pop("unique_id")
        kept.append({"rec_id": rec_id} | row)
    return {"fake": kept}, person_of


def _rldata(source: Path) -> tuple[dict[str, list[Row]], dict[str, str]]:
    rows = _rows(source / "RLdata500.tsv", "\t")
    identity = [next(iter(reversed(r.values()))) for r in _rows(source / "RLdata500.identity.tsv", "\t")]
    person_of, kept = {}, []
    for number, (row, person) in enumerate(zip(rows, identity, strict=True)):
        rec_id = f"r{number:04d}"
        person_of[rec_id] = person
        kept.append({"rec_id": rec_id} | {k: "" if v == "NA" else v for k, v in row.items() if k in _RL_COLUMNS})
    return {"rldata": kept}, person_of


_RL_COLUMNS = ("fname_c1", "fname_c2", "lname_c1", "lname_c2", "by", "bm", "bd")


def _rows(path: Path, delimiter: str = ",") -> list[Row]:
    with path.open(newline="", encoding="utf-8") as f:
        reader = csv.DictReader(f, delimiter=delimiter, skipinitialspace=True)
        reader.fieldnames = [name.strip() for name in reader.fieldnames or ()]
        return [{k: (v or "").strip() for k, v in row.items()} for row in reader]


def _write(path: Path, rows: Sequence[Row]) -> None:
    columns: Iterable[str] = dict.fromkeys(c for row in rows for c in row)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as f:
        writer = csv.DictWriter(f, list(columns), restval="")
        writer.writeheader()
        writer.writerows(rows)
