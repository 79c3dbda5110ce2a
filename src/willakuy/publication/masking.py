"""Who must not be named, and taking their names out of running text.

Errs towards silence: an age that settles nothing counts as a minor's unless another source says adult; a record that
a program or a person holds to be possibly a minor's is masked with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from willakuy.publication.policy import Policy, Rule, exceptions_in
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import StatementId
from willakuy.statements.names import NameKind, fold
from willakuy.statements.persons import Person
from willakuy.statements.statement import Statement, Status, VictimRecord

_INITIALS = (NameKind.initials, NameKind.given_name_and_initials)
_POSSIBLE = 0.5
"""A machine pair at least this likely shares its mask."""

RECTIFIES = "rectifies"
_OF_DEATH = ("existence", "death")


def harm_of(corpus: Corpus, statement: Statement) -> str | None:
    """The harm a record states, or the one its list states of all its rows."""
    code = statement.victim.harm.code
    if code is not None:
        return code
    return dict(corpus.document[statement.document_id].constants).get("harm")


def is_group(record: VictimRecord) -> bool:
    return record.count.lo != 1 or record.count.hi != 1


def withheld_records(
    corpus: Corpus, policy: Policy, unconsented: Mapping[StatementId, Rule]
) -> dict[StatementId, Rule]:
    """Victim records that may not be shown at all: without consent, of persons nobody says were killed, or by decision.

    A person is judged by the records that are left when those without consent are taken away.
    """
    exceptions = exceptions_in(corpus.judgements)
    out: dict[StatementId, Rule] = {}
    for person in corpus.identities.persons:
        out.update({r: unconsented[r] for r in person.records if r in unconsented})
        records = [corpus.statement[r] for r in person.records if r not in unconsented]
        subjects = (person.person_id, *person.records)
        if any(exceptions.get((Rule.withdrawn_by_decision, s)) is False for s in subjects):
            out.update(dict.fromkeys((r.statement_id for r in records), Rule.withdrawn_by_decision))
        elif any(exceptions.get((Rule.not_killed, s)) for s in subjects):
            continue
        elif not any(_may_stand_alone(corpus, r, policy) for r in records):
            out.update(dict.fromkeys((r.statement_id for r in records), Rule.not_killed))
    return out


def _may_stand_alone(corpus: Corpus, statement: Statement, policy: Policy) -> bool:
    record = statement.victim
    names_nobody = not any(name.kind.names_somebody for name in record.names)
    return harm_of(corpus, statement) in policy.individual_harms or (is_group(record) and names_nobody)


def masked_records(corpus: Corpus) -> dict[StatementId, Rule]:
    """Victim records whose names become initials, with the rule."""
    exceptions = exceptions_in(corpus.judgements)
    rectified = _rectified(corpus)
    out: dict[StatementId, Rule] = {}
    for person in corpus.identities.persons:
        subjects = (person.person_id, *person.records)
        if any(exceptions.get((Rule.minor, s)) for s in subjects):
            continue
        if may_be_minor(corpus, person) or any(exceptions.get((Rule.minor, s)) is False for s in subjects):
            out.update(dict.fromkeys(person.records, Rule.minor))
        elif _may_be_alive(corpus, person, rectified):
            out.update(dict.fromkeys(person.records, Rule.may_be_alive))
    return _spread(corpus, out)


def may_be_minor(corpus: Corpus, person: Person) -> bool:
    """Somebody says so, or gives an unsettled age or initials while nobody says adult."""
    ages = [age.is_minor() for r in person.records if (age := corpus.statement[r].victim.age) is not None]
    if True in ages:
        return True
    if False in ages:
        return False
    kinds = {name.kind for r in person.records for name in corpus.statement[r].victim.names}
    return bool(ages) or not kinds.isdisjoint(_INITIALS)


def _rectified(corpus: Corpus) -> set[StatementId]:
    """Records of a death that somebody, or their own list, later set right."""
    out: set[StatementId] = set()
    for statement in corpus.standing:
        content = statement.content
        if isinstance(content, Status) and content.effect == RECTIFIES and content.aspect in _OF_DEATH:
            out.update(content.targets)
        elif isinstance(content, VictimRecord) and content.row_status.code == "rectified":
            out.add(statement.statement_id)
    return out


def _may_be_alive(corpus: Corpus, person: Person, rectified: Set[StatementId]) -> bool:
    deaths = {r for r in person.records if harm_of(corpus, corpus.statement[r]) == "killed"}
    return bool(deaths) and deaths <= rectified


def _spread(corpus: Corpus, masked: dict[StatementId, Rule]) -> dict[StatementId, Rule]:
    """Mask as well what is possibly the same person, or bears the same whole name, unless known to be adult."""
    if not masked:
        return masked
    pairs = set(corpus.identities.undecided)
    pairs |= {(p.record_l, p.record_r) for p in corpus.proposals if p.p_same >= _POSSIBLE}
    near: defaultdict[StatementId, set[StatementId]] = defaultdict(set)
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    names = {key for r in masked for key in _whole_names(corpus.statement[r])}
    out = dict(masked)
    for person in corpus.identities.persons:
        if any(r in masked for r in person.records) or _is_adult(corpus, person):
            continue
        records = [corpus.statement[r] for r in person.records]
        if any(near[r] & masked.keys() for r in person.records) or any(names & _whole_names(s) for s in records):
            out.update(dict.fromkeys(person.records, Rule.minor))
    return out


def _is_adult(corpus: Corpus, person: Person) -> bool:
    ages = [age.is_minor() for r in person.records if (age := corpus.statement[r].victim.age) is not None]
    return False in ages and True not in ages


def _whole_names(statement: Statement) -> set[frozenset[str]]:
    keys = {
        frozenset(name_tokens(n.printed))
        for n in statement.victim.names
        if n.kind not in _INITIALS and n.kind.names_somebody
    }
    return {key for key in keys if len(key) >= 3}


def name_tokens(printed: str) -> tuple[str, ...]:
    """Folded words of a name, without particles and single letters."""
    return tuple(w for w in "".join(c if c.isalnum() else " " for c in fold(printed)).split() if len(w) > 2)


class NameIndex:
    """Names by their words, to find whom a run of capitalised words may name."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """``names`` are (name as printed, what stands for it)."""
        self._people: list[tuple[frozenset[str], str]] = []
        self._by_token: defaultdict[str, list[int]] = defaultdict(list)
        for printed, instead in names:
            tokens = frozenset(name_tokens(printed))
            if len(tokens) >= 2:
                for token in tokens:
                    self._by_token[token].append(len(self._people))
                self._people.append((tokens, instead))

    def instead_of(self, tokens: Iterable[str]) -> tuple[frozenset[str], str] | None:
        """The best fit that shares two words or more with ``tokens``: the words shared, and what stands for the name."""
        shared: defaultdict[int, set[str]] = defaultdict(set)
        for token in tokens:
            for i in self._by_token.get(token, ()):
                shared[i].add(token)
        best = max(shared, key=lambda i: (len(shared[i]), -i), default=None)
        if best is None or len(shared[best]) < 2:
            return None
        return frozenset(shared[best]), self._people[best][1]

    def holds(self, tokens: Iterable[str]) -> bool:
        """Whether all of ``tokens`` are words of one name in it."""
        wanted = list(tokens)
        found = [set(self._by_token.get(token, ())) for token in wanted]
        return bool(found) and bool(set.intersection(*found))


def masks_for(corpus: Corpus, masked: Mapping[StatementId, Rule], initials: Mapping[StatementId, str]) -> NameIndex:
    """Every printed form of every masked name, with the initials that stand for it."""
    return NameIndex(
        (name.printed, initials[record])
        for record in masked
        for name in corpus.statement[record].victim.names
        if name.kind.names_somebody and name.kind not in _INITIALS
    )
