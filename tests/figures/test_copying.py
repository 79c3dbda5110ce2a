"""Signs of copying: docs/method/independence.md."""

from __future__ import annotations

import random
from math import factorial

from hypothesis import given
from hypothesis import strategies as st

from tests.figures.conftest import TinyCase
from willakuy.figures import copy_signs, n_independent
from willakuy.figures.copying import _mahonian, _tail, _together

WORDS = (
    "Kalmi",
    "Torusel",
    "Panqui",
    "Yowalin",
    "Huacho",
    "Nebarti",
    "Milto",
    "Ruselka",
    "Quiyo",
    "Linhua",
    "Chone",
    "Barti",
)


def people(rng: random.Random, n: int = 24) -> list[tuple[str, int]]:
    names = [f"{rng.choice(WORDS)} {rng.choice(WORDS)} {a} {b}" for a in WORDS for b in WORDS[:2]][:n]
    return [(name, rng.randint(20, 60)) for name in names]


def print_list(case: TinyCase, where: str, rows: list[tuple[str, int]]) -> list[str]:
    case.document(where, is_list=True)
    return [case.say(where, name, age=str(age)) for name, age in rows]


def three_lists(seed: int, *, copied: bool) -> TinyCase:
    """``uno`` and ``tres`` write down the same people on their own; ``dos`` copies ``uno``, or does not."""
    rng = random.Random(seed)
    case, everybody = TinyCase(), people(rng)
    orders = {where: rng.sample(everybody, len(everybody)) for where in ("uno", "dos", "tres", "cuatro")}
    slipped = [(name.replace("a", "e", 1), age) if rng.random() < 0.15 else (name, age) for name, age in orders["uno"]]
    orders["uno"] = slipped
    if copied:
        orders["dos"] = slipped
    index = {age_name[0].replace("e", "a"): i for i, age_name in enumerate(everybody)}
    by_person: dict[int, list[str]] = {}
    for where, rows in orders.items():
        for row, record in zip(rows, print_list(case, where, rows), strict=True):
            by_person.setdefault(index[row[0].replace("e", "a")], []).append(record)
    for records in by_person.values():
        case.same(*records)
    return case


def test_a_copied_list_is_found_by_its_order_and_its_slips():
    signs = copy_signs(three_lists(1, copied=True).corpus())

    assert [(s.a, s.b) for s in signs] == [("doc_dos", "doc_uno")]
    assert signs[0].p_chance < 1e-6
    assert signs[0].same_slips > 0
    assert not signs[0].is_known


def test_independent_lists_of_the_same_people_are_rarely_taken_for_copies():
    n_wrong = sum(len(copy_signs(three_lists(seed, copied=False).corpus())) for seed in range(20))

    assert n_wrong <= 1


def test_a_sign_is_a_question_and_changes_no_count():
    corpus = three_lists(1, copied=True).corpus()

    assert copy_signs(corpus)
    assert n_independent(corpus, ["src_uno", "src_dos"]) == 2


def test_lists_that_are_both_alphabetical_share_no_order_worth_weighing():
    case, rng = TinyCase(), random.Random(3)
    rows = sorted(people(rng))
    for where in ("uno", "dos", "tres"):
        print_list(case, where, rows)
    by_row = zip(*(case.statements[i * len(rows) : (i + 1) * len(rows)] for i in range(3)), strict=True)
    for same in by_row:
        case.same(*(s.statement_id for s in same))

    assert copy_signs(case.corpus()) == ()


def test_lists_alike_in_people_alone_are_no_sign(tiny_case):
    """Complete lists of one event share everybody."""
    assert copy_signs(three_lists(7, copied=False).corpus()) == ()


@given(st.integers(1, 7))
def test_inversions_are_counted_over_every_order(n):
    ways = _mahonian(n)

    assert sum(ways) == factorial(n)
    assert ways == ways[::-1]


@given(st.floats(0, 1), st.floats(0, 1))
def test_two_probabilities_together_are_a_probability(p, q):
    assert 0 <= _together(p, q) <= 1
    assert _together(p, q) == _together(q, p)


@given(st.integers(0, 20), st.integers(0, 20), st.floats(0.01, 0.99))
def test_a_tail_never_grows_with_what_is_asked(n, k, p):
    assert _tail(n, k, p) >= _tail(n, k + 1, p)
