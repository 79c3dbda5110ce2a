"""What no decision may break: nobody is one person with somebody they were judged different from, or cannot be.

A decision that would is refused before it is recorded. The way round is another decision: undo the judgement in the
way, or record an exception to the rule, with its reason. Method: docs/method/linkage.md, "What is refused".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from willakuy.i18n import N_, gettext
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import JudgementId, StatementId
from willakuy.statements.impossible import DEAD_BEFORE_WOUNDED, DIED_IN_TWO_YEARS, ONE_LIST, RULES, impossible
from willakuy.statements.judgements import Identity, IdentityVerdict, Judgement, PolicyException, in_force
from willakuy.statements.persons import Person

JUDGED_DIFFERENT = "judged_different"
MERGE_RULES = RULES
"""Rules an exception can be made to; what people judged different is not among them: that judgement is undone."""

_SENTENCE = {
    JUDGED_DIFFERENT: N_("{a} and {b} are judged different ({because}) and would be one person."),
    ONE_LIST: N_("{a} and {b} are two rows of a list that names each person once."),
    DEAD_BEFORE_WOUNDED: N_("one of {a} and {b} gives a death before the wound that the other gives."),
    DIED_IN_TWO_YEARS: N_("{a} and {b} give deaths in two different years."),
}
_JOINED = N_("{a} and {b} are one person by {because}.")


@dataclass(frozen=True, slots=True)
class Broken:
    """One rule broken by one pair of records; ``because``: the judgements in the way, for what people judged."""

    rule: str
    a: StatementId
    b: StatementId
    because: tuple[JudgementId, ...] = ()
    is_joined: bool = False
    """The decision keeps apart what ``because`` joins."""

    @property
    def may_be_excepted(self) -> bool:
        return self.rule in MERGE_RULES

    def say(self) -> str:
        sentence = _JOINED if self.is_joined else _SENTENCE[self.rule]
        return gettext(sentence).format(a=self.a, b=self.b, because=", ".join(self.because))


def with_judgement(corpus: Corpus, judgement: Judgement) -> Corpus:
    """``corpus`` as it would be with one more judgement."""
    return replace(corpus, judgements=(*corpus.judgements, judgement))


def broken_by(corpus: Corpus, judgement: Judgement, after: Corpus | None = None) -> tuple[Broken, ...]:
    """What ``judgement`` would break that is whole now; empty when it may be recorded.

    Contradictions that the case holds already (two copies merged, a list of decisions imported) are not held against it.
    """
    after = after or with_judgement(corpus, judgement)
    return (*_against_people(corpus, after, judgement), *_against_rules(corpus, after))


def rule_against(corpus: Corpus, a: StatementId, b: StatementId) -> str | None:
    """The rule by which two records cannot be one person, exceptions aside."""
    one, other = corpus.statement[a], corpus.statement[b]
    document = corpus.document[one.document_id]
    is_one_list = one.document_id == other.document_id and document.is_list and document.is_free_of_duplicates
    return impossible(one.victim, other.victim, in_one_list=is_one_list)


def exception_subject(a: str, b: str) -> str:
    """What an exception to a rule of merging is about."""
    return " ".join(sorted((a, b)))


def excepted(corpus: Corpus) -> frozenset[tuple[str, str]]:
    """(rule, subject) of the exceptions in force."""
    latest = {
        (j.decision.rule, j.decision.subject): j.decision.allow
        for j in in_force(corpus.judgements)
        if isinstance(j.decision, PolicyException)
    }
    return frozenset(key for key, allow in latest.items() if allow)


def contradictions(corpus: Corpus) -> tuple[Broken, ...]:
    """What the judgements in force contradict one another in, each named with all that take part."""
    person_of = corpus.identities.by_record()
    return tuple(
        Broken(JUDGED_DIFFERENT, a, b, (*judged_apart(corpus, a, b), *person_of[a].joined_by))
        for a, b in sorted(corpus.identities.different)
        if person_of[a] is person_of[b]
    )


def judged_apart(corpus: Corpus, a: StatementId, b: StatementId) -> tuple[JudgementId, ...]:
    """The latest judgement in force that these two records are of different persons."""
    found = [
        j.judgement_id
        for j in in_force(corpus.judgements)
        if isinstance(j.decision, Identity)
        and j.decision.verdict is IdentityVerdict.different
        and {a, b} <= set(j.decision.records)
    ]
    return tuple(found[-1:])


def _against_people(corpus: Corpus, after: Corpus, judgement: Judgement) -> Iterator[Broken]:
    conflicts_before = _conflicting(corpus)
    says_different = (
        isinstance(judgement.decision, Identity) and judgement.decision.verdict is IdentityVerdict.different
    )
    person_of = after.identities.by_record()
    for a, b in sorted(_conflicting(after) - conflicts_before):
        if says_different:
            yield Broken(JUDGED_DIFFERENT, a, b, _joining(corpus, person_of[a]), is_joined=True)
        else:
            yield Broken(JUDGED_DIFFERENT, a, b, judged_apart(after, a, b))


def _conflicting(corpus: Corpus) -> frozenset[tuple[StatementId, StatementId]]:
    if not corpus.identities.conflicts:
        return frozenset()
    person_of = corpus.identities.by_record()
    return frozenset(pair for pair in corpus.identities.different if person_of[pair[0]] is person_of[pair[1]])


def _joining(corpus: Corpus, person: Person) -> tuple[JudgementId, ...]:
    """The judgements that hold a person's records together, oldest first."""
    held = {j.judgement_id: i for i, j in enumerate(corpus.judgements)}
    return tuple(sorted((j for j in person.joined_by if j in held), key=held.__getitem__))


def _against_rules(corpus: Corpus, after: Corpus) -> Iterator[Broken]:
    """Impossible pairs that become one person, or lose the exception that let them."""
    person_of = corpus.identities.by_record()
    allowed, allowed_before = excepted(after), excepted(corpus)
    lost = {subject for _, subject in allowed_before - allowed}
    for person in after.identities.persons:
        if len(person.records) < 2 or (person_of[person.records[0]].records == person.records and not lost):
            continue
        for a, b in combinations(person.records, 2):
            subject = exception_subject(a, b)
            if person_of[a] is person_of[b] and subject not in lost:
                continue
            rule = rule_against(after, a, b)
            if rule and (rule, subject) not in allowed:
                yield Broken(rule, a, b)
