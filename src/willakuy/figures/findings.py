"""Contradictions and corrections that the record shows by itself.

Each is put side by side with its statements; none is settled by us. Method: docs/method/comparison.md, "Findings".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations, pairwise

from willakuy.figures.comparison import ASPECTS, Claim, claims_of, compare_claims, differences_of, later_of
from willakuy.figures.effects import State
from willakuy.figures.profile import is_protected, profiles
from willakuy.figures.register import Register, register_of
from willakuy.figures.standing import live_on
from willakuy.figures.values import Finding, FindingKind, Relation
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import DocumentId, StatementId
from willakuy.statements.names import mask, recognise_name
from willakuy.statements.numbers import Quantity

FROM_NUMBER = 10
"""Smaller numbers coincide too easily for "same number, other meaning" to tell anybody anything."""

SEEN_WHOLE = frozenset({"complete"})
"""Codes of ``completeness`` under which the rows of a list can be counted against its stated number."""


def findings(corpus: Corpus) -> tuple[Finding, ...]:
    """All of them, by kind in the order of ``FindingKind``, and by their first statement in the ledger's order."""
    register = register_of(corpus)
    found = [
        *_contradictions(register),
        *_same_numbers(register),
        *_sums(register),
        *_rows(register),
        *_taken_back(register),
        *_profiles(corpus),
        *_successions(register),
    ]
    kinds = list(FindingKind)
    order = {s.statement_id: i for i, s in enumerate(corpus.statements)}
    return tuple(sorted(found, key=lambda f: (kinds.index(f.kind), [order.get(s, len(order)) for s in f.statements])))


def _standing_claims(register: Register) -> list[Claim]:
    return [claim for claim in claims_of(register).values() if not claim.is_withdrawn]


def _contradictions(register: Register) -> Iterable[Finding]:
    """Claims about one thing at one moment whose numbers cannot both be right."""
    for same in _by_meaning(_standing_claims(register)):
        for a, b in combinations(same, 2):
            if compare_claims(a, b).relation is Relation.contradict:
                yield Finding(FindingKind.claims_contradict, (a.statement_id, b.statement_id), ())


def _by_meaning(claims: Iterable[Claim]) -> Iterable[list[Claim]]:
    """Claims that may be comparable: a sieve, so that thousands need not be compared with thousands."""
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        figure = claim.statement.figure
        day = claim.as_of.earliest if claim.as_of else None
        groups[figure.harm.code, figure.population.code, figure.scope.code, day].append(claim)
    return [group for group in groups.values() if len(group) > 1]


def _same_numbers(register: Register) -> Iterable[Finding]:
    """One number printed with several meanings; one claim stands for each meaning, the earliest in the ledger."""
    by_number: dict[int, list[Claim]] = defaultdict(list)
    for claim in _standing_claims(register):
        quantity = claim.statement.figure.quantity
        if quantity.is_exact and quantity.lo >= FROM_NUMBER:
            by_number[quantity.lo].append(claim)
    for n, claims in by_number.items():
        meanings: list[Claim] = []
        for claim in claims:
            if all(_means_other(claim, other) for other in meanings):
                meanings.append(claim)
        if len(meanings) > 1:
            statements = tuple(claim.statement_id for claim in meanings)
            yield Finding(FindingKind.same_number_other_meaning, statements, (("n", str(n)),))


def _means_other(a: Claim, b: Claim) -> bool:
    return any(d.aspect in ASPECTS[:3] for d in differences_of(a, b))


def _sums(register: Register) -> Iterable[Finding]:
    """Parts that a speaker states, against the total the same speaker states."""
    for claim in _standing_claims(register):
        figure = claim.statement.figure
        if len(figure.parts) < 2:
            continue
        lo = sum(part.quantity.lo for part in figure.parts)
        his = [part.quantity.hi for part in figure.parts]
        hi = None if None in his else sum(h for h in his if h is not None)
        adds = figure.quantity.compatible(Quantity("", lo, hi))
        facts = (
            ("total", figure.quantity.words),
            ("sum", str(lo) if lo == hi else f"{lo}–{'' if hi is None else hi}"),
            ("parts", " + ".join(part.quantity.words for part in figure.parts)),
        )
        statements = (claim.statement_id, *(part.claim_id for part in figure.parts if part.claim_id))
        yield Finding(FindingKind.parts_add if adds else FindingKind.parts_do_not_add, statements, facts)


def _rows(register: Register) -> Iterable[Finding]:
    """A list that states a number and prints other than that many rows. Lists seen in part are not counted."""
    for claim in _standing_claims(register) + [c for c in claims_of(register).values() if c.is_withdrawn]:
        document_id = claim.statement.figure.counts_rows_of
        document = register.corpus.document.get(document_id) if document_id else None
        if document_id is None or document is None or document.completeness not in SEEN_WHOLE:
            continue
        lo, hi = _people_in(register, document_id)
        if not claim.statement.figure.quantity.compatible(Quantity("", lo, hi)):
            facts = (
                ("stated", claim.statement.figure.quantity.words),
                ("rows", str(lo) if lo == hi else f"{lo}–{'' if hi is None else hi}"),
                ("document", document_id),
            )
            yield Finding(FindingKind.rows_do_not_match, (claim.statement_id,), facts)


def _people_in(register: Register, document_id: DocumentId) -> tuple[int, int | None]:
    """People in the rows that the list itself counts."""
    rows = [
        e.record
        for e in register.entries.values()
        if e.document.document_id == document_id and e.record.row_status.code in (None, "listed")
    ]
    his = [row.count.hi for row in rows]
    return sum(row.count.lo for row in rows), None if None in his else sum(h for h in his if h is not None)


def _taken_back(register: Register) -> Iterable[Finding]:
    """Persons whose record was taken back: by all who said it (withdrawn), or with somebody upholding it (disputed)."""
    for subject in register.subjects:
        live = live_on(subject, None)
        touched = [e for e, state in live.states if state in (State.fallen, State.contested)]
        if not touched:
            continue
        upheld = bool(live.speaking) or bool(live.confirming)
        statements = _in_order((e.statement_id for e in live.against), (e.statement_id for e in touched))
        last = live.against[-1] if live.against else None
        facts = [("effect", last.effect if last else ""), ("day", last.day.isoformat() if last and last.day else "")]
        reason = _reason_of(register, last.statement_id) if last else None
        facts += [("reason", reason)] if reason else []
        kind = FindingKind.status_disputed if upheld else FindingKind.withdrawn
        yield Finding(kind, statements, tuple(facts), subject.person_id)


def _reason_of(register: Register, statement_id: StatementId) -> str | None:
    content = register.corpus.statement[statement_id].content
    return getattr(content, "reason", None)


def _profiles(corpus: Corpus) -> Iterable[Finding]:
    register = register_of(corpus)
    for person_id, profile in profiles(corpus).items():
        for field in profile.fields:
            if field.is_disputed:
                statements = _in_order(*(value.records for value in field.values))
                words = [value.words[0] for value in field.values]
                if field.field == "names" and is_protected(register.entries[r] for r in profile.records):
                    words = [mask(recognise_name(name)) for name in words]
                facts = (("field", field.field), ("values", "; ".join(dict.fromkeys(words))))
                yield Finding(FindingKind.profile_disputed, statements, facts, person_id)


def _successions(register: Register) -> Iterable[Finding]:
    """Claims of one speaker about one thing at successive moments: each replaces the one before. No contradiction."""
    runs: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims_of(register).values():
        figure = claim.statement.figure
        place = claim.place.code if claim.place else figure.place.words if figure.place else None
        runs[claim.voice, figure.harm.code, figure.population.code, figure.scope.code, place].append(claim)
    for run in runs.values():
        dated = [c for c in run if c.as_of is not None and c.as_of.latest is not None]
        for a, b in pairwise(sorted(dated, key=lambda c: (c.as_of.sort_key if c.as_of else (), c.statement_id))):
            changed = a.statement.figure.quantity.words != b.statement.figure.quantity.words
            if changed and later_of(a, b) is b and compare_claims(a, b).relation is Relation.supersedes:
                facts = (
                    ("earlier", a.statement.figure.quantity.words),
                    ("later", b.statement.figure.quantity.words),
                    ("voice", a.voice),
                )
                yield Finding(FindingKind.superseded, (a.statement_id, b.statement_id), facts)


def _in_order(*groups: Iterable[StatementId]) -> tuple[StatementId, ...]:
    return tuple(dict.fromkeys(statement for group in groups for statement in group))
