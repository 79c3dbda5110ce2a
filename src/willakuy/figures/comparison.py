"""Two published numbers side by side: whether they count the same thing, and if not, what differs.

A number is compared with another only when harm, population, scope, place, period and moment are the same. Method:
docs/method/comparison.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from willakuy.figures.criteria import UNSAID, read_places
from willakuy.figures.effects import REPLACING, TAKING_BACK
from willakuy.figures.register import Register, register_of
from willakuy.figures.speakers import voice_of
from willakuy.figures.values import Comparison, Difference, Relation
from willakuy.statements.corpus import Corpus
from willakuy.statements.dates import DatePrecision, PartialDate
from willakuy.statements.folding import fold
from willakuy.statements.ids import StatementId
from willakuy.statements.places import Place
from willakuy.statements.statement import Coded, Statement, StatementKind

ASPECTS = ("harm", "population", "scope", "place", "period", "as_of")
"""What must agree, most telling first."""

NOT_STATED = "not_stated"
"""Stands for what a claim does not say, in a ``Difference``."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure claim with what its document adds. ``as_of`` is the moment it speaks of, if any is known."""

    statement: Statement
    voice: str
    as_of: PartialDate | None
    place: Place | None
    is_withdrawn: bool

    @property
    def statement_id(self) -> StatementId:
        return self.statement.statement_id


def compare(corpus: Corpus, a: StatementId, b: StatementId) -> Comparison:
    """What the figure claims ``a`` and ``b`` are to one another.

    ``differences`` lists every aspect in which they count different things, the most telling first; with none, the two
    numbers agree or contradict one another. Of one speaker who only speaks at another moment, the later claim
    supersedes the earlier, and that is no contradiction. "At least 40" and 49 agree.

    Raises:
        TypeError: one of the two is not a figure claim.
        KeyError: the case has no such statement.
    """
    claims = claims_of(register_of(corpus))
    for statement_id in (a, b):
        corpus.statement[statement_id].figure  # noqa: B018 - raises for anything but a figure claim
    return compare_claims(claims.get(a) or _claim(corpus, a), claims.get(b) or _claim(corpus, b))


def compare_claims(a: Claim, b: Claim) -> Comparison:
    differences = differences_of(a, b)
    one, other = a.statement.figure.quantity, b.statement.figure.quantity
    if not differences:
        relation = Relation.agree if one.compatible(other) else Relation.contradict
    elif a.voice == b.voice and _is_later(a, b) is not None and {d.aspect for d in differences} == {"as_of"}:
        relation = Relation.supersedes
    elif one.is_exact and other.is_exact and one.lo == other.lo and _means_other(differences):
        relation = Relation.same_number_other_meaning
    else:
        relation = Relation.not_comparable
    return Comparison(a.statement_id, b.statement_id, relation, differences)


def differences_of(a: Claim, b: Claim) -> tuple[Difference, ...]:
    one, other = a.statement.figure, b.statement.figure
    found = [
        _coded("harm", one.harm, other.harm),
        _coded("population", one.population, other.population),
        _coded("scope", one.scope, other.scope),
        _place(a, b),
        _period(one.period, other.period),
        _as_of(a.as_of, b.as_of),
    ]
    return tuple(difference for difference in found if difference is not None)


def later_of(a: Claim, b: Claim) -> Claim | None:
    """The one that certainly speaks of a later moment; ``None`` when that is not certain."""
    return _is_later(a, b)


def claims_of(register: Register) -> dict[StatementId, Claim]:
    """Every standing figure claim, in the order of the ledger."""
    if "claims" not in register.memo:
        corpus = register.corpus
        register.memo["claims"] = {
            s.statement_id: _claim(corpus, s.statement_id) for s in corpus.of_kind(StatementKind.figure)
        }
    found: dict[StatementId, Claim] = register.memo["claims"]
    return found


def _claim(corpus: Corpus, statement_id: StatementId) -> Claim:
    register = register_of(corpus)
    statement = corpus.statement[statement_id]
    taken = {
        target
        for effect in register.effects
        for target in effect.targets
        if effect.effect in TAKING_BACK or effect.effect in REPLACING
    }
    return Claim(
        statement=statement,
        voice=voice_of(corpus, register.origins, statement),
        as_of=statement.figure.as_of or corpus.known(statement),
        place=next(iter(read_places(statement.figure.place)), None),
        is_withdrawn=statement_id in taken,
    )


def _means_other(differences: tuple[Difference, ...]) -> bool:
    return any(d.aspect in ("harm", "population", "scope") for d in differences)


def _coded(aspect: str, a: Coded, b: Coded) -> Difference | None:
    if a.code and b.code:
        is_same = a.code == b.code and a.code not in UNSAID and a.code != "other"
        return None if is_same else Difference(aspect, a.code, b.code)
    if fold(a.words or "") == fold(b.words or "") and a.code == b.code:
        return None
    return Difference(aspect, _say(a), _say(b))


def _say(coded: Coded) -> str:
    return coded.code or coded.words or NOT_STATED


def _place(a: Claim, b: Claim) -> Difference | None:
    one, other = a.statement.figure.place, b.statement.figure.place
    if a.place and b.place:
        return None if a.place == b.place else Difference("place", a.place.code, b.place.code)
    words = (one.words if one else NOT_STATED, other.words if other else NOT_STATED)
    return None if fold(words[0]) == fold(words[1]) else Difference("place", *words)


def _period(a: PartialDate | None, b: PartialDate | None) -> Difference | None:
    """Beginnings are compared; where a running count ends is its as-of time. Silence is no difference."""
    if a is None or b is None:
        return None
    starts = (a.ends[0] or a, b.ends[0] or b)
    return None if starts[0].overlaps(starts[1]) else Difference("period", a.edtf, b.edtf)


def _as_of(a: PartialDate | None, b: PartialDate | None) -> Difference | None:
    """One day, and one moment of it where both say one."""
    if a is not None and b is not None:
        if a.edtf == b.edtf and a.is_exact:
            return None
        same_day = a.is_exact and b.is_exact and a.earliest == b.earliest
        if same_day and DatePrecision.day in (a.precision, b.precision):
            return None
    elif a is None and b is None:
        return Difference("as_of", NOT_STATED, NOT_STATED)
    return Difference("as_of", a.edtf if a else NOT_STATED, b.edtf if b else NOT_STATED)


def _is_later(a: Claim, b: Claim) -> Claim | None:
    if a.as_of is None or b.as_of is None:
        return None
    for one, other in ((a, b), (b, a)):
        end, start = other.as_of.latest_moment, one.as_of.earliest_moment  # type: ignore[union-attr]
        if end is not None and start is not None and end < start:
            return one
    return None


def day_of(claim: Claim) -> date | None:
    return claim.as_of.latest if claim.as_of else None
