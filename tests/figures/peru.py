"""The Peru lists as a corpus, read as plainly as possible: one statement a row, dates counted from the list's own day.

Only for asking the figures: how a case is imported is another room's matter.
"""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from willakuy.statements.ages import parse_age
from willakuy.statements.corpus import Corpus
from willakuy.statements.dates import DateOrder, DateSaid, PartialDate, parse_date
from willakuy.statements.ids import DocumentId, JudgementId, ScopeId, SourceId, StatementId
from willakuy.statements.judgements import Identity, IdentityVerdict, Judgement
from willakuy.statements.names import Name, NameKind, recognise_name
from willakuy.statements.numbers import Quantity, parse_quantity
from willakuy.statements.places import Place, parse_place
from willakuy.statements.scopes import Scope
from willakuy.statements.sources import Citation, Derivation, Document, Locator, Source
from willakuy.statements.statement import Coded, FigureClaim, Part, Speaker, Statement, Status, VictimRecord
from willakuy.statements.vocabularies import recognise

EXAMPLE = Path(__file__).parents[2] / "examples" / "peru-2022-2023"
KINDS = {"NN": NameKind.unnamed, "unnamed_unborn": NameKind.unnamed, "group_of_17_unnamed": NameKind.group}
Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def peru(lists: Path = EXAMPLE, crosswalk: Path | None = None) -> Corpus:
    """The example case; ``lists`` and ``crosswalk`` take rows and decisions from elsewhere."""
    sources = [_source(r) for r in read(EXAMPLE / "sources.csv")]
    documents = {
        f"doc_{s.source_id[4:]}": _page(s, r) for s, r in zip(sources, read(EXAMPLE / "sources.csv"), strict=True)
    }
    statements: list[Statement] = []
    for entry in read(EXAMPLE / "lists.csv"):
        document = _list(entry)
        documents[document.document_id] = document
        found = next((lists / "lists").glob(f"{entry['list_id']}*.csv"))
        statements += [_row(document, r, f"stm_{entry['list_id']}.r{r['row']}") for r in read(found)]
    for r in read(EXAMPLE / "mentions.csv"):
        statements.append(_row(documents[f"doc_{r['source_id'][4:]}"], r, f"stm_{r['mention_id']}"))
    statements += [_claim(r) for r in read(EXAMPLE / "claims.csv")]
    known = {s.statement_id for s in statements}
    statements += [_status(r, known) for r in read(EXAMPLE / "statuses.csv")]
    return Corpus(
        sources=tuple(sources),
        documents=tuple(documents.values()),
        statements=tuple(statements),
        judgements=tuple(_judgements(_pairs(crosswalk))),
        scopes=scopes(),
    )


def scopes() -> tuple[Scope, ...]:
    data = tomllib.loads((EXAMPLE / "scopes.toml").read_text("utf-8"))
    return tuple(_scope(s) for s in data["scope"])


def _scope(s: dict[str, Any]) -> Scope:
    more = {k: tuple(v) if isinstance(v, list) else v for k, v in s.items()}
    more["scope_id"] = ScopeId(more["scope_id"])
    more["place"], more["period"] = Place(more["place"]), PartialDate(more["period"])
    return Scope(**more)


def _source(r: Row) -> Source:
    ids = [SourceId(i) for i in r["derived_from_ids"].split(";") if i]
    derived = tuple(Derivation(r["derived_from"], i) for i in ids)
    return Source(SourceId(r["source_id"]), r["publisher"], r["kind"], derives_from=derived)


def _page(source: Source, r: Row) -> Document:
    published = r["date_published"]
    return Document(
        DocumentId(f"doc_{source.source_id[4:]}"),
        source.source_id,
        r["title"],
        as_of=_date(r["as_of"]),
        published=_date(published),
    )


def _list(r: Row) -> Document:
    return Document(
        DocumentId(r["document_id"]),
        SourceId(r["source_id"]),
        r["title"],
        as_of=_date(r["as_of"]),
        published=_date(r["published"]),
        completeness=r["completeness"],
        is_list=True,
        is_free_of_duplicates=r["is_free_of_duplicates"] == "yes",
        constants=tuple((k, v) for k, _, v in (part.partition("=") for part in r["constants"].split(";")) if v),
    )


def _row(document: Document, r: Row, statement_id: str) -> Statement:
    kind = KINDS.get(r["name_kind"]) or (NameKind(r["name_kind"]) if r["name_kind"] in list(NameKind) else None)
    name = Name(r["name_printed"], kind) if kind else recognise_name(r["name_printed"])
    group = r["name_kind"].startswith("group")
    against = document.known
    heading = _said(r.get("date_printed"), against)
    near = heading.value if heading and heading.value else against
    status = (r.get("row_status_in_source") or "listed").split(":")[0].split(",")[0]
    record = VictimRecord(
        names=(name,),
        count=Quantity.exactly(17) if group else Quantity.exactly(1),
        harm=Coded(code=r.get("harm") or "killed"),
        age=parse_age(r["age_printed"]) if r["age_printed"] else None,
        roles=_coded("role", r.get("role_printed")),
        wounded=_said(r["date_injury_printed"], near),
        died=_said(r["date_death_printed"], near),
        dated=heading,
        place=_place(r),
        causes=_coded("cause", r["cause_printed"]),
        circumstances=_coded("circumstance", r["circumstance_printed"]),
        row_status=Coded(words=status, code=_row_status(status)),
    )
    row = int(r["row"]) if r.get("row") else None
    return Statement(StatementId(statement_id), record, (Citation(document.document_id, Locator(row=row)),), words="")


def _row_status(words: str) -> str:
    for code, stem in (("withdrawn", "withdrawn"), ("rectified", "rectified"), ("denied", "denied")):
        if stem in words:
            return code
    return "rectified" if "announced" in words else "denied" if "reported" in words else "listed"


def _coded(vocabulary: str, words: str | None) -> tuple[Coded, ...]:
    return (Coded(words, recognise(vocabulary, words)),) if words else ()


def _said(words: str | None, against: PartialDate | None) -> DateSaid | None:
    return parse_date(words, against=against, order=DateOrder.day_first) if words else None


def _place(r: Row) -> Any:
    parts = [r.get(k) or None for k in ("district_printed", "province_printed", "department_printed")]
    if not r["place_printed"] and not any(parts):
        return None
    words = r["place_printed"] or ", ".join(p for p in parts if p)
    return parse_place(words, district=parts[0], province=parts[1], department=parts[2])


def _claim(r: Row) -> Statement:
    quantity = parse_quantity(r["figure_printed"]) or Quantity(
        r["figure_printed"], int(r["value_low"] or 0), int(r["value_high"])
    )
    parts = [part.rsplit(":", 1) for part in r["parts"].split(";") if part]
    claim = FigureClaim(
        quantity,
        harm=Coded(r["unit"], r["harm"]),
        population=Coded(r["population"], r["population_code"]),
        scope=Coded(r["scope"], r["scope_code"]),
        place=parse_place(r["place"]) if r["place"] else None,
        period=_date(r["period"]),
        as_of=_date(r["as_of"]),
        parts=tuple(Part(label, Quantity.exactly(int(n))) for label, n in parts),
        counts_rows_of=DocumentId(r["counts_rows_of"]) if r["counts_rows_of"] else None,
    )
    chain = [Speaker(name.strip()) for name in (r["speaker"], *r["attributed_to"].split(";")) if name.strip()]
    document = DocumentId(f"doc_{r['source_id'][4:]}")
    return Statement(StatementId(f"stm_{r['claim_id']}"), claim, (Citation(document),), words="", speakers=tuple(chain))


def _status(r: Row, known: set[StatementId]) -> Statement:
    targets = tuple(StatementId(t) for t in r["targets"].split(";") if t in known)
    assert targets, r["status_id"]
    content = Status(r["effect"], targets, r["aspect"], r["reason"])
    return Statement(
        StatementId(f"stm_{r['status_id']}"),
        content,
        (Citation(DocumentId(r["document_id"])),),
        words="",
        speakers=(Speaker(r["speaker"], r["speaker_role"]),),
        said=_date(r["said"]),
    )


def _date(edtf: str) -> PartialDate | None:
    return PartialDate.of(edtf) if edtf else None


def _pairs(crosswalk: Path | None) -> Iterable[tuple[str, str]]:
    if crosswalk is None:
        yield from ((r["record"], r["person_label"]) for r in read(EXAMPLE / "judgements.csv"))
        return
    mentions = {(r["source_id"], r["name_printed"]): r["mention_id"] for r in read(crosswalk.parent / "mentions.csv")}
    for r in read(crosswalk):
        record = f"{r['list_id']}.r{r['row']}" if r["list_id"] else mentions[r["source_id"], r["name_printed"]]
        yield f"stm_{record}", r["person_id"]


def _judgements(pairs: Iterable[tuple[str, str]]) -> Iterable[Judgement]:
    persons: dict[str, list[StatementId]] = defaultdict(list)
    for record, label in pairs:
        if label:
            persons[label].append(StatementId(record))
    for label, records in persons.items():
        verdict = IdentityVerdict.same if len(records) > 1 else IdentityVerdict.individual
        yield Judgement(JudgementId(f"jdg_{label}"), Identity(verdict, tuple(records)), "coder", "", "crosswalk")
