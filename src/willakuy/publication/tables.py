"""What each data file holds, and its columns in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from willakuy.publication.data import Column, Table
from willakuy.publication.frozen import PublicRecord
from willakuy.publication.rows import RecordedRows, Row, figure_rows, person_row
from willakuy.statements import vocabularies
from willakuy.statements.statement import StatementKind


def tables_of(record: PublicRecord, recorded: RecordedRows) -> list[Table]:
    """Every table of a release, in the order in which a reader would meet them."""
    corpus = record.corpus
    sources = [{**row, "families": families_of(record, row["id"])} for row in recorded.of(corpus.sources, "source_id")]
    statements = tuple(recorded.of(corpus.statements, "statement_id"))
    return [
        Table("persons", "Persons, and everything said of each", _PERSONS, tuple(_persons(record))),
        Table("statements", "Statements: who said what, where, in which words", _STATEMENTS, statements),
        Table(
            "claims",
            "Figures published by others",
            _CLAIMS,
            tuple(r for r in statements if r["fields"]["kind"] == StatementKind.figure),
        ),
        Table("figures", "Figures counted from the record, by scope and day", _FIGURES, tuple(_figures(record))),
        Table("sources", "Sources, and from whom they have what they say", _SOURCES, tuple(sources)),
        Table("documents", "Documents", _DOCUMENTS, tuple(recorded.of(corpus.documents, "document_id"))),
        Table(
            "judgements",
            "Decisions of people, with their reasons",
            _JUDGEMENTS,
            tuple(recorded.of(corpus.judgements, "judgement_id")),
        ),
        Table("scopes", "Scopes: what each figure counts", _SCOPES, tuple(recorded.of(corpus.scopes, "scope_id"))),
        Table("findings", "Contradictions and corrections", _FINDINGS, tuple(_findings(record))),
        Table("vocabulary", "The controlled words and their definitions", _VOCABULARY, tuple(_vocabulary())),
        Table("withheld", "What is kept back, counted by rule", _WITHHELD, tuple(_withheld(record))),
    ]


def families_of(record: PublicRecord, source_id: str) -> list[int]:
    """Numbers of the families a source stands in, from 1, in the order of the release."""
    return [i for i, family in enumerate(record.answers.families, 1) if source_id in family.sources]


def _persons(record: PublicRecord) -> Iterator[Row]:
    for person in record.corpus.identities.persons:
        yield person_row(record, record.answers.profiles[person.person_id])


def _figures(record: PublicRecord) -> Iterator[Row]:
    for figures in record.answers.series.values():
        yield from figure_rows(figures)


def _findings(record: PublicRecord) -> Iterator[Row]:
    for i, f in enumerate(record.answers.findings, 1):
        yield {
            "id": f"{f.kind.value}-{i:03d}",
            "kind": f.kind.value,
            "statements": list(f.statements),
            "facts": dict(f.facts),
            "person_id": f.person_id,
        }


def _vocabulary() -> Iterator[Row]:
    for name in vocabularies.names():
        for term in vocabularies.vocabulary(name).terms:
            yield {
                "id": f"{name}/{term.code}",
                "vocabulary": name,
                "code": term.code,
                "es": term.es,
                "en": term.en,
                "definition_es": term.definition_es,
                "definition_en": term.definition_en,
                "huridocs": term.huridocs,
                "rank": term.rank,
                "parent": term.parent,
            }


def _withheld(record: PublicRecord) -> Iterator[Row]:
    for w in record.withheld:
        yield {"id": f"{w.what}/{w.rule.value}", "what": w.what, "rule": w.rule.value, "n": w.n}


def _field(path: str, name: str | None = None, kind: str = "string", about: str = "") -> Column:
    return Column(name or path.rpartition(".")[2], lambda row: row["fields"].get(path), kind, about)


def _top(name: str, kind: str = "string", about: str = "") -> Column:
    return Column(name, lambda row: row.get(name), kind, about)


def _inner(path: str, key: str, name: str, kind: str = "string") -> Column:
    """One attribute of a value, or of each of a list of values."""

    def cell(row: Row) -> Any:
        value = row["fields"].get(path)
        if isinstance(value, list):
            return [v[key] for v in value if isinstance(v, dict) and key in v]
        return value.get(key) if isinstance(value, dict) else None

    return Column(name, cell, kind)


def _values(field: str) -> Column:
    return Column(
        field,
        lambda row: [w for v in row["fields"].get(field, ()) for w in v["words"][:1]],
        about="every value said, most independent sources first",
    )


def _place(path: str, name: str) -> Iterable[Column]:
    yield _inner(path, "words", name)
    yield Column(f"{name}_code", lambda row: ((row["fields"].get(path) or {}).get("place") or {}).get("code"))


def _date(path: str, name: str) -> Iterable[Column]:
    yield _inner(path, "words", name)
    yield Column(
        f"{name}_edtf",
        lambda row: ((row["fields"].get(path) or {}).get("value") or {}).get("edtf"),
        about="EDTF (ISO 8601-2)",
    )


def _edtf(path: str, name: str) -> Column:
    return Column(name, lambda row: (row["fields"].get(path) or {}).get("edtf"), about="EDTF (ISO 8601-2)")


_ID = Column("id", lambda row: row["id"], about="stable, of letters, digits and _ . - @ /")
_ENTRY = _top("entry", about="device/place of the ledger entry that holds it")
_CITED = (
    Column("document_id", lambda row: row["fields"]["citations"][0]["document_id"]),
    Column(
        "row",
        lambda row: (row["fields"]["citations"][0].get("locator") or {}).get("row"),
        "integer",
        "row of a list, from 1",
    ),
    Column("page", lambda row: (row["fields"]["citations"][0].get("locator") or {}).get("page"), "integer"),
)

_PERSONS = (
    _ID,
    _top("display_name"),
    _top("is_minor", "boolean"),
    *(
        _values(f)
        for f in (
            "names",
            "age",
            "sex",
            "roles",
            "origin",
            "wounded",
            "wounded_at",
            "died",
            "died_at",
            "dated",
            "place",
            "causes",
            "circumstances",
        )
    ),
    _top("disputed", about="fields on which sources differ"),
    _top("n_sources", "integer"),
    _top("n_independent", "integer", "after joining sources that copy one another"),
    _top("grade"),
    _top("grade_given"),
    _top("retracted_by"),
    _top("records"),
    _top("joined_by"),
)
_STATEMENTS = (
    _ID,
    _field("kind"),
    _top("person_id"),
    _top("source_id"),
    *_CITED,
    _field("words"),
    _field("mode"),
    _field("language"),
    _edtf("said", "said"),
    _inner("speakers", "name", "speaker_names"),
    _inner("speakers", "role", "speaker_roles"),
    _inner("content.names", "printed", "names"),
    _inner("content.count", "words", "count"),
    _inner("content.harm", "code", "harm"),
    _inner("content.age", "words", "age"),
    _field("content.sex"),
    _inner("content.roles", "code", "roles"),
    *_date("content.dated", "dated"),
    *_date("content.wounded", "wounded"),
    *_date("content.died", "died"),
    *_place("content.place", "place"),
    *_place("content.died_at", "died_at"),
    _inner("content.causes", "code", "causes"),
    _inner("content.circumstances", "code", "circumstances"),
    _inner("content.blamed", "words", "blamed_by_the_speaker"),
    _field("content.what"),
    _field("content.effect"),
    _field("content.targets"),
    _field("note"),
    Column("masked", lambda row: sorted(row["masked"])),
    _ENTRY,
)
_CLAIMS = (
    _ID,
    _top("source_id"),
    *_CITED,
    _inner("content.quantity", "words", "printed"),
    _inner("content.quantity", "lo", "lo", "integer"),
    _inner("content.quantity", "hi", "hi", "integer"),
    Column("bound", lambda row: row["fields"]["content.quantity"].get("bound", "exactly")),
    Column("harm", lambda row: row["fields"].get("content.harm", {"code": "killed"}).get("code")),
    Column("population", lambda row: row["fields"].get("content.population", {"code": "all"}).get("code")),
    Column("scope", lambda row: row["fields"].get("content.scope", {"code": "all_linked"}).get("code")),
    *_place("content.place", "place"),
    _edtf("content.period", "period"),
    _edtf("content.as_of", "as_of"),
    _inner("speakers", "name", "speaker_names"),
    _inner("speakers", "role", "speaker_roles"),
    _field("words"),
    _field("note"),
    _ENTRY,
)
_FIGURES = (
    _ID,
    _top("scope_id"),
    _top("scope_version", "integer"),
    _top("as_of", "date", "empty: all that is recorded"),
    _top("lo", "integer"),
    _top("hi", "integer"),
    Column("n_groups", lambda row: len(row["groups"]), "integer"),
    _top("claims_for"),
    _top("claims_against"),
)
_SOURCES = (
    _ID,
    _field("name"),
    _field("kind"),
    _field("language"),
    _top("families", about="families the source belongs to: the sources of one go back to one origin"),
    _inner("derives_from", "from_source", "derives_from"),
    _inner("derives_from", "words", "derives_from_words"),
    _field("criteria"),
    _field("note"),
    _ENTRY,
)
_DOCUMENTS = (
    _ID,
    _field("source_id"),
    _field("title"),
    _field("address"),
    _field("language"),
    _edtf("published", "published"),
    _edtf("as_of", "as_of"),
    _field("is_list"),
    _field("criteria"),
    _field("completeness"),
    _field("sha256"),
    _field("note"),
    _ENTRY,
)
_JUDGEMENTS = (
    _ID,
    _field("kind"),
    _field("decision.verdict"),
    _field("decision.records"),
    _field("reason"),
    _field("confidence"),
    _field("by"),
    _field("decided"),
    _ENTRY,
)
_SCOPES = (_ID, _field("name_es"), _field("name_en"), _field("rule_es"), _field("rule_en"), _ENTRY)
_FINDINGS = (_ID, _top("kind"), _top("statements"), _top("person_id"))
_VOCABULARY = tuple(
    _top(n)
    for n in ("id", "vocabulary", "code", "es", "en", "definition_es", "definition_en", "huridocs", "rank", "parent")
)
_WITHHELD = (_ID, _top("what"), _top("rule"), _top("n", "integer"))
