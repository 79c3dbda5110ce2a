"""Whatever is put in front of it, the reader answers with words that stand in the text, and in time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from willakuy.errors import WillakuyError
from willakuy.reading import propose, text_layer, to_json

from .saying import read

NOTE = (
    "La vocera Rosa Inventada dijo que «murieron 17 personas» en Juliaca. El Ejército negó los hechos.\n\n"
    "—No hubo orden —respondió Juan Imaginario—. Nadie disparó.\n\n"
    "Según la Defensoría Imaginaria, 3 menores y 12 adultos fueron detenidos por la policía el 9 de enero.\n\n"
)
ODD = [
    "x",
    "“",
    "” “ ” “",
    "— — —",
    "«»",
    "::::",
    "17",
    "dijo",
    "según",
    "said that",
    "killed by",
    "murió",
    "\u202e\u200d\ufeff murieron 3",
    "A" * 5000,
    "¿¡¿¡¿¡",
    "(((((",
    "- - - -\n- - -",
    "Ma ta ron a 3 per so nas\nen la pla-\nza.",
    "l0s s0ldad0s mataron a 3 pers0nas",
    "MURIERON 3 PERSONAS DIJO JUAN PEREZ",
    "murieron 3 personas dijo juan perez sin puntos ni comas y luego se fueron todos",
    "😀 murieron 3 personas 😀 dijo Rosa Inventada 😀",
]


def check(text: str) -> None:
    """Every span lies in the text and says what is printed beside it."""
    try:
        layer = text_layer(text.encode(), "nota.txt")
    except WillakuyError:
        return
    for s in to_json(propose(layer))["statements"]:
        assert layer.text[s["start"] : s["end"]] == s["quote"]
        for part in (*s["victims"], *s["perpetrators"], *s["demands"], *s["dates"], *s["places"]):
            assert layer.text[part["start"] : part["end"]] == part["text"]
        for part in (*s["figures"], *s["acts"]):
            assert 0 <= part["start"] < part["end"] <= len(layer.text)


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_read_without_complaint(text: str) -> None:
    check(text)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *NOTE.split(),
                "“",
                "”",
                "«",
                "»",
                '"',
                "—",
                "\n\n",
                ".",
                ",",
                ":",
                "killed",
                "by",
                "who",
                "said",
                "that",
                "(17)",
                "NN",
            ]
        ),
        min_size=1,
        max_size=60,
    )
)
def test_shuffled_words_are_read_without_complaint(words: list[str]) -> None:
    check(" ".join(words))


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=200).filter(str.strip))
def test_any_text_is_read_without_complaint(text: str) -> None:
    check(text)


def test_the_same_text_gives_the_same_statements() -> None:
    layer = text_layer(NOTE.encode(), "nota.txt")

    assert to_json(propose(layer)) == to_json(propose(layer))


def test_a_text_ten_times_as_long_takes_about_ten_times_as_long() -> None:
    """Counted in work, not in seconds asserted: twenty times would be a quadratic step somewhere."""
    short, long = (NOTE * 40, NOTE * 400)
    took = []
    for text in (short, long):
        layer = text_layer(text.encode(), "nota.txt")
        began = time.process_time()
        propose(layer)
        took.append(time.process_time() - began)

    assert took[1] < 25 * took[0]


def test_a_list_of_two_thousand_dead_is_read_to_its_end() -> None:
    lines = "\n".join(f"{n}. Rosa Quispe Mamani, {20 + n % 40} años." for n in range(1, 2001))

    found = [v for s in read("Fallecidos:\n" + lines) for v in s["victims"]]

    assert len(found) == 2000


def test_the_number_of_a_footnote_is_nobody() -> None:
    found = [v for s in read("El dirigente Juan Quispe murió en julio de 1980.[9]") for v in s["victims"]]

    assert [v["name"] for v in found] == ["Juan Quispe"]
