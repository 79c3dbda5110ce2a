"""What must hold of every figure, whatever was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from tests.figures.conftest import ALL, AYACUCHO, CIVILIANS, JULIACA, MINORS, TinyCase
from willakuy.figures import count, families, n_independent, series
from willakuy.figures.bounds import most_unnamed
from willakuy.figures.independence import n_disjoint

SCOPES = (ALL, CIVILIANS, MINORS, replace(ALL, min_sources=2))
NAMES = ("Ana Ficticia Inventada", "Berto Ficticio Inventado", "A. F. I.", "NN", "NN", "17 killed", "at least 3 killed")
PAPERS = ("uno", "dos", "tres")
DAYS = [date(2023, 1, 8) + timedelta(days=i) for i in range(8)]

records = st.fixed_dictionaries(
    {
        "where": st.sampled_from(PAPERS),
        "who": st.sampled_from(NAMES),
        "place": st.sampled_from([JULIACA, JULIACA, AYACUCHO, "PE.21", None]),
        "on": st.sampled_from(["2023-01-09", "2023-01-09", "2023-01-11", "2023-01-09/2023-01-11", "2023-01", None]),
        "known": st.sampled_from(["2023-01-09", "2023-01-10", "2023-01-12~", "2023-01", None]),
        "age": st.sampled_from([None, "17", "18", "50 años aproximadamente"]),
        "role": st.sampled_from([None, "civilian", "police"]),
        "circumstance": st.sampled_from([None, "clash_or_forces", "blockade"]),
    }
)
judgements = st.tuples(
    st.sampled_from(["same", "different", "undecided", "individual"]), st.integers(0, 9), st.integers(0, 9)
)
statuses = st.tuples(
    st.sampled_from(["retraction", "rectification", "denial", "confirmation", "supersession"]),
    st.integers(0, 9),
    st.sampled_from(PAPERS),
)
cases = st.tuples(
    st.lists(records, max_size=9), st.lists(judgements, max_size=5), st.lists(statuses, max_size=2), st.booleans()
)
scopes = st.sampled_from(SCOPES)
days = st.one_of(st.none(), st.sampled_from(DAYS))


def build(said, judged=(), taken=(), copies=False) -> TinyCase:
    case = TinyCase()
    if copies:
        case.source("dos", copies=("uno",))
    ids = [case.say(**record) for record in said]
    for verdict, i, j in judged:
        chosen = {ids[k] for k in (i, j) if k < len(ids)}
        if len(chosen) > (verdict != "individual"):
            getattr(case, verdict)(*sorted(chosen))
    for effect, i, paper in taken:
        if i < len(ids):
            case.status(paper, effect, ids[i], known="2023-01-11")
    return case


def bounds(case: TinyCase, scope, as_of=None) -> tuple[int, int]:
    figure = count(case.corpus(), scope, as_of)
    return figure.lo, figure.hi


@given(cases, scopes, days)
def test_the_lower_bound_is_never_above_the_upper(case, scope, as_of):
    lo, hi = bounds(build(*case), scope, as_of)

    assert 0 <= lo <= hi


@given(cases, scopes, days, st.randoms(use_true_random=False))
def test_the_order_of_statements_does_not_matter(case, scope, as_of, random):
    built = build(*case)
    before = bounds(built, scope, as_of)

    random.shuffle(built.statements)

    assert bounds(built, scope, as_of) == before


@given(cases, scopes, days, st.integers(0, 8), st.integers(0, 8))
def test_link_then_undo_is_nothing(case, scope, as_of, i, j):
    built = build(*case)
    before = count(built.corpus(), scope, as_of)
    victims = [s.statement_id for s in built.statements]
    if len({i, j}) < 2 or max(i, j) >= len(case[0]):
        return

    built.undo(built.same(victims[i], victims[j]))

    assert repr(count(built.corpus(), scope, as_of)) == repr(before)


@given(cases, scopes, days, st.sampled_from(["17 killed", "NN", "at least 40 killed"]), st.sampled_from(PAPERS))
def test_a_group_never_raises_the_lower_bound(case, scope, as_of, who, where):
    built = build(*case)
    before = bounds(built, scope, as_of)

    built.say(where, who, known="2023-01-08")

    after = bounds(built, scope, as_of)
    assert after[0] == before[0]
    assert after[1] >= before[1]


@given(cases, scopes, days, records)
def test_one_more_record_of_somebody_not_left_out_never_lowers_the_upper_bound(case, scope, as_of, record):
    """Who is left out (an adult among minors) may take a seat in a group; nobody else can lower the bound."""
    built = build(*case)
    before = bounds(built, scope, as_of)

    said = built.say(**record)

    figure = count(built.corpus(), scope, as_of)
    left_out = any(
        p.standing.value == "excluded" and said in (*p.records_for, *p.records_against) for p in figure.persons
    )
    assert figure.hi >= before[1] or left_out


@given(cases, days, records)
def test_where_nobody_is_left_out_no_record_lowers_the_upper_bound(case, as_of, record):
    built = build(*case)
    before = bounds(built, ALL, as_of)

    built.say(**record)

    assert bounds(built, ALL, as_of)[1] >= before[1]


@given(cases, scopes, st.sampled_from(DAYS), records)
def test_what_is_said_after_a_day_does_not_change_the_figure_of_that_day(case, scope, as_of, record):
    built = build(*case)
    before = count(built.corpus(), scope, as_of)

    built.say(**{**record, "known": "2023-02-01"})

    assert count(built.corpus(), scope, as_of) == before


@given(cases, scopes)
def test_a_series_is_the_count_of_each_of_its_days(case, scope):
    corpus = build(*case).corpus()
    alone = [bounds(build(*case), scope, day) for day in DAYS]

    assert [(p.lo, p.hi) for p in series(corpus, scope, DAYS)] == alone


@given(cases)
def test_a_person_is_counted_at_most_once_and_says_by_whom(case):
    corpus = build(*case).corpus()
    figure = count(corpus, ALL)

    ids = [p.person_id for p in figure.persons]
    assert len(set(ids)) == len(ids)
    assert all(p.records_for for p in figure.persons if p.standing.value == "counted")
    said = {s.statement_id for s in corpus.statements}
    assert all(set(p.records_for) | set(p.records_against) <= said for p in figure.persons)


# Unnamed accounts

accounts = st.integers(1, 7).flatmap(
    lambda k: st.tuples(
        st.lists(st.integers(1, 9), min_size=k, max_size=k),
        st.lists(st.frozensets(st.integers(0, 4), max_size=4), min_size=k, max_size=k),
        st.sets(st.tuples(st.integers(0, k - 1), st.integers(0, k - 1))),
    )
)


def neighbours(k: int, pairs) -> list[frozenset[int]]:
    return [frozenset({b for a, b in pairs if a == i} | {a for a, b in pairs if b == i}) - {i} for i in range(k)]


@given(accounts)
def test_the_choice_of_accounts_is_the_best_of_all_choices(drawn):
    n, named, pairs = drawn
    same = neighbours(len(n), pairs)
    every = (c for k in range(len(n) + 1) for c in combinations(range(len(n)), k))
    best = max(
        sum(n[i] for i in c) - len(frozenset().union(*(named[i] for i in c)))
        for c in every
        if not any(b in same[a] for a, b in combinations(c, 2))
    )

    choice = most_unnamed(n, named, same)

    assert choice.is_exact
    assert sum(choice.adds) == best
    assert all(0 <= a <= m for a, m in zip(choice.adds, n, strict=True))


def test_many_accounts_that_exclude_one_another_are_bounded_without_searching_them_all():
    k = 400
    same = [frozenset(range(k)) - {i} for i in range(k)]

    choice = most_unnamed([17] * k, [frozenset()] * k, same)

    assert sum(choice.adds) == 17


# Independence

names = st.lists(st.sampled_from("abcdef"), max_size=6, unique=True)
links = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.booleans()), max_size=8)


def sources(links) -> TinyCase:
    case = TinyCase()
    for name in "abcdef":
        own = [(to, whole) for of, to, whole in links if of == name and to != name]
        case.source(name, copies=tuple(t for t, w in own if w), partly=tuple(t for t, w in own if not w))
    return case


@given(links, names)
def test_adding_a_copy_adds_no_source(links, chosen):
    case = sources(links)
    for name in chosen:
        case.source(f"copia-{name}", copies=(name,))
    corpus = case.corpus()
    ids = [f"src_{name}" for name in chosen]

    assert n_independent(corpus, [*ids, *(f"src_copia-{name}" for name in chosen)]) == n_independent(corpus, ids)


@given(links, names)
def test_the_independent_share_no_family(links, chosen):
    corpus = sources(links).corpus()
    together = [set(f.sources) for f in families(corpus)]
    ids = [f"src_{name}" for name in chosen]
    best = max(
        len(c)
        for k in range(len(ids) + 1)
        for c in combinations(ids, k)
        if not any({a, b} <= f for a, b in combinations(c, 2) for f in together)
    )

    assert n_independent(corpus, ids) == best


@given(st.lists(st.frozensets(st.integers(0, 5), min_size=1, max_size=3), max_size=7))
def test_the_largest_number_of_sets_apart_is_found(sets):
    distinct = set(sets)
    best = max(
        len(c)
        for k in range(len(distinct) + 1)
        for c in combinations(distinct, k)
        if all(not a & b for a, b in combinations(c, 2))
    )

    assert n_disjoint(sets) == best
