"""How papers print who says something, in Spanish and English; and who is never blamed. Everybody here is invented."""

from __future__ import annotations

import pytest

from tests.reading.saying import blamed, figures, named, read, said_of, speaker, victims

NEWS = "Noticias de prueba\n\nEl lunes hubo una marcha en la ciudad de Villa Inventada.\n\n"


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        ("De acuerdo con el Ministerio Imaginario, hay 45 heridos.", "hay 45 heridos", "Ministerio Imaginario"),
        ("Según contó a este diario su hermana, el joven salió a comprar pan.", "el joven salió", "su hermana"),
        ("«Llegaron tres cuerpos», dijo Carla Ejemplo a esta agencia.", "tres cuerpos", "Carla Ejemplo"),
        ("«Llegaron tres cuerpos», contó Carla Ejemplo al diario local.", "tres cuerpos", "Carla Ejemplo"),
        ("La Cruz Inventada elevó a 12 la cifra de muertos.", "a 12 la cifra", "Cruz Inventada"),
        ("The Committee for Sample Rights lowered its toll from nine to seven.", "nine to seven", "Committee for Sample Rights"),
        ("Two people were shot dead on Sunday, a doctor at the regional hospital told reporters.", "shot dead", "doctor"),
        ("Seven men were taken away at night, Rosa Placeholder told the Example Times on Monday.", "taken away", "Rosa Placeholder"),
        ("El alcalde de Villa Inventada, Tomás Supuesto, dijo que no hubo muertos.", "no hubo muertos", "Tomás Supuesto"),
        ("Police spokesman Col. Peter Dummy denied that officers had fired.", "officers had fired", "Peter Dummy"),
        ("«No más muertes», declaró la presidenta de la Junta Vecinal, Herminia Muestra, quien exigió la renuncia del prefecto.", "No más", "Herminia Muestra"),
        ("Un dirigente que pidió no ser identificado aseguró que hay cinco desaparecidos.", "hay cinco", "dirigente"),
        ("A nurse, who asked not to be named, said that five people were missing.", "five people", "nurse"),
        ("Al respecto Rosa Prueba comentó que no hubo disparos.", "no hubo disparos", "Rosa Prueba"),
    ],
)  # fmt: skip
def test_the_voice_is_found_in_the_ways_papers_print_it(text: str, words: str, who: str) -> None:
    name = speaker(read(NEWS + text), words)

    assert name is not None and who in name
    assert len(name) <= len(who) + 27, "and not with half the sentence"


def test_when_something_was_said_is_nobody_who_says_it() -> None:
    statements = read(NEWS + "La alcaldesa Rosa Prueba dijo que no hubo muertos; horas después admitió que murió uno.")

    assert {s["speaker"]["name"] for s in statements if s["speaker"]["name"]} == {"Rosa Prueba"}


@pytest.mark.parametrize(
    "text",
    [
        "Rosa Prueba está de acuerdo con el Ministerio Imaginario.",
        "Miles de personas se manifestaron contra el alcalde.",
        "La carretera elevó a los caminantes por la quebrada.",
    ],
)
def test_what_nobody_says_is_put_in_nobodys_mouth(text: str) -> None:
    assert [s["speaker"]["name"] for s in read(NEWS + text) if s["speaker"]["name"]] == []


@pytest.mark.parametrize(
    "text",
    [
        "The dead were identified by relatives as John Specimen, 27, and his cousin Mary Specimen, 31.",
        "The killing of John Specimen was condemned by the bishop.",
        "Five wounded people were taken by neighbours to the hospital.",
        "The murdered teacher was mourned by thousands of people.",
        "John Specimen was killed by a bullet in the chest, his brother said.",
        "—Mi hermano salió a comprar pan y no volvió —contó la hermana de la víctima—. Lo mataron en la esquina.",
        "Los heridos fueron atendidos por médicos del hospital regional.",
        "La muerte de Rosa Muestra fue lamentada por el obispo.",
        "El cuerpo de Anselmo Prueba fue hallado por vecinos en la quebrada.",
        "La víctima fue identificada por su madre como Rosa Muestra Ejemplo.",
    ],
)
def test_who_mourns_finds_names_or_heals_is_never_blamed(text: str) -> None:
    assert blamed(read(NEWS + text)) == set()


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Two demonstrators were killed by soldiers, residents said.", "soldiers"),
        ("Anselmo Prueba fue asesinado por un policía, según su hermano.", "policía"),
        ("The killing of John Specimen was claimed by the Imaginary Front.", "Imaginary Front"),
        ("Tres manifestantes fueron baleados por efectivos de la Policía.", "efectivos"),
    ],
)
def test_whom_the_words_do_blame_is_told_as_theirs(text: str, who: str) -> None:
    assert any(who in name for name in blamed(read(NEWS + text)))


def test_the_line_of_place_and_day_is_not_when_people_died() -> None:
    statements = read(
        "Port Example, 9 January 2024 — Two people were killed and ten wounded on Sunday, Rosa Placeholder said.",
        "2024-01-09",
    )

    assert {f["date"] for s in statements for f in s["figures"]} == {"2024-01-07"}
    assert said_of(statements, "Two people")["quote"].startswith("Two people")


def test_after_a_denial_what_is_quoted_is_said_and_not_denied() -> None:
    statements = read(
        NEWS
        + "El ministro Pedro Modelo negó que la policía haya matado a nadie: “Murieron cinco personas en accidentes”, afirmó."
    )

    assert said_of(statements, "haya matado")["kind"] == "status"
    assert said_of(statements, "Murieron cinco")["kind"] == "figure"
    assert figures(statements) == [(5, 5, "killed")]


def test_the_days_of_a_span_are_counted_as_nobody() -> None:
    statements = read(
        NEWS + "La Asociación Inventada documentó la muerte de nueve personas entre el 5 y el 8 de enero de 2023."
    )

    assert figures(statements) == [(9, 9, "killed")]


def test_a_second_verb_has_the_subject_of_the_first() -> None:
    statements = read(
        NEWS + "La Asociación Inventada pide al fiscal investigar a los mandos y solicita al alcalde pronunciarse."
    )

    assert {s["speaker"]["name"] for s in statements if s["speaker"]["name"]} == {"Asociación Inventada"}


def test_the_body_that_spoke_is_meant_by_the_body() -> None:
    statements = read(
        NEWS + "El Ministerio Imaginario informó que hay 12 muertos. Cinco son menores, precisó la entidad."
    )

    assert speaker(statements, "Cinco son") == "Ministerio Imaginario"
    assert said_of(statements, "Cinco son")["speaker"]["basis"] == "pronoun"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Los fallecidos por las protestas subieron de 10 a 12.", [(12, 12, "killed")]),
        ("El número de fallecidos pasó de 18 a 20.", [(20, 20, "killed")]),
        ("Los heridos llegan a 68, dijo el alcalde.", [(68, 68, "injured")]),
        ("The death toll rose from 10 to 12, officials said.", [(12, 12, "killed")]),
        ("Murieron entre 18 y 20 personas.", [(18, 20, "killed")]),
    ],
)
def test_of_a_number_that_changed_the_later_one_is_told(text: str, wanted: list[tuple[int, int, str]]) -> None:
    assert figures(read(NEWS + text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "More than 300 people have been arrested, among them the journalist Tobias Dummy, whose whereabouts are unknown.",
        "Fueron detenidas 32 personas, entre ellas la dirigente vecinal Rosa Muestra.",
    ],
)
def test_whoever_is_among_the_counted_shares_their_harm(text: str) -> None:
    statements = read(NEWS + text)

    assert named(statements) in ({"Tobias Dummy"}, {"Rosa Muestra"})
    assert {v["harm"] for v in victims(statements) if v["kind"] == "named"} == {"detained"}


def test_what_an_earlier_version_said_is_no_figure() -> None:
    text = "Correction: An earlier version of this article said that 25 people had died. The correct figure is 23."

    assert (25, 25, "killed") not in figures(read(NEWS + text))
