"""How many, and with which bound: a documented lower one, never an invented upper one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willakuy.statements.errors import QuantityNotValid
from willakuy.statements.numbers import VAGUE_WORDS, Bound, Quantity, find_quantities, parse_quantity

counts = st.integers(min_value=0, max_value=2_000_000)


def quantities() -> st.SearchStrategy[Quantity]:
    return st.one_of(
        counts.map(Quantity.exactly),
        counts.map(lambda n: Quantity("", n, None, Bound.at_least)),
        counts.map(lambda n: Quantity("", n + 1, None, Bound.more_than)),
        counts.map(lambda n: Quantity("", 0, n, Bound.at_most)),
        counts.map(lambda n: Quantity("", 0, n, Bound.fewer_than)),
        counts.map(lambda n: Quantity("", n, n, Bound.about)),
        counts.map(lambda n: Quantity("", 0, n, Bound.almost)),
        st.tuples(counts, counts).filter(lambda p: p[0] < p[1]).map(lambda p: Quantity("", p[0], p[1], Bound.between)),
        st.sampled_from(sorted(VAGUE_WORDS)).map(lambda n: Quantity("", n, None, Bound.vague)),
    )


@pytest.mark.parametrize(
    ("words", "lo", "hi", "bound"),
    [
        ("17", 17, 17, "exactly"),
        ("siete", 7, 7, "exactly"),
        ("Cuarenta y nueve", 49, 49, "exactly"),
        ("seventy-three", 73, 73, "exactly"),
        ("one hundred and twenty", 120, 120, "exactly"),
        ("dos mil trescientos", 2300, 2300, "exactly"),
        ("17 mil", 17000, 17000, "exactly"),
        ("1.247", 1247, 1247, "exactly"),
        ("1,247", 1247, 1247, "exactly"),
        ("1 327", 1327, 1327, "exactly"),
        ("1\u202f327", 1327, 1327, "exactly"),
        ("１２", 12, 12, "exactly"),
        ("seis y no siete", 6, 6, "exactly"),
        ("no siete sino seis", 6, 6, "exactly"),
        ("dos menores", 2, 2, "exactly"),
        ("first two deaths", 2, 2, "exactly"),
        ("ambos", 2, 2, "exactly"),
        ("ninguno", 0, 0, "exactly"),
        ("at least 40", 40, None, "at_least"),
        ("al menos 50", 50, None, "at_least"),
        ("por lo menos 200", 200, None, "at_least"),
        ("no menos de 40", 40, None, "at_least"),
        ("40 o más", 40, None, "at_least"),
        ("más de 50", 51, None, "more_than"),
        ("over 70", 71, None, "more_than"),
        ("hasta 30", 0, 30, "at_most"),
        ("up to 30", 0, 30, "at_most"),
        ("menos de 10", 0, 9, "fewer_than"),
        ("cerca de 722", 722, 722, "about"),
        ("unos 20", 20, 20, "about"),
        ("50 aproximadamente", 50, 50, "about"),
        ("una docena", 12, 12, "about"),
        ("media docena", 6, 6, "about"),
        ("two dozen", 24, 24, "about"),
        ("casi 70", 0, 70, "almost"),
        ("almost 70", 0, 70, "almost"),
        ("entre 17 y 19", 17, 19, "between"),
        ("between 17 and 19", 17, 19, "between"),
        ("17-19", 17, 19, "between"),
        ("doce o trece", 12, 13, "between"),
        ("decenas", 20, None, "vague"),
        ("varias decenas de personas", 20, None, "vague"),
        ("dozens", 24, None, "vague"),
        ("cientos", 200, None, "vague"),
        ("thousands", 2000, None, "vague"),
        ("decenas de miles", 20000, None, "vague"),
        ("varios", 2, None, "vague"),
    ],
)
def test_numbers_in_the_words_of_sources_are_read_with_their_bound(words, lo, hi, bound):
    q = parse_quantity(words)

    assert q is not None
    assert (q.words, q.lo, q.hi, str(q.bound)) == (words, lo, hi, bound)


@pytest.mark.parametrize(
    "words",
    ["", "NN", "1,5", "12.5", "12%", "143-2022-PCM", "12:30", "73518264001973518264", "muchos", "\x00", "x" * 5000],
)
def test_what_is_not_a_whole_number_of_people_is_none(words):
    assert parse_quantity(words) is None


@pytest.mark.parametrize("words", ["al menos 40", "más de 50", "decenas", "dozens", "cientos", "varios", "40 o más"])
def test_words_without_an_upper_bound_never_get_one(words):
    q = parse_quantity(words)

    assert q is not None
    assert q.hi is None


@pytest.mark.parametrize("language", [0, 1])
def test_vague_words_keep_their_order_in_each_language(language):
    words = [pair[language] for _, pair in sorted(VAGUE_WORDS.items())]

    read = [parse_quantity(word) for word in words]

    bounds = [q.lo for q in read if q]
    assert bounds == sorted(set(bounds))
    assert bounds == sorted(VAGUE_WORDS)


@pytest.mark.parametrize(
    ("es", "en"),
    [
        ("al menos {}", "at least {}"),
        ("más de {}", "more than {}"),
        ("casi {}", "almost {}"),
        ("unos {}", "about {}"),
        ("hasta {}", "up to {}"),
        ("menos de {}", "fewer than {}"),
    ],
)
@given(n=st.integers(1, 99_999))
def test_a_bound_means_the_same_in_both_languages(es, en, n):
    spanish, english = parse_quantity(es.format(n)), parse_quantity(en.format(n))

    assert spanish and english
    assert (spanish.lo, spanish.hi, spanish.bound) == (english.lo, english.hi, english.bound)


@given(n=st.integers(0, 9999))
def test_at_least_is_below_more_than_and_below_neither_is_the_number_itself(n):
    least, more = parse_quantity(f"al menos {n}"), parse_quantity(f"más de {n}")

    assert least and more
    assert least.lo == n
    assert more.lo == n + 1


@given(q=quantities(), language=st.sampled_from(["es", "en"]))
def test_what_is_said_is_read_back_to_the_same_bounds(q, language):
    read = parse_quantity(q.say(language))

    assert read is not None
    assert (read.lo, read.hi) == (q.lo, q.hi) or q.bound is Bound.fewer_than
    assert read.bound is q.bound


@given(a=quantities(), b=quantities())
def test_compatibility_is_mutual_and_everything_fits_itself(a, b):
    assert a.compatible(b) == b.compatible(a)
    assert a.compatible(a)


@given(q=quantities())
def test_the_lower_bound_is_never_above_the_upper(q):
    assert q.lo >= 0
    assert q.hi is None or q.lo <= q.hi


@pytest.mark.parametrize(("lo", "hi"), [(-1, 3), (5, 4)])
def test_bounds_that_contradict_themselves_are_refused(lo, hi):
    with pytest.raises(QuantityNotValid):
        Quantity("", lo, hi, Bound.between)


def test_about_reaches_a_tenth_when_compared_and_no_further():
    about = parse_quantity("cerca de 700")

    assert about is not None
    assert about.compatible(Quantity.exactly(770))
    assert not about.compatible(Quantity.exactly(771))
    assert not about.compatible(Quantity.exactly(629))


def test_almost_seventy_is_not_compatible_with_seven():
    almost = parse_quantity("casi 70")

    assert almost is not None
    assert not almost.compatible(Quantity.exactly(7))
    assert almost.compatible(Quantity.exactly(67))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Al menos 17 personas murieron y otras 68 resultaron heridas.", [("Al menos 17", 17, None), ("68", 68, 68)]),
        ("40 people have died and 518 have been injured.", [("40", 40, 40), ("518", 518, 518)]),
        ("Hubo 1.247 heridos y cuarenta y nueve fallecidos.", [("1.247", 1247, 1247), ("cuarenta y nueve", 49, 49)]),
        ("Seventy people have died; at least nine by firearms.", [("Seventy", 70, 70), ("at least nine", 9, None)]),
        ("One police officer was killed.", [("One", 1, 1)]),
        ("Entre 17 y 19 civiles, según la radio.", [("Entre 17 y 19", 17, 19)]),
        ("Decenas de heridos llegaron al hospital.", [("Decenas", 20, None)]),
    ],
)
def test_numbers_of_people_are_found_in_running_text(text, expected):
    found = find_quantities(text)

    assert [(text[a:b], q.lo, q.hi) for a, b, q in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "El 9 de enero de 2023 llovió.",
        "In 2023 and on January 13th, 2023 nothing happened.",
        "Tenía 16 años; su hija, 8 meses.",
        "The 50-year-old man, aged 50, came second, on the 9th.",
        "Gastaron S/ 500 y 12% más, a las 12:30, en el km 48.",
        "Dispararon 12 veces con cartuchos de 38 mm a 3 metros.",
        "La avenida 28 de Julio y el Decreto Supremo 143-2022-PCM.",
        "The March of the Four Suyos advanced.",
        "Ana Flores Rojas (15) iba con una bandera.",
        "Pedro Inventado Quispe, 18, and Ana Inventada, 15.",
        "Hubo cortes en varios puntos de la ciudad.",
    ],
)
def test_dates_ages_money_measures_and_names_are_not_numbers_of_people(text):
    assert find_quantities(text) == []


@given(text=st.text(max_size=300))
def test_any_text_at_all_is_survived_and_spans_are_in_order_and_inside_it(text):
    parse_quantity(text)
    end_before = 0
    for start, end, q in find_quantities(text):
        assert end_before <= start < end <= len(text)
        assert q.words == text[start:end]
        end_before = end


def test_every_figure_printed_in_the_real_case_is_read_as_its_transcriber_read_it(shared_data: Path):
    with (shared_data / "peru-2022-2023" / "claims.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    bounds = {
        "exact": "exactly",
        "at_least": "at_least",
        "more_than": "more_than",
        "about": "about",
        "almost": "almost",
    }
    differing = []
    for row in rows:
        q = parse_quantity(row["figure_printed"])
        lo = int(row["value_low"] or 0) + (row["qualifier"] == "more_than")
        hi = int(row["value_high"]) if row["value_high"] else None
        if (
            q is None
            or q.lo != lo
            or q.hi != hi
            or (row["qualifier"] in bounds and bounds[row["qualifier"]] != q.bound)
        ):
            differing.append((row["claim_id"], row["figure_printed"], q))

    assert differing == []
