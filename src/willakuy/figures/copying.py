"""Signs that one list copied another: a question put to a person, never an answer.

Two signs are weighed, each against what independent lists would show by chance. *Order*: among rows alike in date and
place, which nobody sorted by name, independent lists follow one another's order as dice would. *Slips*: a value printed by
these two lists alone, where at least one other source prints another. That the same people are in both is reported and
not weighed: complete lists of one event share everybody. Method: docs/method/independence.md, "Signs of copying".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, factorial, log

from willakuy.figures.accounts import died_on, where_of
from willakuy.figures.openness import joined, name_key, open_pairs
from willakuy.figures.register import Entry, EntryKind, Register, register_of
from willakuy.figures.values import CopySign
from willakuy.statements.corpus import Corpus
from willakuy.statements.folding import fold
from willakuy.statements.ids import DocumentId

MIN_SHARED = 4
FALSE_SHARE = 0.05
"""Expected share of chance among the pairs shown (Benjamini and Hochberg 1995, over all pairs weighed)."""

MOST_RARE = 2

SLIP_FIELDS = ("name", "age", "date")


@dataclass(frozen=True, slots=True)
class _Row:
    place: int
    block: tuple[object, ...]
    name: str
    said: Mapping[str, str]


def copy_signs(corpus: Corpus) -> tuple[CopySign, ...]:
    """Pairs of lists with more in common than chance would give them, least likely first.

    Rows are matched by what people judged; where nobody did, by machine pairs at least as likely one person as two and
    by equal printed names. ``is_known`` marks pairs whose sources already share a declared or judged origin: they show
    that the signs work. A pair that is returned is counted as independent until a person judges otherwise.
    """
    register = register_of(corpus)
    lists = _lists(register)
    slips = _slips(lists)
    weighed = []
    for a, b in combinations(sorted(lists), 2):
        shared = sorted(lists[a].keys() & lists[b].keys())
        if len(shared) >= MIN_SHARED:
            weighed.append(_weigh(register, lists, a, b, shared, slips))
    weighed.sort(key=lambda s: (s.p_chance, s.a, s.b))
    n_shown = max((k for k, s in enumerate(weighed, 1) if s.p_chance <= FALSE_SHARE * k / len(weighed)), default=0)
    return tuple(weighed[:n_shown])


def _lists(register: Register) -> dict[DocumentId, dict[int, _Row]]:
    """For each list, its rows by person, in the order printed; a person printed twice keeps the first place."""
    group_of = joined(((p.a, p.b) for p in open_pairs(register)), range(len(register.subjects)))
    rows: dict[DocumentId, dict[int, _Row]] = defaultdict(dict)
    for entry in register.entries.values():
        if entry.document.is_list and entry.kind is EntryKind.named:
            person = group_of.get(entry.person, entry.person)
            rows[entry.document.document_id].setdefault(person, _row(register, entry))
    return rows


def _row(register: Register, entry: Entry) -> _Row:
    statement = register.corpus.statement[entry.statement_id]
    record = entry.record
    name = fold(record.names[0].printed) if record.names else ""
    dates, places = died_on(record), where_of(record)
    said = {"name": name, "age": _age(entry), "date": dates[0].edtf if dates else ""}
    block = (dates[0].edtf if dates else "", places[0].code if places else "")
    row = statement.citations[0].locator.row or 0
    return _Row(row, block, name_key(name) or name, {k: v for k, v in said.items() if v})


def _age(entry: Entry) -> str:
    age = entry.record.age
    return "" if age is None or age.lo is None or age.lo != age.hi else str(age.lo)


@dataclass(frozen=True, slots=True)
class _Slips:
    """``rare``: who prints each value that one or two lists print while another list prints another.

    ``trials`` and ``hits``: of every rare value of every list, the other lists that print something there, and those
    that print the same; by pair of lists, so that a pair can be left out of the rate it is held against.
    """

    rare: Mapping[tuple[int, str, str], frozenset[DocumentId]]
    trials: Counter[frozenset[DocumentId]]
    hits: Counter[frozenset[DocumentId]]

    def rate_without(self, pair: frozenset[DocumentId]) -> float:
        """How often some other list prints the same rare value: one half and one trial are added, so never nothing."""
        hits = self.hits.total() - self.hits[pair]
        return (hits + 0.5) / (self.trials.total() - self.trials[pair] + 1)


def _slips(lists: Mapping[DocumentId, Mapping[int, _Row]]) -> _Slips:
    printed: dict[tuple[int, str], dict[str, set[DocumentId]]] = defaultdict(lambda: defaultdict(set))
    for document, rows in lists.items():
        for person, row in rows.items():
            for field, value in row.said.items():
                printed[person, field][value].add(document)
    rare: dict[tuple[int, str, str], frozenset[DocumentId]] = {}
    trials: Counter[frozenset[DocumentId]] = Counter()
    hits: Counter[frozenset[DocumentId]] = Counter()
    for (person, field), values in printed.items():
        everybody = set().union(*values.values())
        for value, documents in values.items():
            if len(values) > 1 and len(documents) <= MOST_RARE:
                rare[person, field, value] = frozenset(documents)
                trials.update(frozenset((a, b)) for a in documents for b in everybody - {a})
                hits.update(frozenset((a, b)) for a in documents for b in documents - {a})
    return _Slips(rare, trials, hits)


def _weigh(
    register: Register,
    lists: Mapping[DocumentId, Mapping[int, _Row]],
    a: DocumentId,
    b: DocumentId,
    shared: Sequence[int],
    slips: _Slips,
) -> CopySign:
    concordant, p_order = _order(lists[a], lists[b], shared)
    same, p_slips = _same_slips(lists[a], lists[b], shared, frozenset((a, b)), slips)
    document = register.corpus.document
    one, other = (register.origins.every(document[d].source_id) for d in (a, b))
    return CopySign(
        a=a,
        b=b,
        shared_rows=len(shared),
        possible_rows=min(len(lists[a]), len(lists[b])),
        same_order=concordant,
        same_slips=same,
        p_chance=_together(p_order, p_slips),
        is_known=bool(one & other),
    )


def _order(a: Mapping[int, _Row], b: Mapping[int, _Row], shared: Iterable[int]) -> tuple[int, float]:
    """Pairs of rows in one order in both lists, and the probability of as many by chance.

    Only pairs inside a block of equal date and place (in both lists) are weighed, and only blocks that are not in
    alphabetical order in both: a common rule of sorting is no copying. Under the null model every order of a block is
    equally likely in the second list, independently of the first and of other blocks: inversions then follow the
    Mahonian distribution, convolved over blocks.
    """
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for person in shared:
        blocks[(*a[person].block, *b[person].block)].append(person)
    inversions, pairs, ways = 0, 0, [1]
    total = 1
    for persons in blocks.values():
        if len(persons) < 2 or (_is_alphabetical(a, persons) and _is_alphabetical(b, persons)):
            continue
        ranked = sorted(persons, key=lambda p: a[p].place)
        inversions += sum(b[x].place > b[y].place for x, y in combinations(ranked, 2))
        pairs += comb(len(persons), 2)
        ways = _convolve(ways, _mahonian(len(persons)))
        total *= factorial(len(persons))
    return pairs - inversions, sum(ways[: inversions + 1]) / total


def _is_alphabetical(rows: Mapping[int, _Row], persons: Iterable[int]) -> bool:
    names = [rows[p].said.get("name", "") for p in sorted(persons, key=lambda p: rows[p].place)]
    surnames = [" ".join(name.split()[-2:]) for name in names]
    return names == sorted(names) or surnames == sorted(surnames)


def _mahonian(n: int) -> list[int]:
    """``ways[k]``: permutations of ``n`` with ``k`` inversions (Knuth, TAOCP vol. 3, §5.1.1)."""
    ways = [1]
    for size in range(2, n + 1):
        ways = _convolve(ways, [1] * size)
    return ways


def _convolve(a: Sequence[int], b: Sequence[int]) -> list[int]:
    out = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            out[i + j] += x * y
    return out


def _same_slips(
    a: Mapping[int, _Row],
    b: Mapping[int, _Row],
    shared: Iterable[int],
    both: frozenset[DocumentId],
    slips: _Slips,
) -> tuple[int, float]:
    """Values these two print and no third list does, where some third one prints another.

    Null model: at each rare value of one list, the other prints the same as often as any other pair of lists does (a
    binomial tail). The larger probability of the two directions is taken.
    """
    rare = slips.rare
    same = 0
    chances = [0, 0]
    for person in shared:
        for field in SLIP_FIELDS:
            x, y = a[person].said.get(field), b[person].said.get(field)
            if not x or not y:
                continue
            chances[0] += (person, field, x) in rare
            chances[1] += (person, field, y) in rare
            same += x == y and rare.get((person, field, x)) == both
    return same, max(_tail(n, same, slips.rate_without(both)) for n in chances)


def _tail(n: int, k: int, p: float) -> float:
    """Probability of ``k`` or more successes in ``n`` trials."""
    return 1.0 if k == 0 else min(1.0, sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1)))


def _together(p: float, q: float) -> float:
    """Fisher's method for two independent tests: chi-squared with four degrees of freedom, in closed form."""
    product = p * q
    return 1.0 if product >= 1 else product * (1 - log(product)) if product > 0 else 0.0
