"""What must hold whatever the lists: on invented people, with errors of several kinds."""

from __future__ import annotations

import csv
import importlib.util
import random
import sys
from itertools import combinations, pairwise

import numpy as np
import pytest

from tests.conftest import ROOT
from willakuy.estimation.reading import read_table
from willakuy.linkage import PairJudgement, Settings, Verdict, link, link_files, write_result
from willakuy.linkage.columns import recognise_columns


def _benchmark(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


made, scorer = _benchmark("linkage_made"), _benchmark("linkage_score")
FEW = Settings(samples=40)


@pytest.fixture(scope="module")
def lists(tmp_path_factory):
    return _written(tmp_path_factory.mktemp("lists"), 120, "usual")


@pytest.fixture(scope="module")
def linked(lists):
    return link_files(lists[0], settings=FEW).result


def _written(folder, n, profile, seed=3):
    rng = random.Random(seed)
    found, truth = made.lists(made.people(n, rng), made.PROFILES[profile], rng)
    return made.write(found, folder), truth


def persons(result):
    return {frozenset(person.rec_ids) for person in result.persons}


def pairs(result):
    return {frozenset((p.rec_l, p.rec_r)): p.p_same for p in result.pairs}


def test_neither_the_order_of_lists_nor_of_rows_changes_anything(linked):
    shuffled = list(linked.records)
    random.Random(5).shuffle(shuffled)

    again = link(shuffled, settings=FEW)

    assert persons(again) == persons(linked)
    assert again.pairs == linked.pairs
    assert again.review == linked.review


def test_judgements_hold_in_the_persons_and_in_every_sample(linked):
    ids = [r.rec_id for r in linked.records]
    joined = next(p.rec_ids for p in linked.persons if len(p.rec_ids) >= 2)
    far = next(r for r in ids if r not in joined and frozenset((r, joined[0])) not in pairs(linked))
    judged = [PairJudgement(joined[0], joined[1], Verdict.different), PairJudgement(joined[0], far, Verdict.same)]

    result = link(linked.records, judgements=judged, settings=FEW)

    person, at = result.person_of(), {rec_id: i for i, rec_id in enumerate(ids)}
    assert person[joined[0]] == person[far] != person[joined[1]]
    assert (result.samples[:, at[joined[0]]] == result.samples[:, at[far]]).all()
    assert (result.samples[:, at[joined[1]]] != result.samples[:, at[far]]).all()


def test_two_rows_of_one_list_can_be_judged_the_same(linked):
    mine = [r.rec_id for r in linked.records if r.list_id == linked.records[0].list_id]
    chain = [PairJudgement(a, b, Verdict.same) for a, b in pairwise(mine[:4])]

    result = link(linked.records, judgements=chain, settings=FEW)

    assert len({result.person_of()[rec_id] for rec_id in mine[:4]}) == 1


def test_taking_a_judgement_back_brings_back_exactly_what_was_there(linked):
    a, b = linked.records[0].rec_id, linked.records[-1].rec_id
    with_it = link(linked.records, judgements=[PairJudgement(a, b, Verdict.same)], settings=FEW)

    without = link(linked.records, settings=FEW)

    assert with_it.person_of()[a] == with_it.person_of()[b]
    assert (without.persons, without.pairs) == (linked.persons, linked.pairs)
    assert np.array_equal(without.samples, linked.samples)


@pytest.mark.parametrize("profile", ["clean", "usual", "poor"])
def test_probabilities_mean_what_they_say(tmp_path, profile):
    paths, truth = _written(tmp_path, 500, profile)

    result = link_files(paths, settings=FEW).result

    right = scorer.true_pairs(truth, frozenset())
    said = pairs(result)
    sure = [pair in right for pair, p in said.items() if p >= 0.9]
    assert scorer.off_by(scorer.calibration(said, right)) <= 0.1
    assert sum(sure) / len(sure) >= 0.9
    assert scorer.score(result.person_of(), truth, frozenset(), right).precision >= 0.9


def test_brothers_killed_together_stay_two(tmp_path):
    row = "{},{} Ficticio Inventado,{},2004-05-06,Lugar Supuesto"
    a = [
        row.format("a1", "Anselmo", 20),
        row.format("a2", "Basilio", 22),
        "a3,Otro Ejemplo Tercero,40,2004-05-06,Lugar Supuesto",
    ]
    b = [
        row.format("b1", "Anselmo", 20),
        row.format("b2", "Basilio", 22),
        "b3,Quinto Ejemplo Aparte,51,2004-05-06,Lugar Supuesto",
    ]
    for name, lines in (("a", a), ("b", b)):
        (tmp_path / f"{name}.csv").write_text("rec_id,name,age,date,place\n" + "\n".join(lines) + "\n")

    person = link_files([tmp_path / "a.csv", tmp_path / "b.csv"], settings=FEW).result.person_of()

    assert person["a1"] == person["b1"] != person["a2"] == person["b2"]


def test_every_sample_counts_its_persons_in_the_table_of_captures(lists, tmp_path):
    linked = link_files(lists[0], settings=FEW)
    write_result(linked, tmp_path)

    table = read_table(tmp_path / "captures.csv", strata=["sample"])

    counted = {key: t.documented for key, t in table.strata.items()}
    assert counted == {f"s{i + 1}": len(np.unique(row)) for i, row in enumerate(linked.result.samples)}
    with (tmp_path / "samples.csv").open(newline="", encoding="utf-8") as f:
        rows = list(csv.DictReader(f))
    assert len({row["s1"] for row in rows}) == counted["s1"]


def test_a_thousand_people_of_one_name_and_nothing_else_are_not_joined(tmp_path):
    for name in "ab":
        rows = "".join(f"{name}{i},Juan Quispe\n" for i in range(500))
        (tmp_path / f"{name}.csv").write_text("rec_id,name\n" + rows)

    result = link_files([tmp_path / "a.csv", tmp_path / "b.csv"], settings=Settings(samples=5)).result

    assert all(len(person.rec_ids) == 1 for person in result.persons)


def test_blank_rows_stay_alone(lists, tmp_path):
    (tmp_path / "blank.csv").write_text("rec_id,name,age\n" + "".join(f"z{i},,\n" for i in range(3000)))

    result = link_files([*lists[0], tmp_path / "blank.csv"], settings=Settings(samples=5)).result

    assert all(len(p.rec_ids) == 1 for p in result.persons if any(r.startswith("z") for r in p.rec_ids))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Пётр Примеров Иванов", "Petr Primerov Ivanov"),
        ("محمد أحمد عبد الله مثال", "محمد احمد عبدالله مثال"),
        ("María Astete Ejemplo", "MARIA ASTETE DE INVENTADO"),
        ("José Huamán Supuesto", "Jose Waman Supuesto"),
        ("Eduardo Torres Ficticio", "Lalo Torres Ficticio"),
        ("John Erik Muestra Ejemplo", "John Muestra Ejemplo Choque"),
    ],
)
def test_one_name_in_two_ways_is_one_person(tmp_path, one, other):
    filler = [
        "Anacleto Primero Ficticio",
        "Basilia Segunda Muestra",
        "Dionisio Tercero Supuesto",
        "Eulogia Cuarta Aparte",
    ]
    for name, said in (("a", one), ("b", other)):
        rows = [f"{name}0,{said},33,2004-05-06"] + [
            f"{name}{i + 1},{who},{20 + 7 * i},2004-0{i + 1}-11" for i, who in enumerate(filler)
        ]
        (tmp_path / f"{name}.csv").write_text("rec_id,name,age,date\n" + "\n".join(rows) + "\n", encoding="utf-8")

    person = link_files([tmp_path / "a.csv", tmp_path / "b.csv"], settings=FEW).result.person_of()

    assert person["a0"] == person["b0"]
    assert all(person[f"a{i}"] != person[f"b{j}"] for i, j in combinations(range(5), 2))


def test_phrases_that_one_list_repeats_join_none_of_its_rows(tmp_path):
    said = "por disparos de proyectil durante la jornada"
    a = [
        f"a{i},{who},18,{said}"
        for i, who in enumerate(("Pablo Ficticio Ejemplo", "Genaro Supuesto Aparte", "Rita Muestra Otra"))
    ]
    b = [
        f"b{i},{who},18,otra causa {i}"
        for i, who in enumerate(("Pablo Ficticio Ejemplo", "Rita Muestra Otra", "Ciro Quinto Inventado"))
    ]
    for name, lines in (("a", a), ("b", b)):
        (tmp_path / f"{name}.csv").write_text("rec_id,name,age,cause_printed\n" + "\n".join(lines) + "\n")

    person = link_files([tmp_path / "a.csv", tmp_path / "b.csv"], settings=FEW).result.person_of()

    assert len({person["a0"], person["a1"], person["a2"]}) == 3


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Nombre de la víctima", "name"), ("Edad al morir", "age"), ("F. Nacimiento", "birth"), ("Fecha del suceso", "died"),
        ("Lugar de los hechos", "place"), ("Location of incident", "place"), ("تاريخ الوفاة", "died"), ("Фамилия", "surname"),
        ("name_kind", "extra"), ("Fecha de publicación", "extra"), ("Hospital name", "extra"), ("transcriber_note", "ignore"),
    ],
)  # fmt: skip
def test_a_column_is_known_by_the_word_that_says_what_it_holds(header, role):
    assert dict(recognise_columns(["rec_id", header]).of)[header] == role
