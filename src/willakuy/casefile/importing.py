"""Importing tables: the file is kept, the columns are recognised, every row becomes a statement or is asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from willakuy.casefile.case import Case
from willakuy.casefile.codec import Recorded
from willakuy.casefile.intake import Provenance, describe, document_for, keep_file, media_type_of, settle_source
from willakuy.casefile.protecting import check_sources
from willakuy.casefile.rereading import ReadOtherwise, earlier_readings
from willakuy.casefile.scope_files import read_scopes
from willakuy.errors import UsageError
from willakuy.evidence import Kept
from willakuy.i18n import N_, gettext
from willakuy.reading.tables import (
    CellProblem,
    ColumnMap,
    Table,
    kind_of_table,
    open_table,
    read_claims,
    read_judgements,
    read_mentions,
    read_rows,
    read_sources,
    read_statuses,
    recognise_columns,
)
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import SourceId, StatementId
from willakuy.statements.sources import Document, Source

Progress = Callable[[int], None]


class WhoSaysSo(UsageError):
    code = "W156"
    what = N_("{file}: a list needs a source: who says what its rows say?")
    next = N_(
        "Nothing was recorded. Name the source:\n    willakuy import {file} --source NAME --kind KIND --published DATE"
    )


class KindUnknown(UsageError):
    code = "W157"
    what = N_("{file}: “{kind}” is nothing that can be imported.")
    next = N_("Nothing was recorded. Say --as list, claims, mentions, sources, judgements, statuses or scopes.")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person who imports asked for beyond the file itself."""

    about: Provenance = field(default_factory=lambda: Provenance(source=""))
    maps: dict[str, str] = field(default_factory=dict)
    table_kind: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    is_dry: bool = False
    is_again: bool = False
    """Rows that are read otherwise than they are recorded take the place of the earlier reading."""

    @property
    def corrects(self) -> bool:
        """Whoever says how columns or rows are to be read means it for the rows that are recorded already."""
        return self.is_again or bool(self.maps or self.about.constants)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of one file. ``columns`` is the mapping as read; ``asked`` are sentences a person has to answer or may note.

    ``n_again`` rows of those known were read anew; their earlier reading stays in the ledger.
    """

    path: Path
    what: str
    n_new: int
    n_known: int
    columns: tuple[tuple[str, ...], ...] = ()
    asked: tuple[str, ...] = ()
    n_again: int = 0

    def as_json(self) -> dict[str, object]:
        return {
            "file": str(self.path),
            "what": self.what,
            "new": self.n_new,
            "known": self.n_known,
            "read_again": self.n_again,
            "columns": [list(row) for row in self.columns],
            "asked": list(self.asked),
        }


def import_file(case: Case, path: Path, wishes: Wishes, *, progress: Progress | None = None) -> Imported:
    """Import one file: a list, or one of the files of a case (``folder``).

    Raises:
        the errors of ``reading.tables``, ``WhoSaysSo``, ``KindUnknown``, ``ScopeNotRead``: nothing was recorded.
    """
    if path.suffix.lower() == ".toml":
        return import_scopes(case, path, is_dry=wishes.is_dry)
    table = open_table(path, sheet=wishes.sheet, encoding=wishes.encoding, delimiter=wishes.delimiter)
    kind = wishes.table_kind or kind_of_table(table.headers)
    if kind == "list":
        return import_list(case, table, wishes, progress=progress)
    if kind not in ("sources", "claims", "mentions", "judgements", "statuses"):
        raise KindUnknown(file=path, kind=kind)
    return import_known(case, table, kind, wishes)


def import_scopes(case: Case, path: Path, *, is_dry: bool = False) -> Imported:
    scopes = read_scopes(path)
    new = 0 if is_dry else case.append(scopes)
    return Imported(path, gettext("scopes"), new, len(scopes) - new if not is_dry else 0)


def import_list(case: Case, table: Table, wishes: Wishes, *, progress: Progress | None = None) -> Imported:
    """One list whose source the wishes name."""
    if not wishes.about.source:
        raise WhoSaysSo(file=table.path)
    if wishes.is_dry:
        mapping = recognise_columns(table, overrides=wishes.maps)
        source = Source(SourceId("src_dry"), wishes.about.source, wishes.about.source_kind)
        kept = Kept("0" * 64, 0, is_new=False)
        document = document_for(
            source, kept, table.path.name, media_type_of(table.path.name), wishes.about, is_list=True
        )
        rows = read_rows(table, mapping, document)
        return _imported(table, gettext("a list"), mapping, 0, 0, [n.say() for n in rows.notices], rows.problems)
    source = settle_source(case, wishes.about)
    mapping = recognise_columns(table, saved=saved_mapping(case, source.source_id), overrides=wishes.maps)
    arrived = keep_file(case, table.path, source=source)
    document = describe(case, source, arrived, wishes.about, is_list=True)
    return import_rows(case, table, mapping, document, corrects=wishes.corrects, progress=progress)


def import_rows(
    case: Case,
    table: Table,
    mapping: ColumnMap,
    document: Document,
    *,
    corrects: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Every row of ``table`` as a statement citing ``document``; the mapping is kept for the source's next list.

    Args:
        corrects: a row read otherwise than it is recorded takes the place of the earlier reading.

    Raises:
        ReadOtherwise: there is such a row, and nobody asked for a correction.
    """
    rows = read_rows(table, mapping, document)
    earlier = earlier_readings(case, document)
    n = n_again = 0

    def counted() -> Iterable[Recorded]:
        nonlocal n, n_again
        for statement in rows:
            n += 1
            if (before := earlier.get(statement.statement_id)) is None:
                yield statement
                continue
            numbered, is_new = before.numbered(statement)
            if is_new and not corrects:
                raise ReadOtherwise(file=table.path, row=before.row, difference=before.difference(statement))
            n_again += is_new
            yield numbered

    new = case.append(counted(), progress=progress) - n_again
    save_mapping(case, document.source_id, mapping)
    done = _imported(table, gettext("a list"), mapping, new, n - new, [x.say() for x in rows.notices], rows.so_far)
    return replace(done, n_again=n_again)


def import_known(case: Case, table: Table, kind: str, wishes: Wishes) -> Imported:
    """A table of sources, claims, mentions, judgements or statuses, known by its headers."""
    corpus = case.corpus()
    values, problems, what = _known_values(case, corpus, table, kind, wishes)
    new = 0 if wishes.is_dry else case.append(values)
    if not wishes.is_dry:
        keep_file(case, table.path)
    known = 0 if wishes.is_dry else len(values) - new
    return Imported(table.path, what, new, known, asked=tuple(p.say() for p in problems))


def _known_values(
    case: Case, corpus: Corpus, table: Table, kind: str, wishes: Wishes
) -> tuple[Sequence[Recorded], Sequence[CellProblem], str]:
    def resolve(name: str) -> StatementId | None:
        for candidate in (name, f"stm_{name}"):
            if candidate in corpus.statement:
                return StatementId(candidate)
        return None

    match kind:
        case "sources":
            sources = read_sources(table, corpus.sources)
            if not wishes.about.is_public_name:
                check_sources((s for s in sources.sources if s.source_id not in corpus.source), table.path)
            return [*sources.sources, *sources.documents], sources.problems, gettext("sources")
        case "claims":
            claims = read_claims(table, corpus.document, sources=corpus.sources)
            return claims.statements, claims.problems, gettext("figure claims")
        case "mentions":
            mapping = recognise_columns(table, overrides=wishes.maps)
            mentions = read_mentions(table, mapping, corpus.document)
            return mentions.statements, mentions.problems, gettext("statements about one person each")
        case "judgements":
            judged = read_judgements(table, resolve, by=case.settings.coder, decided=case.clock())
            return judged.judgements, judged.problems, gettext("judgements")
        case _:
            statuses = read_statuses(table, resolve, corpus.document, sources=corpus.sources)
            return statuses.statements, statuses.problems, gettext("withdrawals, rectifications and denials")


def saved_mapping(case: Case, source_id: SourceId) -> ColumnMap | None:
    """How the columns of this source's last list were read."""
    saved = None
    for logged in case.entries("mapping"):
        if logged.entry.fields["source_id"] == source_id:
            saved = ColumnMap.from_json(str(logged.entry.fields["columns"]))
    return saved


def save_mapping(case: Case, source_id: SourceId, mapping: ColumnMap) -> None:
    """Keep how the columns were read, unless it says nothing new; why a column was recognised is no difference."""
    saved = saved_mapping(case, source_id)
    if saved is None or _fields_of(saved) != _fields_of(mapping):
        case.record("mapping", {"source_id": source_id, "columns": mapping.to_json()})


def _fields_of(mapping: ColumnMap) -> list[tuple[str, str | None]]:
    return [(c.column, c.field) for c in mapping.columns]


def _imported(
    table: Table,
    what: str,
    mapping: ColumnMap,
    n_new: int,
    n_known: int,
    notices: Sequence[str],
    problems: Sequence[CellProblem],
) -> Imported:
    asked = [*notices, *(p.say() for p in sorted(problems, key=lambda p: (not p.asked, p.row)))]
    return Imported(table.path, what, n_new, n_known, tuple(tuple(row) for row in mapping.say()), tuple(asked))
