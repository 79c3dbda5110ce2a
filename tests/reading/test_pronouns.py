"""Victims that are only pointed to: resolved where one person can be meant, and never guessed."""

from __future__ import annotations

import pytest

from .saying import Said, read, victims


def pointed_to(text: str) -> list[Said]:
    return [v for v in victims(read(text)) if v["basis"] == "pronoun"]


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Carlos Mamani was a teacher. The soldiers shot him on Monday.", "him", "Carlos Mamani"),
        ("Honorato Quispe salió a comprar pan. Lo mataron en la esquina.", "Lo", "Honorato Quispe"),
        ("Clementina Quispe era enfermera. Fue asesinada el lunes.", "asesinada", "Clementina Quispe"),
        ("Pedro Mamani met Rosa Quispe. She was shot dead.", "She", "Rosa Quispe"),
        ("Rosa Mamani dijo que Juan Quispe salió temprano. Murió camino al hospital.", "Murió", "Juan Quispe"),
    ],
)
def test_a_pronoun_is_the_one_person_the_nearest_sentence_names(text: str, mention: str, name: str) -> None:
    (found,) = pointed_to(text)

    assert (found["text"], found["name"]) == (mention, name)
    assert text[found["start"] : found["end"]] == mention


@pytest.mark.parametrize(
    "text",
    [
        "Juan Quispe y Pedro Mamani salieron. Lo mataron en la esquina.",
        "Rosa Mamani llegó tarde. Lo mataron en la esquina.",
        "Juan Quispe shot him at the door.",
        "Los mataron a todos. Nadie sabe sus nombres.",
        "La ciudad de Puno amaneció cerrada. Fue asesinada el lunes.",
    ],
)
def test_where_two_or_none_can_be_meant_nobody_is_named(text: str) -> None:
    assert pointed_to(text) == []
