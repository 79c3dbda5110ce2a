"""A quotation is found exactly where the text says it, in whatever typography, or nowhere."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from willakuy.reading.locating import Grounds

TEXT = (
    "La vocera dijo que «no hay 40 muertos, hay al menos 17», según Rosa T’ika Inventada.\n"
    "El oficial… no pudo con\ufb01rmar el re-\npresivo informe franco-peruano. Murieron 10\u00a0000 aves, 40-50 perros y 40% del ganado.\n"
    "They can’t say who fired; it was a non-violent march.\n"
)


def said(quote: str, text: str = TEXT) -> list[str]:
    return [text[a:b] for a, b in Grounds(text).locate(quote)]


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ('"no hay 40 muertos, hay al menos 17"', "«no hay 40 muertos, hay al menos 17»"),
        ("Rosa T'ika Inventada", "Rosa T’ika Inventada"),
        ("El oficial... no pudo confirmar", "El oficial… no pudo con\ufb01rmar"),
        ("el represivo informe", "el re-\npresivo informe"),
        ("el re-presivo informe", "el re-\npresivo informe"),
        ("Murieron 10 000 aves", "Murieron 10\u00a0000 aves"),
        (unicodedata.normalize("NFD", "según Rosa"), "según Rosa"),
        ("se\u00adgún Ro\u00adsa", "según Rosa"),
        ("  La  vocera\n dijo ", "La vocera dijo"),
        ("１７", "17"),
    ],
)
def test_typography_does_not_hide_a_quotation(quote, words):
    assert said(quote) == [words]


@pytest.mark.parametrize(
    "quote",
    [
        "hay 40 muertos, hay al menos 71",
        "hay muertos",
        "según Rosa Inventada",
        "la vocera dijo",
        "segun Rosa",
        "hay al menos 1",
        "Murieron 10",
        "000 aves",
        "40-",
        "50 perros y 40",
        "They can",
        "t say who",
        "violent march",
        "peruano",
        "francoperuano",
        "no hay 40 muertos, según Rosa",
        "«»",
        "",
        " \n ",
    ],
)
def test_altered_or_cut_words_are_nowhere(quote):
    assert said(quote) == []


def test_words_said_twice_are_found_twice_and_the_coder_chooses():
    text = "Murieron dos. Ayer se supo: murieron dos. Murieron dos."

    assert Grounds(text).locate("Murieron dos.") == [(0, 13), (42, 55)]


def test_a_name_may_end_at_a_hyphen_where_it_is_asked_for():
    text = "the then-Minister Ficticio said"

    assert Grounds(text).locate("Minister Ficticio") == []
    assert Grounds(text).locate("Minister Ficticio", in_compounds=True) == [(9, 26)]


def test_a_decomposed_letter_is_never_cut_in_two():
    text = unicodedata.normalize("NFD", "el café cerró")

    assert Grounds(text).locate("cafe") == []
    assert Grounds(text).locate("café") == [(3, 8)]


def test_ten_thousand_marks_on_one_letter_take_no_time():
    assert Grounds("a" + "\u0301" * 10_000 + " fin").locate("fin") == [(10_002, 10_005)]


weird = st.text(
    st.one_of(
        st.sampled_from(list("aeñ éü\u0301\u0323\u00ad-‐—’'“”«».,… \n\u00a0\u200b\ufb01017%AÁ")),
        st.characters(codec="utf-8"),
    ),
    max_size=60,
)


@given(weird, st.data())
def test_every_stretch_of_whole_words_is_found_where_it_stands(text, data):
    cuts = [i for i in range(len(text) + 1) if (i in (0, len(text))) or text[i - 1].isspace() or text[i].isspace()]
    start, end = data.draw(st.sampled_from(cuts)), data.draw(st.sampled_from(cuts))
    assume(start < end)
    quote = text[start:end]
    assume(any(c.isalnum() for c in quote))
    assume(
        not unicodedata.combining(quote.strip()[0]) and not unicodedata.combining(text[end] if end < len(text) else "x")
    )

    grounds = Grounds(text)
    found = grounds.locate(quote)

    for a, b in found:
        assert 0 <= a < b <= len(text)
        assert grounds.holds(text[a:b], a, b)
    if any("0" <= c <= "9" for c in quote) or any(mark in quote for mark in "-‐‑\u00ad"):
        return  # a cut inside "10 000", or beside a hyphen that breaks a word, is rightly not found
    lead = len(quote) - len(quote.lstrip())
    assert any(a <= start + lead and end - len(quote) + len(quote.rstrip()) <= b + 12 for a, b in found)


@given(weird, weird)
def test_what_is_found_reads_as_what_was_asked_for(text, quote):
    for a, b in Grounds(text).locate(quote):
        letters = [c for c in unicodedata.normalize("NFKD", text[a:b]) if c.isalnum()]
        assert letters == [c for c in unicodedata.normalize("NFKD", quote) if c.isalnum()]
