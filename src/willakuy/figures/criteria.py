"""One record against one criterion of a scope: yes, no, or not said.

``True`` affirms, ``False`` denies, ``None`` is silence: the record says nothing, or nothing that settles it. Method:
docs/method/counting.md, "Criteria".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

from willakuy.figures.register import Entry
from willakuy.figures.values import Reason
from willakuy.statements.dates import DateSaid, PartialDate
from willakuy.statements.errors import TermUnknown, VocabularyUnknown
from willakuy.statements.places import Place, PlaceSaid
from willakuy.statements.scopes import Scope
from willakuy.statements.statement import Coded, VictimRecord
from willakuy.statements.vocabularies import ancestors

Truth = bool | None

UNSAID = frozenset({"unknown", "not_stated"})
"""Codes by which a transcriber records that the source does not say."""

FINAL_HARM = "killed"
"""Somebody reported wounded or missing and later dead is dead: the first report does not deny the second."""

MARKED_ROLES = frozenset({"police", "soldier", "unborn", "newborn", "prosecutor", "official"})
"""Roles that whoever speaks of a death states. Where nobody does, nobody is taken to have had one."""

REASON_OF = {
    "harms": Reason.other_harm,
    "roles": Reason.other_role,
    "not_roles": Reason.other_role,
    "circumstances": Reason.other_circumstance,
    "not_circumstances": Reason.other_circumstance,
    "minors_only": Reason.not_a_minor,
    "place": Reason.other_place,
    "period": Reason.other_period,
}
"""Each criterion, in the order they are asked, with the reason for leaving out whoever fails it."""


def criteria_of(scope: Scope) -> tuple[str, ...]:
    """The criteria that ``scope`` applies; empty ones are not asked."""
    return tuple(name for name in REASON_OF if getattr(scope, name))


def answers(entry: Entry, scope: Scope) -> tuple[Truth, ...]:
    """``entry`` against each of ``criteria_of(scope)``, in that order.

    What the record leaves unsaid is taken from what its document says of all its rows.
    """
    return tuple(_ASKED[name](entry, scope) for name in criteria_of(scope))


def when_silent(name: str, scope: Scope) -> Truth:
    """What a criterion comes to when no record says anything on it.

    Nobody is left out for a role or circumstance that nobody stated, and nobody is a police officer whom nobody calls
    one; on anything else silence stays silence.
    """
    if name.startswith("not_"):
        return True
    return False if name == "roles" and set(scope.roles) <= MARKED_ROLES else None


def harm_of(entry: Entry) -> str | None:
    return entry.record.harm.code or entry.constants.get("harm")


def codes_of(said: Iterable[Coded], constant: str | None) -> frozenset[str]:
    """The codes a record gives, or the one its document gives for all."""
    codes = frozenset(coded.code for coded in said if coded.code) - UNSAID
    return codes or (frozenset(part.strip() for part in constant.split(",")) - UNSAID if constant else frozenset())


@cache
def broader(vocabulary: str, code: str) -> frozenset[str]:
    """``code`` and every broader one; of a code the vocabulary does not hold, itself."""
    try:
        return frozenset(ancestors(vocabulary, code))
    except (TermUnknown, VocabularyUnknown):
        return frozenset((code,))


def _is_any(vocabulary: str, codes: frozenset[str], wanted: tuple[str, ...]) -> Truth:
    """Whether one of ``codes`` is, or is a kind of, one of ``wanted``.

    A broader word than the one wanted settles nothing: "civilian" does not say "bystander".
    """
    if not codes:
        return None
    if any(broader(vocabulary, code) & set(wanted) for code in codes):
        return True
    wider = frozenset().union(*(broader(vocabulary, w) for w in wanted))
    return None if codes & wider else False


def _not(truth: Truth) -> Truth:
    return None if truth is None else not truth


def _harms(entry: Entry, scope: Scope) -> Truth:
    harm = harm_of(entry)
    return None if harm is None else _is_any("harm", frozenset((harm,)), scope.harms)


def _roles(entry: Entry, scope: Scope) -> Truth:
    return _is_any("role", codes_of(entry.record.roles, entry.constants.get("role")), scope.roles)


def _not_roles(entry: Entry, scope: Scope) -> Truth:
    return _not(_is_any("role", codes_of(entry.record.roles, entry.constants.get("role")), scope.not_roles))


def circumstances_of(entry: Entry) -> frozenset[str]:
    return codes_of(entry.record.circumstances, entry.constants.get("circumstance"))


def _circumstances(entry: Entry, scope: Scope) -> Truth:
    return _is_any("circumstance", circumstances_of(entry), scope.circumstances)


def _not_circumstances(entry: Entry, scope: Scope) -> Truth:
    return _not(_is_any("circumstance", circumstances_of(entry), scope.not_circumstances))


def _minors_only(entry: Entry, scope: Scope) -> Truth:
    age = entry.record.age
    if age is None:
        return True if "newborn" in codes_of(entry.record.roles, entry.constants.get("role")) else None
    day = next(iter(happened_on(entry.record)), None)
    if day is not None and day.earliest is not None:
        age = age.on(day.earliest)
    return age.is_minor()


def _place(entry: Entry, scope: Scope) -> Truth:
    """Where the harm was done; failing that, where the person died, which elsewhere proves nothing."""
    assert scope.place is not None
    record = entry.record
    where = places_of(record)
    if where:
        return _inside(where, scope.place)
    died = read_places(record.died_at)
    if died:
        return _inside(died, scope.place) or None
    constant = entry.constants.get("place")
    return _inside((Place(constant),), scope.place) if constant else None


def _inside(places: tuple[Place, ...], wanted: Place) -> Truth:
    if all(wanted.contains(place) for place in places):
        return True
    return None if any(wanted.compatible(place) for place in places) else False


def _period(entry: Entry, scope: Scope) -> Truth:
    """The day of the harm; failing that of the death, which can only be later."""
    assert scope.period is not None
    record = entry.record
    days = happened_on(record)
    if days:
        return _during(days, scope.period)
    died = read_dates(record.died)
    if died:
        return _during(died, scope.period) if not _all_after(died, scope.period) else None
    if constant := entry.constants.get("happened"):
        return _during((PartialDate(constant),), scope.period)
    reported = read_dates(record.reported)
    start = scope.period.earliest
    return False if reported and start and all((d.latest or date.max) < start for d in reported) else None


def _during(days: tuple[PartialDate, ...], period: PartialDate) -> Truth:
    if all(day.within(period) for day in days):
        return True
    return None if any(day.overlaps(period) for day in days) else False


def _all_after(days: tuple[PartialDate, ...], period: PartialDate) -> bool:
    end = period.latest
    return end is not None and all((day.earliest or date.min) > end for day in days)


def read_dates(said: DateSaid | None) -> tuple[PartialDate, ...]:
    return said.readings if said else ()


def read_places(said: PlaceSaid | None) -> tuple[Place, ...]:
    """What the words settle, else everything they may mean, else nothing."""
    if said is None:
        return ()
    return (said.place,) if said.place else said.candidates


def happened_on(record: VictimRecord) -> tuple[PartialDate, ...]:
    """The day the harm was done, as far as the record says: of the wound, of the event, or a day of unstated meaning."""
    return read_dates(record.wounded) or read_dates(record.happened) or read_dates(record.dated)


def places_of(record: VictimRecord) -> tuple[Place, ...]:
    """Where the harm was done: where the person was hurt, or the place of unstated meaning."""
    return read_places(record.wounded_at) or read_places(record.place)


_ASKED: dict[str, Callable[[Entry, Scope], Truth]] = {
    "harms": _harms,
    "roles": _roles,
    "not_roles": _not_roles,
    "circumstances": _circumstances,
    "not_circumstances": _not_circumstances,
    "minors_only": _minors_only,
    "place": _place,
    "period": _period,
}
