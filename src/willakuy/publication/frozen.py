"""The frozen public record: what a release is made of, and all that pages and data files ever see.

``release_record`` takes the case as it is and gives back a corpus of the same shape in which nothing is left that
the policy keeps back. Figures are counted on the whole case (a person not shown is still counted) and then speak of
such persons by a number that leads nowhere.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from willakuy.figures import Figure, GroupStanding, PersonStanding
from willakuy.publication.answers import Answers, ask
from willakuy.publication.consent import split_apart, unconsented
from willakuy.publication.masking import NameIndex, masked_records, masks_for, withheld_records
from willakuy.publication.policy import Policy, Rule
from willakuy.publication.scrub import Scrubber
from willakuy.publication.shown import Shower
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import DocumentId, JudgementId, PersonId, SourceId, StatementId
from willakuy.statements.judgements import Judgement
from willakuy.statements.names import NameKind, mask
from willakuy.statements.persons import Person, person_id_of
from willakuy.statements.sources import Document, Source
from willakuy.statements.statement import Statement, Status, VictimRecord

WITHHELD = "per_withheld-"


@dataclass(frozen=True, slots=True)
class Withheld:
    """``n`` values of kind ``what`` (statement, field path …) kept back or changed under ``rule``."""

    what: str
    rule: Rule
    n: int


@dataclass(frozen=True)
class PublicRecord:
    """``corpus`` holds nothing that may not be printed. ``rules`` says of (id, path) why it was changed.

    ``rows_withheld`` counts, for each list, its rows that are not shown.
    """

    corpus: Corpus
    answers: Answers
    policy: Policy
    rules: Mapping[tuple[str, str], Rule] = field(default_factory=dict)
    withheld: tuple[Withheld, ...] = ()
    rows_withheld: Mapping[DocumentId, int] = field(default_factory=dict)
    kept_back: Mapping[StatementId, Rule] = field(default_factory=dict)
    """For the list of what was considered, which names none of them; pages have no use for it."""

    @cached_property
    def person_of(self) -> Mapping[StatementId, Person]:
        return self.corpus.identities.by_record()

    @cached_property
    def person(self) -> Mapping[PersonId, Person]:
        return {p.person_id: p for p in self.corpus.identities.persons}


def release_record(corpus: Corpus, policy: Policy) -> PublicRecord:
    """What may be published of ``corpus`` under ``policy``.

    Same corpus, same record: nothing here depends on a clock, a locale or the order of a set.
    """
    silent = unconsented(corpus)
    hidden = withheld_records(corpus, policy, silent)
    hidden |= split_apart(corpus, hidden)
    gone = {**silent, **hidden}
    masked = {r: rule for r, rule in masked_records(corpus).items() if r not in gone}
    shower = Shower(_scrubber(corpus, masked, hidden), masked, _letters(corpus.judgements), {})
    published = _published_ids(corpus, gone)
    statements = [shower.statement(s, published) for s in corpus.standing if s.statement_id in published]
    documents, sources = _cited(corpus, statements)
    shown_documents = tuple(shower.document(d, corpus.source[d.source_id]) for d in documents)
    shown_sources = tuple(shower.source(s) for s in sources)
    persons = {p.person_id for p in corpus.identities.persons if not published.isdisjoint(p.records)}
    judgements = _judgements(corpus, shower, published | persons)
    public = Corpus(
        sources=shown_sources,
        documents=shown_documents,
        statements=tuple(statements),
        judgements=judgements,
        scopes=corpus.scopes,
        proposals=tuple(p for p in corpus.proposals if p.record_l in published and p.record_r in published),
    )
    answers = ask(corpus, public)
    names = _public_names(corpus, gone)
    return PublicRecord(
        corpus=public,
        answers=answers.with_figures(lambda figure: _projected(figure, published, names)),
        policy=policy,
        rules=dict(sorted(shower.rules.items())),
        withheld=_withheld(corpus, public, gone, shower.rules),
        rows_withheld=Counter(corpus.statement[r].document_id for r in gone),
        kept_back=gone,
    )


def _scrubber(corpus: Corpus, masked: Mapping[StatementId, Rule], gone: Mapping[StatementId, Rule]) -> Scrubber:
    instead: dict[StatementId, str] = {}
    for record in masked:
        instead[record] = next((mask(n) for n in corpus.statement[record].victim.names if n.kind.names_somebody), "[…]")
    for record in gone:
        instead[record] = "[…]"
    hidden = {**masked, **gone}
    shown = NameIndex(
        (name.printed, "")
        for person in corpus.identities.persons
        for record in person.records
        if record not in hidden
        for name in corpus.statement[record].victim.names
        if name.kind.names_somebody and name.kind is not NameKind.nickname
    )
    return Scrubber(masks_for(corpus, hidden, instead), shown)


def _letters(judgements: Iterable[Judgement]) -> dict[str, str]:
    """Working names to A, B, … in the order in which people first decided."""
    names = list(dict.fromkeys(j.by for j in judgements))
    return {name: chr(65 + i) if i < 26 else f"A{i - 25}" for i, name in enumerate(names)}


def _published_ids(corpus: Corpus, gone: Mapping[StatementId, Rule]) -> set[StatementId]:
    """Standing statements that may be shown; a status speaks only of statements that are."""
    shown = {s.statement_id for s in corpus.standing if s.statement_id not in gone}
    while True:
        empty = {
            s.statement_id
            for s in corpus.standing
            if s.statement_id in shown and isinstance(s.content, Status) and shown.isdisjoint(s.content.targets)
        }
        if not empty:
            return shown
        shown -= empty


def _cited(corpus: Corpus, statements: Iterable[Statement]) -> tuple[list[Document], list[Source]]:
    """Documents that published statements cite (with those they derive from), and their sources and origins."""
    wanted: set[DocumentId] = {c.document_id for s in statements for c in s.citations}
    for document in corpus.documents[::-1]:
        if document.document_id in wanted and document.parent:
            wanted.add(document.parent)
    documents = [d for d in corpus.documents if d.document_id in wanted]
    ids: set[SourceId] = {d.source_id for d in documents}
    ids |= {s.source_id for statement in statements for s in statement.speakers if s.source_id and not s.is_protected}
    todo = list(ids)
    while todo:
        for derivation in corpus.source[todo.pop()].derives_from:
            origin = derivation.from_source
            if origin is not None and origin not in ids and origin in corpus.source:
                ids.add(origin)
                todo.append(origin)
    return documents, [s for s in corpus.sources if s.source_id in ids]


def _judgements(corpus: Corpus, shower: Shower, published: Set[str]) -> tuple[Judgement, ...]:
    """Decisions about what is published; an undoing stays with what it undoes."""
    known: set[str] = set(published)
    out: list[Judgement] = []
    for judgement in corpus.judgements:
        shown = shower.judgement(judgement, known)
        if shown is not None:
            known.add(JudgementId(shown.judgement_id))
            out.append(shown)
    return tuple(out)


def _public_names(corpus: Corpus, gone: Mapping[StatementId, Rule]) -> dict[PersonId, PersonId]:
    """Persons to what a release calls them: after their first record shown, or a name that says nothing."""
    shown = {p: [r for r in p.records if r not in gone] for p in corpus.identities.persons}
    hidden = [p.person_id for p, records in shown.items() if not records]
    hidden.sort(key=lambda p: hashlib.sha256(b"withheld" + p.encode()).digest())
    renamed = {p.person_id: person_id_of(records[0]) for p, records in shown.items() if records}
    return {**renamed, **{person: PersonId(f"{WITHHELD}{i:04d}") for i, person in enumerate(hidden, 1)}}


def _projected(figure: Figure, published: Set[StatementId], names: Mapping[PersonId, PersonId]) -> Figure:
    def standing(p: PersonStanding) -> PersonStanding:
        return replace(
            p,
            person_id=names[p.person_id],
            records_for=tuple(r for r in p.records_for if r in published),
            records_against=tuple(r for r in p.records_against if r in published),
        )

    def group(g: GroupStanding) -> GroupStanding:
        return replace(
            g,
            records=tuple(r for r in g.records if r in published),
            inside=tuple(r for r in g.inside if r in published),
            candidates=tuple(names.get(c, c) for c in g.candidates),
        )

    return replace(
        figure,
        persons=tuple(standing(p) for p in figure.persons),
        groups=tuple(group(g) for g in figure.groups),
        claims_for=tuple(c for c in figure.claims_for if c in published),
        claims_against=tuple(c for c in figure.claims_against if c in published),
        open_pairs=tuple((names.get(a, a), names.get(b, b)) for a, b in figure.open_pairs),
    )


def _withheld(
    corpus: Corpus, public: Corpus, gone: Mapping[StatementId, Rule], rules: Mapping[tuple[str, str], Rule]
) -> tuple[Withheld, ...]:
    """Everything kept back, counted by kind and rule."""
    counts: Counter[tuple[str, Rule]] = Counter()
    counts.update(("statement", rule) for rule in gone.values())
    counts["statement", Rule.not_reviewed] = len(corpus.waiting)
    counts["statement", Rule.not_accepted] = len(corpus.statements) - len(corpus.standing) - len(corpus.waiting)
    counts["statement", Rule.about_withheld] = len(corpus.standing) - len(gone) - len(public.statements)
    counts["document", Rule.about_withheld] = len(corpus.documents) - len(public.documents)
    counts["source", Rule.about_withheld] = len(corpus.sources) - len(public.sources)
    counts["judgement", Rule.about_withheld] = len(corpus.judgements) - len(public.judgements)
    unread = sum(len(s.content.unread) for s in corpus.standing if isinstance(s.content, VictimRecord))
    for (_, path), rule in rules.items():
        if rule is not Rule.unread_cell:
            counts[path.removeprefix("content."), rule] += 1
    counts["unread", Rule.unread_cell] = unread
    return tuple(Withheld(what, rule, n) for (what, rule), n in sorted(counts.items()) if n)
