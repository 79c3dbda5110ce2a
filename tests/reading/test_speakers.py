"""Who is said to speak: named where the text names them, nobody where it does not. Everybody here is invented."""

from __future__ import annotations

import pytest

from tests.reading.saying import read, said_of, speaker

QUOTED = [
    ("«Nos dispararon desde el cerro», dijo Rosa Inventada.", "Nos dispararon", "Rosa Inventada"),
    ("Rosa Inventada dijo: “Nos dispararon desde el cerro”.", "Nos dispararon", "Rosa Inventada"),
    ('"Nos dispararon desde el cerro", aseguró la vocera Rosa Inventada.', "Nos dispararon", "Rosa Inventada"),
    ("—Nos dispararon desde el cerro —dijo Rosa Inventada—. Nadie vino.", "Nos dispararon", "Rosa Inventada"),
    ("—Nos dispararon desde el cerro —dijo Rosa Inventada—. Nadie vino.", "Nadie vino", "Rosa Inventada"),
    ("“They shot at us from the hill,” said Rosa Inventada.", "They shot at us", "Rosa Inventada"),
    ("Rosa Inventada, a teacher in Lampa, said: “They shot at us from the hill.”", "They shot", "Rosa Inventada"),
    ("“They shot at us,” Rosa Inventada told reporters, “and nobody came.”", "nobody came", "Rosa Inventada"),
    ("The mayor of Lampa, Rosa Inventada, said that the army had fired first.", "army had fired", "Rosa Inventada"),
    (
        "El alcalde de Lampa, Julio Ficticio, informó este lunes que el puente sigue cerrado.",
        "puente",
        "Julio Ficticio",
    ),
    ("Según la Defensoría Imaginaria, nadie abrió la puerta del hospital.", "nadie abrió", "Defensoría Imaginaria"),
    ("ROSA INVENTADA: “Nos dispararon desde el cerro y nadie vino”.", "Nos dispararon", "ROSA INVENTADA"),
]


@pytest.mark.parametrize(("text", "words", "who"), QUOTED)
def test_the_speaker_printed_beside_the_words_is_the_speaker(text: str, words: str, who: str) -> None:
    statements = read(text)

    assert speaker(statements, words) == who
    assert said_of(statements, words)["speaker"]["basis"] == "named"


def test_a_short_form_and_a_pronoun_lead_to_the_full_name_and_its_role() -> None:
    statements = read(
        "Rosa Inventada Quispe, presidenta del barrio, llegó temprano.\n\n"
        "“Aquí no hay agua desde enero”, contó Inventada.\n\n“Tampoco hay médicos que quieran venir”, añadió ella."
    )

    assert speaker(statements, "no hay agua") == "Rosa Inventada Quispe"
    assert said_of(statements, "no hay agua")["speaker"]["role"] == "presidenta del barrio"
    assert speaker(statements, "hay médicos") == "Rosa Inventada Quispe"
    assert said_of(statements, "hay médicos")["speaker"]["basis"] == "pronoun"


def test_a_quotation_nobody_claims_stays_without_a_speaker_and_says_so() -> None:
    statements = read("“Seguiremos aquí hasta que alguien nos escuche”. La plaza quedó vacía al anochecer.")

    said = said_of(statements, "Seguiremos aquí")
    assert said["speaker"] == {
        "name": None, "role": None, "mention_start": None, "mention_end": None, "basis": "unattributed",
    }  # fmt: skip
    assert "unattributed" in said["flags"]


def test_a_pronoun_without_anybody_before_it_names_nobody() -> None:
    statements = read("“Yo vi cómo cayeron los dos”, dijo ella.")

    assert speaker(statements, "cómo cayeron") is None


def test_an_institution_speaks_under_its_own_name_and_is_no_person() -> None:
    statements = read(
        "La Fiscalía Inexistente informó que investiga el caso. “No hay detenidos”, precisó el organismo."
    )

    assert speaker(statements, "investiga el caso") == "Fiscalía Inexistente"
    assert not any(v["kind"] == "named" for s in statements for v in s["victims"])


def test_captions_give_each_line_the_voice_they_print() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Rosa Inventada>Mataron a dos vecinos el lunes.\n\n"
        "00:04.000 --> 00:06.000\n<v Entrevistador>¿Quién los mató?\n\n"
        "00:07.000 --> 00:09.000\n<v Rosa Inventada>Los soldados mataron a mi hermano.\n"
    )

    statements = read(text, name="entrevista.vtt")

    assert speaker(statements, "dos vecinos") == "Rosa Inventada"
    assert speaker(statements, "mi hermano") == "Rosa Inventada"


def test_a_transcript_with_labels_is_read_turn_by_turn() -> None:
    text = (
        "Rosa Inventada: Mataron a dos vecinos el lunes.\n\nPeriodista: ¿Quién los mató?\n\n"
        "Rosa Inventada: Los soldados. Hirieron también a mi hermano."
    )

    statements = read(text)

    assert speaker(statements, "dos vecinos") == "Rosa Inventada"
    assert said_of(statements, "dos vecinos")["quote"] == "Mataron a dos vecinos el lunes."
    assert speaker(statements, "mi hermano") == "Rosa Inventada"


def test_a_wish_not_to_be_named_is_no_demand() -> None:
    statements = read("The mother, who asked not to be named, said soldiers shot her son.")

    assert not any(s["demands"] for s in statements)
    assert blamed_by(statements) == {"The mother"}


def blamed_by(statements: list[dict[str, object]]) -> set[object]:
    return {p["asserted_by"] for s in statements for p in s["perpetrators"]}  # type: ignore[attr-defined]


def test_a_pull_quote_and_its_body_are_one_statement_with_two_mentions() -> None:
    words = "no vamos a abandonar la plaza mientras falte uno solo de los nuestros"
    statements = read(
        f"“{words.capitalize()}”.\n\nLa marcha llegó de noche. “Como les dije, {words}”, afirmó Rosa Inventada."
    )

    both = [s for s in statements if "abandonar la plaza" in s["quote"]]
    assert len({s["id"] for s in both}) == 1
    assert [("repeated" in s["flags"]) for s in both].count(True) == 1
    assert {s["speaker"]["name"] for s in both} == {"Rosa Inventada"}


def test_a_quotation_of_several_paragraphs_is_one_voice() -> None:
    statements = read(
        "Rosa Inventada dijo: “Primero llegaron los camiones con soldados.\n\n"
        "“Después dispararon a la gente que rezaba en la plaza”."
    )

    assert speaker(statements, "dispararon a la gente") == "Rosa Inventada"
