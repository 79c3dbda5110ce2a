"""Rows without a name: what may join them, and what stays open. All people are invented."""

from __future__ import annotations

from itertools import combinations

import pytest

from willakuy.linkage import PairJudgement, Settings, Verdict, link, link_files
from willakuy.linkage.relinking import relink
from willakuy.linkage.taught import teach

FEW = Settings(samples=60)
HEADER = "rec_id,name,age,sex,date,place\n"
NAMED = [
    "Anacleto Primero Ficticio,31,m,2004-01-11,Lugar Supuesto",
    "Basilia Segunda Muestra,44,f,2004-02-12,Pueblo Inventado",
    "Dionisio Tercero Supuesto,27,m,2004-03-13,Aldea Ejemplo",
    "Eulogia Cuarta Aparte,58,f,2004-04-14,Villa Ficticia",
]


def linked(tmp_path, seed=0, **lists):
    """Each list: the named people of all, and rows of its own numbered from 0."""
    for name, own in lists.items():
        rows = [f"{name}{i},{said}" for i, said in enumerate(own)]
        rows += [f"{name}n{i},{said}" for i, said in enumerate(NAMED)]
        (tmp_path / f"{name}.csv").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return link_files([tmp_path / f"{name}.csv" for name in lists], settings=FEW, seed=seed)


def p_of(result, a, b):
    return next((p.p_same for p in result.pairs if {p.rec_l, p.rec_r} == {a, b}), 0.0)


def test_two_unnamed_rows_of_one_event_stay_open_and_are_asked(tmp_path):
    said = "NN,,m,2004-05-06,Puente Imaginario"

    result = linked(tmp_path, a=[said], b=[said]).result

    person = result.person_of()
    assert person["a0"] != person["b0"]
    assert 0.01 <= p_of(result, "a0", "b0") <= 0.55
    assert {"a0", "b0"} in [{item.rec_l, item.rec_r} for item in result.review]


def test_an_age_that_fits_one_row_of_the_event_makes_two_unnamed_rows_one_person(tmp_path):
    said = "NN,{},m,2004-05-06,Puente Imaginario"

    result = linked(tmp_path, a=[said.format(17), said.format(63)], b=[said.format(17), said.format(63)]).result

    person = result.person_of()
    assert person["a0"] == person["b0"] != person["a1"] == person["b1"]


def test_an_age_that_two_rows_of_the_event_share_joins_no_unnamed_rows(tmp_path):
    said = "NN,20,m,2004-05-06,Puente Imaginario"

    result = linked(tmp_path, a=[said, said], b=[said, said], c=[said]).result

    mine = [r.rec_id for r in result.records if not r.names]
    person = result.person_of()
    assert len(mine) == len({person[r] for r in mine}) == 5
    assert max(p_of(result, a, b) for a, b in combinations(mine, 2)) <= 0.5


def test_an_unnamed_row_that_fits_two_named_victims_is_in_doubt_and_makes_them_no_one_person(tmp_path):
    said = "{},20,m,2004-05-06,Puente Imaginario"
    two = [said.format("Florencio Quinto Inventado"), said.format("Gumersindo Sexto Ejemplo")]

    result = linked(tmp_path, a=two, b=[said.format("NN")]).result

    person = result.person_of()
    assert person["a0"] != person["a1"]
    assert p_of(result, "a0", "a1") < 0.05
    assert max(p_of(result, "a0", "b0"), p_of(result, "a1", "b0")) < 0.6


def test_a_person_can_still_say_that_two_unnamed_rows_are_one(tmp_path):
    said = "NN,,m,2004-05-06,Puente Imaginario"
    records = linked(tmp_path, a=[said], b=[said]).result.records

    result = link(records, judgements=[PairJudgement("a0", "b0", Verdict.same)], settings=FEW)

    assert result.person_of()["a0"] == result.person_of()["b0"]


def test_a_taught_case_leaves_the_same_unnamed_rows_open(tmp_path):
    said = "NN,,m,2004-05-06,Puente Imaginario"
    records = linked(tmp_path, a=[said], b=[said]).result.records

    result = relink(records, teach(records, FEW), settings=FEW).result

    person = result.person_of()
    assert person["a0"] != person["b0"]
    assert all(person[f"an{i}"] == person[f"bn{i}"] for i in range(len(NAMED)))


@pytest.mark.parametrize("seed", range(4))
def test_an_unnamed_row_that_fits_two_named_victims_alike_is_joined_to_neither(tmp_path, seed):
    said = "{},{},m,2004-05-06,Puente Imaginario"
    victims = [said.format("Hilario Imaginado Primero", 31), said.format("Melchor Supuesto Segundo", 31)]

    result = linked(tmp_path, seed=seed, a=victims, b=[said.format("NN", 31)]).result

    person = result.person_of()
    assert person["b0"] not in {person["a0"], person["a1"]}
    assert max(p_of(result, "a0", "b0"), p_of(result, "a1", "b0")) > 0.2


def test_an_unnamed_row_that_fits_one_named_victim_of_the_event_is_joined_to_that_one(tmp_path):
    said = "{},{},m,2004-05-06,Puente Imaginario"
    victims = [said.format("Hilario Imaginado Primero", 31), said.format("Melchor Supuesto Segundo", 64)]

    result = linked(tmp_path, a=victims, b=[said.format("NN", 31)]).result

    person = result.person_of()
    assert person["b0"] == person["a0"] != person["a1"]
