"""Linking plain files, as a person without a case would: invented people only."""

from __future__ import annotations

import csv
import json

import pytest

NGO = """rec_id,name,age,date of death,place
n1,Anacleto Ejemplo Primero,31,2023-01-09,Juliaca
n2,Basilia Muestra Segunda,22,2023-01-09,Juliaca
n3,C.E.T.,16,2023-01-09,Juliaca
n4,Dionisio Ficticio Cuarto,40,2022-12-15,Ayacucho
n5,Eulogia Inventada Quinta,55,2022-12-11,Andahuaylas
n6,Fortunato Supuesto Sexto,28,2022-12-16,Pichanaqui
"""
PRESS = """rec_id,name,age,date of death,place
p1,ANACLETO EJEMPLO PRIMERO,31,2023-01-09,Juliaca
p2,Segunda Basilia Muestra,22,2023-01-09,Juliaca
p3,Otra Persona Distinta,35,2023-01-09,Juliaca
p4,Dionisio Ficticio,40,2022-12-15,Ayacucho
p5,Eulojia Inventada Quinta,55,2022-12-11,Andahuaylas
p6,Gumersindo Hipotético Séptimo,61,2023-01-18,Macusani
"""


@pytest.fixture
def lists(tmp_path):
    (tmp_path / "ngo.csv").write_text(NGO)
    (tmp_path / "press.csv").write_text(PRESS)
    return tmp_path / "ngo.csv", tmp_path / "press.csv"


def linked(willakuy, lists, out, *options):
    said = willakuy("link", *lists, "--out", out, *options)
    assert said.code == 0, said.err
    return {r["rec_id"]: r["person_id"] for r in rows(out / "persons.csv")}


def rows(path):
    with path.open(newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f))


def test_spelling_order_and_a_dropped_surname_do_not_part_one_person(willakuy, lists, tmp_path):
    person = linked(willakuy, lists, tmp_path / "out")

    assert person["n1"] == person["p1"]
    assert person["n5"] == person["p5"]
    assert person["n4"] == person["p4"]


def test_strangers_killed_on_one_day_in_one_place_stay_apart(willakuy, lists, tmp_path):
    person = linked(willakuy, lists, tmp_path / "out")

    assert person["p3"] not in {person["n1"], person["n2"]}
    assert len({person["n1"], person["n2"], person["n3"]}) == 3


def test_the_four_files_have_their_columns(willakuy, lists, tmp_path):
    linked(willakuy, lists, tmp_path / "out")

    assert set(rows(tmp_path / "out" / "persons.csv")[0]) == {"list", "rec_id", "person_id"}
    pairs = rows(tmp_path / "out" / "pairs.csv")
    assert {"rec_l", "rec_r", "p_same", "why"} <= set(pairs[0])
    assert all(0.01 <= float(pair["p_same"]) <= 1 for pair in pairs)
    assert (tmp_path / "out" / "review.csv").exists()
    assert json.loads((tmp_path / "out" / "run.json").read_text())


def test_a_pair_judged_different_is_never_joined(willakuy, lists, tmp_path):
    (tmp_path / "judged.csv").write_text("rec_l,rec_r,judgement,by,reason\nn1,p1,different,ana,brothers\n")

    person = linked(willakuy, lists, tmp_path / "out", "--judgements", tmp_path / "judged.csv")

    assert person["n1"] != person["p1"]


def test_a_pair_judged_the_same_is_joined_however_unlike(willakuy, lists, tmp_path):
    (tmp_path / "judged.csv").write_text("rec_l,rec_r,judgement,by,reason\nn6,p6,same,ana,another name\n")

    person = linked(willakuy, lists, tmp_path / "out", "--judgements", tmp_path / "judged.csv")

    assert person["n6"] == person["p6"]


def test_judgements_that_contradict_are_refused_and_nothing_is_joined(willakuy, lists, tmp_path):
    (tmp_path / "judged.csv").write_text(
        "rec_l,rec_r,judgement,by,reason\nn1,p1,same,a,x\np1,n2,same,a,x\nn1,n2,different,a,x\n"
    )

    said = willakuy("link", *lists, "--out", tmp_path / "out", "--judgements", tmp_path / "judged.csv")

    assert said.code in (1, 2)
    assert "n1" in said.err
    assert not (tmp_path / "out" / "persons.csv").exists()


def test_the_same_seed_gives_the_same_persons_and_pairs(willakuy, lists, tmp_path):
    for name in ("a", "b"):
        linked(willakuy, lists, tmp_path / name, "--seed", "7")

    for file in ("persons.csv", "pairs.csv", "review.csv"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


@pytest.mark.parametrize(
    "content",
    ["", "rec_id,name\n", "name\nAnacleto Ejemplo\n", "rec_id,name\nx,Anacleto\nx,Basilia\n", "rec_id,name\na,\nb,\n"],
)
def test_a_list_that_cannot_be_linked_is_answered_in_words(willakuy, lists, tmp_path, content):
    (tmp_path / "odd.csv").write_text(content)

    said = willakuy("link", lists[0], tmp_path / "odd.csv", "--out", tmp_path / "out")

    assert said.code in (0, 1, 2)
    assert "Traceback" not in said.err
    assert said.out or said.err


def test_other_scripts_are_linked_too(willakuy, tmp_path):
    (tmp_path / "a.csv").write_text("rec_id,name,age\na1,محمد أحمد مثال,30\na2,سعاد خليل نموذج,25\n")
    (tmp_path / "b.csv").write_text("rec_id,name,age\nb1,محمد احمد مثال,30\nb2,Пётр Примеров,41\n")

    said = willakuy("link", tmp_path / "a.csv", tmp_path / "b.csv", "--out", tmp_path / "out")

    assert said.code == 0


def test_plain_files_need_a_folder_to_write_to(willakuy, lists):
    said = willakuy("link", *lists)

    assert said.code == 2
    assert "--out" in said.err


def test_columns_in_other_languages_are_understood_and_their_dates_read(willakuy, tmp_path):
    (tmp_path / "pt.csv").write_text(
        "id\tNome completo\tIdade\tData do óbito\tMunicípio\np1\tAnacleto Ejemplo Primero\t31\t9 de janeiro de 2023\tJuliaca\n"
        "p2\tBasilia Muestra Segunda\t22\t8 de março de 2023\tPuno\n",
        encoding="utf-8-sig",
    )
    (tmp_path / "fr.csv").write_bytes(
        "matricule;Nom;Prénom;Âge;Date du décès;Ville\nf1;Ejemplo Primero;Anacleto;31;9 janvier 2023;Juliaca\n"
        "f2;Muestra Segunda;Basilia;22;8 mars 2023;Puno\n".encode("cp1252")
    )

    person = linked(willakuy, [tmp_path / "pt.csv", tmp_path / "fr.csv"], tmp_path / "out")

    assert person["p1"] == person["f1"] != person["p2"] == person["f2"]


def test_columns_whose_headers_say_nothing_are_recognised_by_their_values_and_can_be_corrected(willakuy, tmp_path):
    (tmp_path / "a.csv").write_text(
        "rec_id,V1,V2,V3\na1,María Quispe Huamán,31,2023-01-09\na2,Juan Mamani Condori,22,2023-01-10\n"
    )
    (tmp_path / "b.csv").write_text(
        "rec_id,quien,anios,cuando\nb1,Maria Quispe,31,09/01/2023\nb2,Juan Mamani,60,13/01/2023\n"
    )
    files = [tmp_path / "a.csv", tmp_path / "b.csv"]

    person = linked(willakuy, files, tmp_path / "out", "--column", "V2=age", "--column", "anios=age")

    told = {
        found["list"]: found["columns"] for found in json.loads((tmp_path / "out" / "run.json").read_text())["lists"]
    }
    assert told["a"] == {"rec_id": "id", "V1": "name", "V2": "age", "V3": "died"}
    assert told["b"] == {"rec_id": "id", "quien": "name", "anios": "age", "cuando": "died"}
    assert person["a1"] == person["b1"]


@pytest.mark.parametrize("told", ["nobody=name", "name=nothing", "name"])
def test_a_column_or_a_role_that_is_not_there_is_refused_before_anything_is_linked(willakuy, lists, tmp_path, told):
    said = willakuy("link", *lists, "--out", tmp_path / "out", "--column", told)

    assert said.code == 2
    assert "W417" in said.err
    assert not (tmp_path / "out").exists()


def test_a_list_without_names_is_told(willakuy, tmp_path):
    (tmp_path / "a.csv").write_text("rec_id,age,date\na1,31,2023-01-09\na2,22,2023-01-10\n")

    said = willakuy("link", tmp_path / "a.csv", "--out", tmp_path / "out")

    assert "--column COLUMN=name" in said.out
    assert "--column COLUMN=name" in json.loads((tmp_path / "out" / "run.json").read_text())["notes"][0]


def test_many_rows_of_one_list_with_one_name_and_nothing_else_do_not_become_one_person(willakuy, tmp_path):
    for letter in "ab":
        rows = "".join(f"{letter}{i},Anacleto Ejemplo Primero\n" for i in range(30))
        (tmp_path / f"{letter}.csv").write_text("rec_id,name\n" + rows)

    one = linked(willakuy, [tmp_path / "a.csv"], tmp_path / "one")
    two = linked(willakuy, [tmp_path / "a.csv", tmp_path / "b.csv"], tmp_path / "two")

    assert len(set(one.values())) == 30
    assert all(list(two.values()).count(person) <= 2 for person in two.values())


def test_records_too_alike_to_be_compared_are_told(willakuy, tmp_path):
    (tmp_path / "a.csv").write_text("rec_id,name\n" + "".join(f"a{i},Anacleto Ejemplo Primero\n" for i in range(1200)))

    said = willakuy("link", tmp_path / "a.csv", "--out", tmp_path / "out")

    assert said.code == 0
    assert "1200 records were compared with nobody" in said.out


def test_a_whole_list_of_one_name_at_many_ages_does_not_become_one_person(willakuy, tmp_path):
    rows = "".join(
        f"a{i},Anacleto Ejemplo Primero,{20 + i},2023-0{1 + i % 7}-0{1 + i % 9},Lugar Supuesto\n" for i in range(40)
    )
    rows += "".join(
        f"b{i},Nombre{i:02} Apellido{i % 7} Otro{i % 5},{i},2022-01-1{i % 9},Pueblo Inventado\n" for i in range(60)
    )
    (tmp_path / "a.csv").write_text("rec_id,name,age,date,place\n" + rows)

    person = linked(willakuy, [tmp_path / "a.csv"], tmp_path / "out")

    assert len({person[f"a{i}"] for i in range(40)}) >= 36


def test_a_list_that_says_nothing_is_answered_with_what_its_columns_were_taken_for(willakuy, tmp_path):
    (tmp_path / "a.csv").write_text("rec_id,name,age\n" + "".join(f"a{i},,\n" for i in range(50)))

    said = willakuy("link", tmp_path / "a.csv", "--out", tmp_path / "out")

    assert said.code == 1
    assert "W410" in said.err
    assert "name: name, age: age" in said.err
