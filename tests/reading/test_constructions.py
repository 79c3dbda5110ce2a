"""The ways a sentence says who was killed, hurt, taken or threatened, one by one, in Spanish and English."""

from __future__ import annotations

import pytest

from .saying import blamed, figures, read, victims

KILLED, HURT, TAKEN = ("killed", "died"), ("injured",), ("detained", "kidnapped", "missing")


def said(text: str) -> set[tuple[str, str]]:
    """``(words, act)`` of every victim asserted."""
    return {(v["text"], v["act"]) for v in victims(read(text)) if v["polarity"] == "asserted"}


@pytest.mark.parametrize(
    ("text", "words", "acts"),
    [
        # a name beside the phrase that describes it
        ("His driver, Tomás Quispe, was critically wounded.", "Tomás Quispe", HURT),
        ("The colonel’s wife, Ana Mamani de Quispe, was shot to death in Lima.", "Ana Mamani de Quispe", KILLED),
        ("Ana Mamani and Juan Quispe, a teacher at the school, have been killed.", "Juan Quispe", KILLED),
        ("Asesinaron anoche al alcalde de Lampa, Evaristo Rojas, en su casa.", "Evaristo Rojas", KILLED),
        ("Soldiers killed three journalists: Ana Mamani, a photographer, and Juan Quispe.", "Juan Quispe", KILLED),
        # a clause between the subject and its verb
        ("A soldier guarding the bridge was wounded.", "A soldier", HURT),
        ("A vendor walking in the area was killed.", "A vendor", KILLED),
        ("The attack was against Juan Quispe, who was killed at once.", "Juan Quispe", KILLED),
        ("Juan Quispe, 45, un vendedor, recibió un impacto de bala y murió.", "Juan Quispe", KILLED),
        # bodies
        ("The body of Lucía Mamani was found in a ditch.", "Lucía Mamani", KILLED),
        ("El cuerpo sin vida de Benigna Choque fue hallado en un descampado.", "Benigna Choque", KILLED),
        ("The bullet-ridden bodies of three students were found on the road.", "three students", KILLED),
        # nouns
        ("La ejecución extrajudicial de Pascual Ccopa no fue investigada.", "Pascual Ccopa", KILLED),
        ("La desaparición forzada de Hilario Apaza fue denunciada.", "Hilario Apaza", TAKEN),
        ("Ana Mamani, the organiser whose murder shocked the town, was 30.", "Ana Mamani", KILLED),
        ("The priests’ assassination has not been solved.", "The priests", KILLED),
        ("The murder case of Juan Quispe was reopened.", "Juan Quispe", KILLED),
        ("The murderers of Judge Elvira Mamani have not been found.", "Elvira Mamani", KILLED),
        ("Condenan a cadena perpetua al asesino de Flora Quispe.", "Flora Quispe", KILLED),
        ("Madre de Isidro Quispe, asesinado por militares, pide justicia.", "Isidro Quispe", KILLED),
        # wounds, loss, what people die of
        ("El agraviado Celso Luna sufrió lesiones graves.", "Celso Luna", HURT),
        ("Juan Quispe fue alcanzado por una bala en la pierna.", "Juan Quispe", HURT),
        ("Rosa Mamani perdió a su esposo en la matanza.", "su esposo", KILLED),
        ("Silas Quispe, her son, bled to death at the scene.", "Silas Quispe", KILLED),
        # said first, pointed to later
        ("A mi hijo Edilberto lo mataron el jueves.", "Edilberto", KILLED),
        ("A mi sobrino se lo llevó la policía del hospital.", "mi sobrino", TAKEN),
        # taken away
        ("Plainclothes agents took away Mariam Quispe from her home.", "Mariam Quispe", TAKEN),
        ("The gunmen held several ambassadors hostage for a month.", "several ambassadors", TAKEN),
        ("Fue detenida arbitrariamente Justina Ccopa, dirigente comunal.", "Justina Ccopa", TAKEN),
        ("Los marinos privaron de la vida a Toribio Quispe en 1991.", "Toribio Quispe", KILLED),
        ("Julián Huanca perdió un ojo por un perdigón.", "Julián Huanca", HURT),
        ("Amina Yusuf, a paediatrician, was among those killed.", "Amina Yusuf", KILLED),
        ("Among the dead were her father and her two brothers.", "her two brothers", KILLED),
        ("At least 38 people, most of them women and children, have been killed.", "At least 38 people", KILLED),
        ("Ramiro Catrileo’s killing has been condemned.", "Ramiro Catrileo", KILLED),
        ("Soldiers rounded up nine villagers and tied their hands.", "nine villagers", TAKEN),
        ("Idris Quispe remains behind bars.", "Idris Quispe", TAKEN),
        ("Ana Quispe has not been seen since Friday.", "Ana Quispe", TAKEN),
        # headlines
        ("Opposition leader Ambrose Reed shot dead", "Ambrose Reed", KILLED),
        ("Matan a tiros a Gumercindo Rojas, defensor del bosque", "Gumercindo Rojas", KILLED),
        ("SOLDIERS KILL SEVEN STUDENTS IN MARKET ATTACK", "SEVEN STUDENTS", KILLED),
        # names that look like verbs
        ("Ahmed Khaled was arrested at the airport.", "Ahmed Khaled", TAKEN),
        # lists
        ("One of the students killed last week was Juan Quispe.", "Juan Quispe", KILLED),
        ("He was found dead along with Gilda Flores.", "Gilda Flores", KILLED),
        ("The wounded include a child and a woman.", "a child", HURT),
        ("The following officers died: Major Carlos Farfán, Captain Walter Moscoso.", "Walter Moscoso", KILLED),
        ("Juan Quispe, leader of the union (SUTEP), and five other men were killed.", "five other men", KILLED),
    ],
)  # fmt: skip
def test_a_victim_is_found_however_the_sentence_is_built(text: str, words: str, acts: tuple[str, ...]) -> None:
    found = said(text)

    assert any(words in said_words and act in acts for said_words, act in found), found


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Dos personas murieron cuando la Policía abrió fuego contra la multitud.", "la Policía"),
        ("The attack was carried out on Monday by members of the “Frente Inventado” column.", "members of the “Frente"),
        ("El crimen fue perpetrado el lunes por paramilitares.", "paramilitares"),
        ("Four people were killed. A rogue police unit is suspected of planting the bomb.", "A rogue police unit"),
    ],
)
def test_those_blamed_are_found_however_the_sentence_is_built(text: str, who: str) -> None:
    assert any(who in said_words for said_words in blamed(read(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Nadie resultó herido en la capital.",
        "No one was killed in the attack on the barracks.",
        "The law would allow demonstrators to be jailed for ten years.",
        "“If they shoot my son, I will hold them responsible,” a mother said.",
        "La Fiscalía investiga si los policías mataron a Juan Quispe.",
        "Recuerdan la masacre de Quebrada Irreal.",
        "The group threatened to kill Bartholomew Reed.",
    ],
)
def test_what_did_not_happen_has_no_dead_and_nobody_taken(text: str) -> None:
    assert not {act for _, act in said(text)} & {*KILLED, *TAKEN, *HURT}


def test_the_place_of_a_shooting_is_not_who_was_shot() -> None:
    found = victims(read("Lo mataron a dos cuadras de su casa."))

    assert found == [] and figures(read("Lo mataron a dos cuadras de su casa.")) == []


def test_rioters_who_killed_are_not_blamed_on_the_police_who_fired_elsewhere() -> None:
    found = victims(read("While six people were injured in police firing, 12 people were killed by rioters."))

    text = "While six people were injured in police firing, 12 people were killed by rioters."
    killed = next(v for v in found if v["act"] == "killed")
    assert [text[b["start"] : b["end"]] for b in killed["blamed"]] == ["rioters"]


def test_numbers_in_capitals_count_as_any_others_do() -> None:
    text = "A BOMB LEFT AT LEAST FOURTEEN PEOPLE DEAD AND MORE THAN FIFTY WOUNDED. MURIERON CUATRO CAMPESINOS."

    assert figures(read(text)) == [(4, 4, "killed"), (14, None, "killed"), (51, None, "injured")]


def test_a_number_that_goes_on_with_the_one_before_counts_the_same_harm() -> None:
    text = (
        "Hay 28 personas fallecidas: 20 por enfrentamientos y 7 por accidentes. En Lampa hay 9 muertos; en Melgar, 6."
    )

    assert figures(read(text)) == [(n, n, "killed") for n in (6, 7, 9, 20, 28)]


def test_a_list_under_a_heading_of_the_wounded_is_of_wounded() -> None:
    text = "Fallecidos:\n1. Cirilo Lupaca, 22 años.\n\nHeridos:\n- Leandro Ramos, 27 años\n- Sabina Ramos, 19 años\n"

    harms = {v["name"]: v["harm"] for v in victims(read(text))}

    assert harms == {"Cirilo Lupaca": "killed", "Leandro Ramos": "injured", "Sabina Ramos": "injured"}


def test_among_them_names_people_of_the_group_just_spoken_of() -> None:
    text = "Quince campesinos fueron asesinados. Entre ellos estaban el profesor Demetrio Inga y Petronila Quispe."

    names = {v["name"] for v in victims(read(text)) if v["harm"] == "killed"}

    assert {"Demetrio Inga", "Petronila Quispe"} <= names


def test_a_text_in_small_letters_is_read_sentence_by_sentence() -> None:
    text = (
        "police fired at the crowd in the morning. in another town two people were killed by rioters. nobody was held."
    )

    killed = [v for v in victims(read(text)) if v["harm"] == "killed"]

    assert [text[b["start"] : b["end"]] for v in killed for b in v["blamed"]] == ["rioters"]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Police arrested three men over the murder of Juan Quispe.", "arrested"),
        ("La policía detuvo a los sicarios en Lima.", "arrested"),
        ("Police arrested three men at the march.", "detained"),
        ("La policía detuvo a los estudiantes en Lima.", "detained"),
    ],
)
def test_the_arrest_of_a_suspect_is_told_from_a_detention(text: str, act: str) -> None:
    acts = {a["act"] for s in read(text) for a in s["acts"]}

    assert act in acts and not acts & ({"arrested", "detained"} - {act})


def test_torture_that_is_only_reported_is_an_act_without_a_victim() -> None:
    reported = read("The mission received reports of torture and enforced disappearances in the province.")
    named = read("The Committee against Torture met in Geneva.")

    assert {a["act"] for s in reported for a in s["acts"]} == {"tortured", "missing"}
    assert not any(s["acts"] for s in named)


def test_a_situation_report_counts_after_its_labels_and_nobody_speaks_in_it() -> None:
    report = read("PARTE\n\n- Fallecidos: 11\n- Heridos: 74, de los cuales 9 están graves\n- Detenidos: 26\n")

    assert figures(report) == [(9, 9, "injured"), (11, 11, "killed"), (26, 26, "detained"), (74, 74, "injured")]
    assert {s["speaker"]["name"] for s in report} == {None}
