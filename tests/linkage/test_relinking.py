"""Adding to what was linked gives what linking everything anew gives, and does only the work that the addition asks."""

from __future__ import annotations

import random

import numpy as np
import pytest

from willakuy.linkage import PairJudgement, Record, Settings, Verdict
from willakuy.linkage.names_tokens import tokens_of
from willakuy.linkage.relinking import relink
from willakuy.linkage.taught import taught_of, teach
from willakuy.statements.names import NameKind

GIVEN = [
    "Anacleto",
    "Basilia",
    "Cirilo",
    "Dionisio",
    "Eulogia",
    "Fortunato",
    "Gumersindo",
    "Hilaria",
    "Isidro",
    "Jacinta",
    "Lorenza",
    "Melchor",
]
SURNAMES = [
    "Ejemplo",
    "Muestra",
    "Ficticio",
    "Inventada",
    "Supuesto",
    "Hipotetico",
    "Quispe",
    "Mamani",
    "Condori",
    "Apaza",
    "Huanca",
    "Ticona",
]
ONCE = Settings(may_repeat=frozenset(), samples=40)


def people(n, seed=0):
    """``n`` invented people: name, age, day and province."""
    rng = random.Random(seed)
    return [
        (
            f"{rng.choice(GIVEN)} {rng.choice(GIVEN)} {rng.choice(SURNAMES)} {rng.choice(SURNAMES)}",
            rng.randrange(15, 70),
            738_000 + rng.randrange(60),
            rng.choice(["puno", "cusco", "ayacucho", "apurimac"]),
        )
        for _ in range(n)
    ]


def listed(letter, everybody, share, seed):
    """A list of some of them, with slips: a dropped surname, an age one off, a day one off."""
    rng = random.Random(seed)
    out = []
    for name, age, day, region in everybody:
        if rng.random() > share:
            continue
        words = name.split()
        if rng.random() < 0.2:
            words = words[:-1]
        slip = rng.choice([0, 0, 0, 1])
        out.append(
            Record(
                rec_id=f"{letter}{len(out)}",
                list_id=letter,
                names=(tokens_of(" ".join(words), NameKind.full),),
                age=(age + slip, age + slip),
                died=(day, day),
                place=(region, "", "", ""),
            )
        )
    return out


@pytest.fixture(scope="module")
def lists():
    everybody = people(120)
    return {letter: listed(letter, everybody, 0.6, seed) for seed, letter in enumerate("abcd")}


@pytest.fixture(scope="module")
def first(lists):
    records = [*lists["a"], *lists["b"], *lists["c"]]
    taught = teach(records, ONCE)
    return records, taught, relink(records, taught, settings=ONCE).kept


def same(one, other):
    assert one.pairs == other.pairs
    assert one.persons == other.persons
    assert one.review == other.review
    assert one.refused == other.refused
    assert np.array_equal(one.samples, other.samples)


def test_a_list_added_is_linked_as_if_everything_had_been_linked_anew(lists, first):
    records, taught, kept = first
    more = [*records, *lists["d"]]

    added = relink(more, taught, kept, settings=ONCE)

    anew = relink(more, taught, settings=ONCE)
    same(added.result, anew.result)
    assert added.touched.records == (len(lists["d"]), len(more))
    assert added.touched.pairs[0] < added.touched.pairs[1]
    assert added.touched.components[0] <= added.touched.components[1]


def test_nothing_added_is_nothing_done(first):
    records, taught, kept = first

    again = relink(records, taught, kept, settings=ONCE)

    assert again.touched.records[0] == again.touched.pairs[0] == again.touched.components[0] == 0
    same(again.result, relink(records, taught, settings=ONCE).result)


def test_a_record_that_says_something_else_or_is_gone_is_linked_anew(lists, first):
    from dataclasses import replace

    records, taught, kept = first
    changed = [replace(records[0], age=(99, 99)), *records[2:]]

    again = relink(changed, taught, kept, settings=ONCE)

    same(again.result, relink(changed, taught, settings=ONCE).result)
    assert again.touched.records[0] == 1


def test_records_put_in_between_change_nothing_but_their_places(lists, first):
    records, taught, kept = first
    mixed = [*lists["d"], *records]

    same(relink(mixed, taught, kept, settings=ONCE).result, relink(mixed, taught, settings=ONCE).result)


def test_judgements_move_only_the_persons_they_are_about(first):
    records, taught, kept = first
    pair = next(p for p in relink(records, taught, kept, settings=ONCE).result.pairs if p.p_same > 0.5)
    far = PairJudgement(records[0].rec_id, records[-1].rec_id, Verdict.same)
    for judgements in ([PairJudgement(pair.rec_l, pair.rec_r, Verdict.different)], [far]):
        again = relink(records, taught, kept, judgements=judgements, settings=ONCE)

        same(again.result, relink(records, taught, judgements=judgements, settings=ONCE).result)
        person = again.result.person_of()
        together = person[judgements[0].rec_l] == person[judgements[0].rec_r]
        assert together == (judgements[0].verdict is Verdict.same)
        assert again.touched.components[0] <= 3


def test_what_was_taught_is_kept_to_the_last_bit(first):
    records, taught, kept = first

    again = taught_of(taught.as_bytes())

    assert again == taught
    assert relink(records, again, kept, settings=ONCE).touched.pairs[0] == 0


def test_other_teaching_keeps_nothing(lists, first):
    records, _, kept = first
    other = teach([*records, *lists["d"]], ONCE)

    assert relink(records, other, kept, settings=ONCE).touched.records[0] == len(records)
