"""How long figures take on a case of 10,000 invented persons: one count, a series of 30 days under 5 scopes, profiles.

Run: python benchmarks/figures.py [PERSONS]
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from willakuy.figures import change_days, count, findings, profiles, series
from willakuy.statements.ages import parse_age
from willakuy.statements.corpus import Corpus
from willakuy.statements.dates import DateSaid, PartialDate
from willakuy.statements.ids import DocumentId, JudgementId, ScopeId, SourceId, StatementId
from willakuy.statements.judgements import Identity, IdentityVerdict, Judgement
from willakuy.statements.names import Name, NameKind
from willakuy.statements.numbers import Quantity
from willakuy.statements.places import Place, PlaceSaid
from willakuy.statements.scopes import Scope
from willakuy.statements.sources import Citation, Derivation, Document, Locator, Source
from willakuy.statements.statement import Coded, Statement, VictimRecord

LISTS = 12
START = date(2023, 1, 1)
DAYS = [START + timedelta(days=i) for i in range(30)]
SYLLABLES = ("ka", "mi", "to", "ru", "sel", "pan", "qui", "yo", "wa", "lin", "hua", "cho", "ne", "bar", "ti")

ALL = Scope(ScopeId("scp_all"), 1, "Todas", "All", "Todas.", "All.", place=Place("PE"))
SCOPES = (
    ALL,
    replace(ALL, scope_id=ScopeId("scp_clashes"), not_roles=("police",), circumstances=("clash_or_forces",)),
    replace(ALL, scope_id=ScopeId("scp_forces"), roles=("police",)),
    replace(ALL, scope_id=ScopeId("scp_minors"), minors_only=True),
    replace(ALL, scope_id=ScopeId("scp_two"), min_sources=2),
)


def corpus_of(n_persons: int, seed: int = 1) -> Corpus:
    """Each person in one to five of twelve lists; one row in fifty unnamed, a group row a day and list."""
    rng = random.Random(seed)
    sources = [
        Source(
            SourceId(f"src_{i}"),
            f"Fuente {i}",
            "state_body" if i == 0 else "press",
            derives_from=(Derivation("", SourceId(f"src_{i - 1}")),) if i % 4 == 1 else (),
        )
        for i in range(LISTS)
    ]
    documents = [Document(DocumentId(f"doc_{i}"), s.source_id, s.name, is_list=True) for i, s in enumerate(sources)]
    statements: list[Statement] = []
    judgements: list[Judgement] = []
    for person in range(n_persons):
        name, day, place = _name(rng), START + timedelta(days=rng.randrange(30)), f"PE.{rng.randint(1, 25):02d}.01"
        age, rows = str(rng.randint(10, 80)), []
        for i in rng.sample(range(LISTS), rng.choice((1, 1, 2, 2, 3, 5))):
            unnamed = rng.random() < 0.02
            record = _record("NN" if unnamed else name, day, place, age)
            rows.append(_statement(len(statements), i, record, day + timedelta(days=rng.randrange(4))))
            statements.append(rows[-1])
        if len(rows) > 1:
            ids = tuple(row.statement_id for row in rows)
            decision = Identity(IdentityVerdict.same, ids)
            judgements.append(Judgement(JudgementId(f"jdg_{person}"), decision, "coder", "", "invented"))
    for day in DAYS:
        for i in rng.sample(range(LISTS), 3):
            n = rng.randint(3, 30)
            record = replace(
                _record("", day, f"PE.{rng.randint(1, 25):02d}", "30"), names=(), age=None, count=Quantity.exactly(n)
            )
            statements.append(_statement(len(statements), i, record, day))
    return Corpus(tuple(sources), tuple(documents), tuple(statements), tuple(judgements), SCOPES)


def _name(rng: random.Random) -> str:
    return " ".join("".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))).title() for _ in range(4))


def _record(name: str, day: date, place: str, age: str) -> VictimRecord:
    return VictimRecord(
        names=(Name(name, NameKind.unnamed if name == "NN" else NameKind.full),),
        age=parse_age(age),
        dated=DateSaid(day.isoformat(), PartialDate.of(day)),
        place=PlaceSaid(place, Place(place)),
        roles=(Coded(code="civilian"),),
        circumstances=(Coded(code="clash_or_forces"),),
    )


def _statement(k: int, i: int, record: VictimRecord, known: date) -> Statement:
    citation = Citation(DocumentId(f"doc_{i}"), Locator(row=k + 1))
    return Statement(StatementId(f"stm_{k:06d}"), record, (citation,), words="", said=PartialDate.of(known))


def timed(what: str, do: Callable[[], object]) -> object:
    start = time.perf_counter()
    result = do()
    print(f"{what:<58}{time.perf_counter() - start:8.2f} s")
    return result


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    corpus = corpus_of(n)
    print(f"{n} persons, {len(corpus.statements)} records, {LISTS} lists")
    timed("one count, all that is recorded (nothing computed before)", lambda: count(corpus, ALL))
    timed("the same count again", lambda: count(corpus, ALL))
    timed(f"series: {len(DAYS)} days x {len(SCOPES)} scopes", lambda: [series(corpus, s, DAYS) for s in SCOPES])
    timed("change days", lambda: change_days(corpus))
    timed("profiles", lambda: profiles(corpus))
    timed("findings", lambda: findings(corpus))
    print(f"{'memory at the most':<58}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MiB")


if __name__ == "__main__":
    main()
