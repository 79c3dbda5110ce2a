"""Estimating from a case's own lists: first whether it may be done at all.

A capture–recapture estimate reads the overlap of lists as chance. Lists that pass one another on, lists cut short and lists
made with other rules overlap for other reasons, so before any arithmetic the case says what it knows of its lists, and
refuses with it. Documented and estimated are never added. Method: docs/method/estimation.md.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from willakuy.figures import Standing, count, families
from willakuy.i18n import gettext, ngettext
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import DocumentId, PersonId, SourceId
from willakuy.statements.scopes import Scope

FEWEST_LISTS = 3
"""With two lists nothing in the data can contradict the assumption that they are independent."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason not to estimate: a code, what is so, and what would have to be different."""

    code: str
    what: str
    needed: str


@dataclass(frozen=True, slots=True)
class ListUsed:
    """A list and the persons certainly counted under the scope whom it names."""

    document_id: DocumentId
    title: str
    persons: frozenset[PersonId]


@dataclass(frozen=True, slots=True)
class CaseEstimate:
    """Whether the case's lists allow an estimate under ``scope``. ``documented`` is the figure's lower bound."""

    scope: Scope
    documented: int
    lists: tuple[ListUsed, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def is_refused(self) -> bool:
        return bool(self.obstacles)

    def as_json(self) -> dict[str, object]:
        return {
            "scope": self.scope.scope_id,
            "refused": {
                "reasons": [{"code": o.code, "what": o.what, "needed": o.needed} for o in self.obstacles],
                "documented_minimum": self.documented,
            },
        }


def estimate_case(corpus: Corpus, scope: Scope) -> CaseEstimate:
    """What the case's lists allow under ``scope``, with every obstacle, not only the first."""
    figure = count(corpus, scope)
    counted = {p.person_id for p in figure.of(Standing.counted)}
    lists = _lists(corpus, counted)
    told = [
        *_too_few(lists),
        *_copies(corpus, lists),
        *_cut_short(corpus, lists),
        *_other_rules(corpus, lists),
        *_closed_at_other_times(corpus, lists),
        *_contained(lists),
    ]
    return CaseEstimate(scope, figure.lo, lists, tuple(told))


def capture_rows(estimate: CaseEstimate) -> list[tuple[tuple[int, ...], int]]:
    """The table of the lists: (which lists name a person, how many persons), patterns sorted."""
    everyone = frozenset[PersonId]().union(*(used.persons for used in estimate.lists))
    patterns: dict[tuple[int, ...], int] = defaultdict(int)
    for person in everyone:
        patterns[tuple(int(person in used.persons) for used in estimate.lists)] += 1
    return sorted(patterns.items())


def _lists(corpus: Corpus, counted: set[PersonId]) -> tuple[ListUsed, ...]:
    """Lists that name at least one counted person, in the order of the case."""
    named: dict[DocumentId, set[PersonId]] = defaultdict(set)
    for person in corpus.identities.persons:
        if person.person_id in counted:
            for record in person.records:
                named[corpus.statement[record].document_id].add(person.person_id)
    return tuple(
        ListUsed(d.document_id, d.title, frozenset(named[d.document_id]))
        for d in corpus.documents
        if d.is_list and named.get(d.document_id)
    )


def _too_few(lists: tuple[ListUsed, ...]) -> list[Obstacle]:
    n = len(lists)
    if n >= FEWEST_LISTS:
        return []
    what = ngettext("{n} list names anyone this figure counts.", "{n} lists name anyone this figure counts.", n)
    needed = gettext("at least {n} lists made independently of one another").format(n=FEWEST_LISTS)
    return [Obstacle("too_few_lists", what.format(n=n), needed)]


def _copies(corpus: Corpus, lists: tuple[ListUsed, ...]) -> list[Obstacle]:
    """Lists whose sources pass one another on: their overlap is copying."""
    family_of = {source: family.sources[0] for family in families(corpus) for source in family.sources}
    together: dict[SourceId, list[ListUsed]] = defaultdict(list)
    for used in lists:
        source = corpus.document[used.document_id].source_id
        together[family_of.get(source, source)].append(used)
    groups = [group for group in together.values() if len(group) > 1]
    if not groups:
        return []
    n_independent = len(together)
    largest = max(groups, key=len)
    what = gettext(
        "{copies} pass on the same origin, so their overlap is copying; {n} independent lists remain of {all}."
    )
    return [
        Obstacle(
            "lists_copy",
            what.format(copies=_named(largest), n=n_independent, all=len(lists)),
            gettext("lists whose compilers did not use one another's work"),
        )
    ]


def _cut_short(corpus: Corpus, lists: tuple[ListUsed, ...]) -> list[Obstacle]:
    cut = [used for used in lists if corpus.document[used.document_id].completeness in ("excerpt", "not_seen")]
    if not cut:
        return []
    what = gettext("{lists} were seen only in part: who is missing from the copy is not missing from the list.")
    return [Obstacle("truncated_lists", what.format(lists=_named(cut)), gettext("the whole of each list"))]


def _other_rules(corpus: Corpus, lists: tuple[ListUsed, ...]) -> list[Obstacle]:
    """Lists that say of all their rows something others do not: other places, roles or circumstances."""
    rules: dict[tuple[tuple[str, str], ...], list[ListUsed]] = defaultdict(list)
    for used in lists:
        constants = dict(corpus.document[used.document_id].constants)
        rules[tuple(sorted(constants.items()))].append(used)
    reach = {frozenset(_departments(corpus, used)) for used in lists}
    if len(rules) < 2 and len(reach) < 2:
        return []
    what = gettext(
        "the {all} lists follow {rules} different rules of inclusion and cover {reach} different sets of departments."
    )
    needed = gettext("lists that would have taken in the same people")
    return [Obstacle("scopes_differ", what.format(all=len(lists), rules=len(rules), reach=len(reach)), needed)]


def _closed_at_other_times(corpus: Corpus, lists: tuple[ListUsed, ...]) -> list[Obstacle]:
    """A list closed in December cannot hold who died in January."""
    known = [corpus.document[used.document_id].known for used in lists]
    days = sorted({k.latest for k in known if k is not None and k.latest is not None})
    if len(days) < 2:
        return []
    what = gettext("the lists were closed between {first} and {last}, and people died in between.")
    needed = gettext("lists closed at one time, or an estimate for the period all of them cover")
    return [Obstacle("closed_at_other_times", what.format(first=days[0], last=days[-1]), needed)]


def _contained(lists: tuple[ListUsed, ...]) -> list[Obstacle]:
    inside = [(a, b) for a, b in combinations(lists, 2) if a.persons <= b.persons or b.persons <= a.persons]
    if not inside:
        return []
    smaller, larger = min(inside, key=lambda pair: (-min(len(pair[0].persons), len(pair[1].persons)), pair[0].title))
    if len(smaller.persons) > len(larger.persons):
        smaller, larger = larger, smaller
    what = ngettext(
        "{pairs} pair of lists holds one inside the other; everyone in “{smaller}” is in “{larger}”.",
        "{pairs} pairs of lists hold one inside the other; everyone in “{smaller}” is in “{larger}”.",
        len(inside),
    )
    needed = gettext("lists of which none was drawn from another")
    told = what.format(pairs=len(inside), smaller=smaller.title, larger=larger.title)
    return [Obstacle("list_inside_list", told, needed)]


def _departments(corpus: Corpus, used: ListUsed) -> set[str]:
    """Departments of the rows of a list, as far as places were recognised."""
    found = set()
    for statement in corpus.statements:
        if statement.document_id == used.document_id:
            place = getattr(statement.content, "place", None)
            if place is not None and place.place is not None:
                found.add(".".join(place.place.code.split(".")[:2]))
    return found


def _named(lists: list[ListUsed], most: int = 4) -> str:
    """Titles in a row; the rest as a number."""
    names = [f"“{used.title}”" for used in lists[:most]]
    rest = len(lists) - most
    if rest > 0:
        names.append(ngettext("{n} more", "{n} more", rest).format(n=rest))
    return ", ".join(names)
