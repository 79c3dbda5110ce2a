"""How many, what befell them, who is blamed: by who did what to whom, in every voice of the verb. Invented throughout."""

from __future__ import annotations

import pytest

from tests.reading.saying import blamed, figures, named, read, victims

COUNTED = [
    ("Al menos 17 personas murieron y 68 resultaron heridas en la plaza.", [(17, None, "killed"), (68, 68, "injured")]),
    ("El enfrentamiento dejó un saldo de nueve muertos y 40 heridos.", [(9, 9, "killed"), (40, 40, "injured")]),
    ("Fueron abatidos dos jóvenes por efectivos del Ejército.", [(2, 2, "killed")]),
    ("Tres comuneros perdieron la vida en el bloqueo.", [(3, 3, "killed")]),
    ("Se registró la muerte de nueve ciudadanos.", [(9, 9, "killed")]),
    ("La Policía mató a tres comuneros y detuvo a diez dirigentes.", [(3, 3, "killed"), (10, 10, "detained")]),
    ("Murieron cinco vecinos.", [(5, 5, "killed")]),
    ("Unos 30 manifestantes fueron detenidos el lunes.", [(30, 30, "detained")]),
    ("More than 40 people have been killed since December.", [(41, None, "killed")]),
    ("Two people were killed and five others wounded when police opened fire.", [(2, 2, "killed"), (5, 5, "injured")]),
    ("Soldiers shot dead three farmers.", [(3, 3, "killed")]),
    ("The clashes left 12 dead.", [(12, 12, "killed")]),
    ("The killing of four students shocked the town.", [(4, 4, "killed")]),
    ("Sixteen villagers are missing.", [(16, 16, "missing")]),
    ("LA POLICIA MATO A TRES PERSONAS Y DEJO 12 HERIDOS.", [(3, 3, "killed"), (12, 12, "injured")]),
    ("la policia mato a dos chicos ayer", [(2, 2, "killed")]),
]


@pytest.mark.parametrize(("text", "wanted"), COUNTED)
def test_numbers_of_people_are_read_with_their_bound_and_harm(
    text: str, wanted: list[tuple[int, int | None, str]]
) -> None:
    got = figures(read(text))

    assert [(lo, unit) for lo, _, unit in got] == sorted((lo, unit) for lo, _, unit in wanted)


@pytest.mark.parametrize(
    "text",
    [
        "Los 12 abogados de los heridos viajaron a Lima.",
        "La protesta cumplió 15 días y hay 20 puntos de bloqueo.",
        "Entregaron 500 soles a cada uno de los deudos.",
        "Rosa Inventada, 42, compró dos casas.",
    ],
)
def test_other_numbers_are_no_victims(text: str) -> None:
    assert figures(read(text)) == []


NAMED = [
    ("Asesinaron a Rosa Inventada, dirigente vecinal, y a su hijo.", {"Rosa Inventada"}),
    ("Perdió la vida el joven Juan Imaginario cuando protestaba.", {"Juan Imaginario"}),
    ("En Lampa, el líder social Edwin Apócrifo fue asesinado a tiros por sicarios.", {"Edwin Apócrifo"}),
    ("They condemned the murder of Rosa Inventada, a teacher, and Juan Imaginario.", {"Rosa Inventada", "Juan Imaginario"}),
    ("Juan Imaginario, mayor of Lampa, in the northern highlands, was kidnapped in May.", {"Juan Imaginario"}),
    ("Gunmen killed Rosa Inventada, Juan Imaginario and Pedro Quimera.", {"Rosa Inventada", "Juan Imaginario", "Pedro Quimera"}),
    ("Los fallecidos fueron identificados como Juan Imaginario y Rosa Inventada.", {"Juan Imaginario", "Rosa Inventada"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), NAMED)
def test_victims_are_found_by_name_in_every_voice_of_the_verb(text: str, wanted: set[str]) -> None:
    assert named(read(text)) == wanted


def test_names_in_capitals_are_found_where_a_known_name_is_among_them() -> None:
    statements = read("LIMA, 3 ENE -- JUAN PEREZ IMAGINARIO Y ROSA QUISPE FUERON ASESINADOS POR DESCONOCIDOS.")

    assert {v["text"] for v in victims(statements)} == {"JUAN PEREZ IMAGINARIO", "ROSA QUISPE"}


BLAMED = [
    ("Fueron abatidos dos jóvenes por efectivos del Ejército.", {"efectivos del Ejército"}),
    ("La Policía mató a tres comuneros.", {"La Policía"}),
    ("Nine people died at the hands of the army.", {"the army"}),
    ("In police firing, two people were killed.", {"police"}),
    ("Rosa Inventada accused the army of killing her brother.", {"the army"}),
    ("Two teachers were killed by a bomb.", set()),
    ("Two teachers were killed in the rain.", set()),
    ("The guerrillas carried out an attack on the town.", {"The guerrillas"}),
]


@pytest.mark.parametrize(("text", "wanted"), BLAMED)
def test_whoever_the_words_hold_responsible_is_named_and_nobody_else(text: str, wanted: set[str]) -> None:
    assert blamed(read(text)) == wanted


def test_an_accusation_is_the_speakers_and_never_the_systems() -> None:
    statements = read("“El Ejército mató a mi hermano”, dijo Rosa Inventada.")

    (perpetrator,) = [p for s in statements for p in s["perpetrators"]]
    assert perpetrator["asserted_by"] == "Rosa Inventada"


def test_a_victim_is_joined_only_to_those_blamed_for_that_act() -> None:
    statements = read("Sicarios mataron a Juan Imaginario y la Policía detuvo a Rosa Inventada.")
    text = "Sicarios mataron a Juan Imaginario y la Policía detuvo a Rosa Inventada."

    by_name = {v["name"]: [text[b["start"] : b["end"]] for b in v["blamed"]] for v in victims(statements)}
    assert by_name == {"Juan Imaginario": ["Sicarios"], "Rosa Inventada": ["la Policía"]}


def test_an_attack_says_nothing_of_what_became_of_the_person() -> None:
    (victim,) = victims(read("Soldiers shot her son as he walked home."))

    assert (victim["act"], victim["harm"]) == ("attacked", None)


def test_a_description_of_somebody_just_named_is_nobody_new() -> None:
    statements = read("Asesinaron a Rosa Inventada, presidenta de la comunidad.")

    assert len(victims(statements)) == 1


def test_the_dead_of_a_list_are_one_each_with_their_ages_and_initials() -> None:
    statements = read(
        "Los fallecidos son:\n\n- Juan Imaginario Quispe (22)\n- R. I. M. (16)\n- NN, de 40 años aproximadamente\n"
    )

    got = [(v["kind"], v["text"], v["age"]) for v in victims(statements)]
    assert got == [
        ("named", "Juan Imaginario Quispe", "22"), ("initials", "R. I. M.", "16"), ("nn", "NN", "40 años aproximadamente"),
    ]  # fmt: skip


def test_a_minor_is_flagged_by_age_or_by_word() -> None:
    by_age = read("Murió Juan Imaginario (16) en la plaza.")
    by_word = read("Dos niños murieron en la plaza.")

    assert "minor" in by_age[0]["flags"]
    assert "minor" in by_word[0]["flags"]
