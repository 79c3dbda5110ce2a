"""Everything said about one person, field by field, each value with the records that say it.

A person has no values of its own: a profile is computed, and "disputed" is computed too. Method:
docs/method/counting.md, "Profiles".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from willakuy.figures.grades import grade_given, grade_of, subject_of
from willakuy.figures.independence import n_disjoint
from willakuy.figures.register import Entry, Register, Subject, register_of
from willakuy.figures.said import FIELDS, Said
from willakuy.figures.standing import live_on
from willakuy.figures.values import FieldProfile, Profile, ValueSaid
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import PersonId
from willakuy.statements.names import Name, NameKind, fold, initials_of, mask
from willakuy.statements.persons import Person

NOBODY = "NN"
"""Shown for somebody whom no source names or describes."""

_WHOLE = (NameKind.full, NameKind.surname_first, NameKind.short)


def profile(corpus: Corpus, person: Person | PersonId) -> Profile:
    """What all that is recorded says of ``person``; retracted records are shown and marked, and dispute nothing."""
    register = register_of(corpus)
    return _profile(register, subject_of(register, person))


def profiles(corpus: Corpus) -> Mapping[PersonId, Profile]:
    """The profile of every person of the case, in the order the case received them."""
    register = register_of(corpus)
    return MappingProxyType({s.person_id: _profile(register, s) for s in register.subjects})


def _profile(register: Register, subject: Subject) -> Profile:
    memo: dict[PersonId, Profile] = register.memo.setdefault("profiles", {})
    if subject.person_id not in memo:
        memo[subject.person_id] = _compute(register, subject)
    return memo[subject.person_id]


def _compute(register: Register, subject: Subject) -> Profile:
    entries = (*subject.entries, *subject.groups)
    live = live_on(subject, None)
    speaking = [entry for entry in live.speaking if not entry.is_set_aside] or list(entries)
    is_minor = _is_minor(speaking)
    return Profile(
        person_id=subject.person_id,
        display_name=_display_name(entries, speaking, is_protected=is_protected(entries)),
        is_minor=is_minor,
        fields=tuple(_fields(entries, frozenset(e.statement_id for e in speaking))),
        records=tuple(entry.statement_id for entry in entries),
        n_sources=len({entry.document.source_id for entry in entries}),
        n_independent=n_disjoint(entry.every for entry in entries),
        grade=grade_of(register, subject),
        grade_given=grade_given(register, subject),
        retracted_by=tuple(dict.fromkeys(effect.statement_id for effect in live.against)),
    )


def is_protected(entries: Iterable[Entry]) -> bool:
    """Whether any record, even a retracted one, says the person was under 18: then initials are shown."""
    return any(e.record.age is not None and e.record.age.is_minor() for e in entries)


def _is_minor(speaking: Iterable[Entry]) -> bool | None:
    said = {e.record.age.is_minor() for e in speaking if e.record.age is not None} - {None}
    return said.pop() if len(said) == 1 else None


def _fields(entries: Iterable[Entry], speaking: frozenset[str]) -> Iterable[FieldProfile]:
    for name, (read, disagree) in FIELDS.items():
        said = [(entry, value) for entry in entries for value in read(entry.record)]
        if said:
            yield FieldProfile(name, _values(said), _is_disputed(said, speaking, disagree))


def _values(said: Iterable[tuple[Entry, Said]]) -> tuple[ValueSaid, ...]:
    """One value for each key; those that most independent sources say come first."""
    by_key: dict[str, list[tuple[Entry, Said]]] = defaultdict(list)
    for entry, value in said:
        by_key[value.key].append((entry, value))
    values = [
        ValueSaid(
            key=key,
            words=tuple(dict.fromkeys(value.words for _, value in same)),
            records=tuple(dict.fromkeys(entry.statement_id for entry, _ in same)),
            n_independent=n_disjoint(entry.every for entry, _ in same),
        )
        for key, same in by_key.items()
    ]
    return tuple(sorted(values, key=lambda v: (-v.n_independent, -len(v.records), v.key)))


def _is_disputed(
    said: list[tuple[Entry, Said]],
    speaking: frozenset[str],
    disagree: Callable[[list[Said], list[Said]], bool] | None,
) -> bool:
    """Two records, neither taken back, that cannot both be right about the field."""
    if disagree is None:
        return False
    by_record: dict[str, list[Said]] = defaultdict(list)
    for entry, value in said:
        if entry.statement_id in speaking:
            by_record[entry.statement_id].append(value)
    distinct = {tuple(sorted(value.key for value in values)): values for values in by_record.values()}
    sides = list(distinct.values())
    return any(disagree(a, b) for i, a in enumerate(sides) for b in sides[i + 1 :])


def _display_name(entries: Iterable[Entry], speaking: Iterable[Entry], *, is_protected: bool) -> str:
    """The form most independent sources print, whole names before parts; of a minor, initials."""
    named = _by_form(speaking) or _by_form(entries)
    if not named:
        described = [name for e in entries for name in e.record.names if name.printed.strip()]
        return mask(described[0]) if described and is_protected else described[0].printed if described else NOBODY
    forms = sorted(named.values(), key=_rank)
    if is_protected:
        initials = [mask(name) for name, _ in forms if initials_of(name)]
        return max(initials, key=lambda letters: letters.count(".")) if initials else NOBODY
    return forms[0][0].printed


def _by_form(entries: Iterable[Entry]) -> dict[str, tuple[Name, list[frozenset[str]]]]:
    forms: dict[str, tuple[Name, list[frozenset[str]]]] = {}
    for entry in entries:
        for name in entry.record.names:
            if name.kind.names_somebody:
                shown, origins = forms.setdefault(fold(name.printed), (name, []))
                origins.append(entry.every)
                if shown.printed.isupper() and not name.printed.isupper():
                    forms[fold(name.printed)] = (name, origins)
    return forms


def _rank(form: tuple[Name, list[frozenset[str]]]) -> tuple[int, int, bool, int, int, str]:
    name, origins = form
    return (
        0 if name.kind in _WHOLE else 1,
        -n_disjoint(origins),
        name.printed.isupper(),
        -len(origins),
        -len(name.printed.split()),
        fold(name.printed),
    )
