"""Totals that others publish, beside a figure of our own: for it, or against it. They never enter it.

Method: docs/method/counting.md, "Totals published by others".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from willakuy.figures.comparison import Claim, claims_of, day_of, later_of
from willakuy.figures.criteria import happened_on, read_dates
from willakuy.figures.knowledge import certain_from
from willakuy.figures.register import Register
from willakuy.figures.standing import is_known
from willakuy.figures.values import PersonStanding, Standing
from willakuy.statements.ids import StatementId
from willakuy.statements.numbers import Quantity
from willakuy.statements.scopes import Scope

Beside = tuple[tuple[StatementId, ...], tuple[StatementId, ...]]


def claims_beside(
    register: Register, scope: Scope, as_of: date | None, lo: int, hi: int, persons: Iterable[PersonStanding]
) -> Beside:
    """Claims known by ``as_of`` about what ``scope`` counts, each speaker's latest: inside ``lo..hi``, and outside it.

    An earlier claim below ``lo`` is neither when somebody counted was harmed after it: it may have been right.
    """
    claims = [c for c in claims_of(register).values() if _is_about(c, scope) and not c.is_withdrawn]
    known = [c for c in claims if is_known(certain_from(register.corpus.known(c.statement)), as_of)]
    standing = [c for c in known if not any(_replaces(other, c) for other in known)]
    last = _last_harm(register, persons) if standing else None
    for_, against = [], []
    for claim in standing:
        quantity = claim.statement.figure.quantity
        if quantity.compatible(_range(lo, hi)):
            for_.append(claim.statement_id)
        elif quantity.lo > hi or not _is_before(claim, last):
            against.append(claim.statement_id)
    return tuple(for_), tuple(against)


def _range(lo: int, hi: int) -> Quantity:
    return Quantity(f"{lo}-{hi}", lo, hi)


def _is_about(claim: Claim, scope: Scope) -> bool:
    figure = claim.statement.figure
    place = scope.place.code if scope.place else None
    where = claim.place.code if claim.place and "." in claim.place.code else None
    return (
        figure.scope.code in scope.claim_scopes
        and figure.population.code in scope.claim_populations
        and figure.harm.code in scope.harms
        and (where == place or (claim.place is not None and claim.place.code == place))
        and (figure.place is None or claim.place is not None)
    )


def _replaces(other: Claim, claim: Claim) -> bool:
    """The same speaker, later, of the same thing."""
    one, two = other.statement.figure, claim.statement.figure
    return (
        other.voice == claim.voice
        and one.scope.code == two.scope.code
        and one.population.code == two.population.code
        and later_of(other, claim) is other
    )


def _last_harm(register: Register, persons: Iterable[PersonStanding]) -> date | None:
    days = [
        day.latest
        for person in persons
        if person.standing is Standing.counted
        for record in person.records_for
        if record in register.entries
        for day in (read_dates(register.entries[record].record.died) or happened_on(register.entries[record].record))
    ]
    return max((day for day in days if day), default=None)


def _is_before(claim: Claim, last: date | None) -> bool:
    day = day_of(claim)
    return day is not None and last is not None and day < last
