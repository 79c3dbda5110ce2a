"""Places: codes that contain one another, and words that are never read as more than they settle."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willakuy.statements import places_gazetteer
from willakuy.statements.errors import GazetteerUnknown, PlaceCodeNotValid
from willakuy.statements.places import (
    Place,
    PlaceLevel,
    TableGazetteer,
    common_container,
    find_places,
    gazetteer,
    parse_place,
)

PERU = gazetteer("PE")
ALL = sorted({p for d in PERU.children(Place("PE")) for v in PERU.children(d) for p in (d, v, *PERU.children(v))})
places = st.sampled_from([Place("PE"), *ALL])


@pytest.mark.parametrize(
    ("code", "level", "ubigeo", "parent"),
    [
        ("PE", "country", None, None),
        ("PE.21", "department", "21", "PE"),
        ("PE.21.11", "province", "2111", "PE.21"),
        ("PE.21.11.01", "district", "211101", "PE.21.11"),
        ("CO.05", "department", None, "CO"),
    ],
)
def test_a_code_knows_its_level_its_ubigeo_and_what_it_lies_in(code, level, ubigeo, parent):
    place = Place(code)

    assert (str(place.level), place.ubigeo, place.parent and place.parent.code) == (level, ubigeo, parent)


@pytest.mark.parametrize("code", ["", "pe", "PERU", "PE.", "PE..01", "PE 21", "PE.21.11.01.x.y.z.w", "../PE"])
def test_a_code_that_could_not_be_one_is_refused(code):
    with pytest.raises(PlaceCodeNotValid):
        Place(code)


@pytest.mark.parametrize("digits", ["", "2", "211", "21110101", "２１"])
def test_ubigeo_digits_come_in_pairs_up_to_three(digits):
    with pytest.raises(PlaceCodeNotValid):
        Place.of_ubigeo(digits)


@given(a=places, b=places)
def test_containing_is_an_order_and_compatible_is_mutual(a, b):
    assert a.contains(a)
    assert a.compatible(b) == b.compatible(a)
    if a.contains(b) and b.contains(a):
        assert a == b
    if a.contains(b):
        assert a in b.containers


@given(a=places, b=places, c=places)
def test_what_contains_the_container_contains_the_contained(a, b, c):
    if a.contains(b) and b.contains(c):
        assert a.contains(c)


@given(some=st.lists(places, min_size=1, max_size=4))
def test_the_common_container_contains_all_and_no_smaller_one_does(some):
    around = common_container(tuple(some))

    assert around is not None
    assert all(around.contains(p) for p in some)
    assert not any(all(child.contains(p) for p in some) for child in PERU.children(around))


def test_a_name_is_not_a_prefix_of_another_code():
    assert not Place("PE.2").contains(Place("PE.21"))


def test_the_gazetteer_of_peru_holds_its_departments_provinces_and_districts():
    levels = [p.level for p in ALL]

    assert levels.count(PlaceLevel.department) == 25
    assert levels.count(PlaceLevel.province) == 196
    assert levels.count(PlaceLevel.district) == 1892


def test_positions_lie_in_peru_and_a_unit_has_that_of_its_seat():
    known = [PERU.position(p) for p in ALL]
    placed = [p for p in known if p]

    assert len(placed) >= len(ALL) - 25
    assert all(-18.5 < lat < 0.1 and -81.5 < lon < -68.5 for lat, lon in placed)
    assert PERU.position(Place("PE.21")) == PERU.position(Place("PE.21.01.01"))
    assert PERU.position(Place("PE")) is None


@given(place=places)
def test_every_unit_is_found_by_the_path_of_its_names(place):
    said = parse_place(", ".join(PERU.path(place, "es")) or "Perú")

    assert said.place is not None
    assert said.place.compatible(place)
    assert said.place == place or place in said.candidates


@pytest.mark.parametrize(
    ("words", "code", "note"),
    [
        ("Andahuaylas (Andahuaylas, Apurímac)", "PE.03.02.01", None),
        ("Huamanga (Ayacucho)", "PE.05.01", None),
        ("provincia de Virú, en La Libertad", "PE.13.12", None),
        ("Chala (Arequipa)", "PE.04.03.07", None),
        ("Pichanaki (Junín)", "PE.12.03.03", None),
        ("Pichanaqui, Junín", "PE.12.03.03", None),
        ("Juliaca (San Roman, Puno)", "PE.21.11.01", None),
        ("JULIACA", "PE.21.11.01", None),
        ("Juliaca / Puno", "PE.21.11.01", None),
        ("región Apurímac", "PE.03", None),
        ("región de Andahuaylas", "PE.03.02", "level_differs"),
        ("distrito de Chao, La Libertad", "PE.13.12.02", None),
        ("distrito de Arequipa", "PE.04.01.01", None),
        ("Huancabamba, Andahuaylas province", "PE.03.02.20", None),
        ("El Pedregal, Caylloma, Arequipa", "PE.04.05.20", None),
        ("Hospital Regional de Ayacucho", "PE.05", "level_open"),
        ("hospital San Martín de Porres de Macusani", "PE.21.03.01", None),
        ("Hospital Arzobispo Loayza (Lima)", "PE.15", "inner_unknown"),
        ("río Ilave, provincia de El Collao (Puno)", "PE.21.05.01", None),
        ("Cusco, av. 28 de julio", "PE.08", "level_open"),
        ("Cuzco", "PE.08", "namesakes"),
        ("La Libertad", "PE.13", "namesakes"),
        ("Lima", "PE.15", "level_open"),
        ("Puno", "PE.21", "level_open"),
        ("Perú", "PE", None),
    ],
)
def test_places_in_the_words_of_sources_are_read(words, code, note):
    said = parse_place(words)

    assert said.place == Place(code), said
    assert (said.note, said.problem, said.words) == (note, None, words)


def test_a_name_of_nested_places_is_read_as_the_outermost_and_lists_them_all():
    said = parse_place("Puno")

    assert said.place == Place("PE.21")
    assert said.candidates == (Place("PE.21"), Place("PE.21.01"), Place("PE.21.01.01"))


def test_a_name_of_places_far_apart_is_not_read_as_either():
    said = parse_place("Huancabamba")

    assert (said.place, said.problem) == (None, "ambiguous")
    assert {p.code[:5] for p in said.candidates} >= {"PE.20", "PE.03"}


def test_a_name_of_two_places_in_one_department_is_read_as_the_department_and_asked_about():
    said = parse_place("Chucuito")

    assert (said.place, said.problem) == (Place("PE.21"), "ambiguous")


def test_columns_of_stated_levels_bind():
    assert parse_place("Andahuaylas", province="Andahuaylas").place == Place("PE.03.02")
    assert parse_place("Andahuaylas", district="Andahuaylas").place == Place("PE.03.02.01")
    assert parse_place("", department="Puno").place == Place("PE.21")
    assert parse_place("Ilave", district="Ilave", department="Puno").place == Place("PE.21.05.01")


def test_places_that_cannot_lie_in_one_another_are_called_contradictory_and_the_outer_one_is_kept():
    said = parse_place("Juliaca", department="Ayacucho")

    assert said.problem == "contradictory"
    assert said.place == Place("PE.05")


@pytest.mark.parametrize(
    "words", ["", "   ", "Ciudad Inventada", "calle Moquegua con Ramón Castilla", "\x00", "🙂", "x" * 9000, "(((", "NN"]
)
def test_words_that_name_no_place_are_kept_and_unresolved(words):
    said = parse_place(words)

    assert (said.words, said.place, said.problem) == (words, None, "unresolved")


def test_a_country_without_a_gazetteer_says_which_there_are():
    with pytest.raises(GazetteerUnknown) as refused:
        parse_place("Bogotá", country="CO")

    assert "PE" in refused.value.say_next()


class _Entry:
    name = "ZZ"

    @staticmethod
    def load():
        rows = [["ZZ.01", "Invented", "", "1.5", "2.5", ""], ["ZZ.01.02", "Prueba", "Seat", "", "", "Proof;Test"]]
        return lambda: TableGazetteer("ZZ", {"es": "Inventia", "en": "Inventia"}, rows)


def test_another_country_plugs_in_by_its_entry_point(monkeypatch):
    monkeypatch.setattr(
        places_gazetteer, "entry_points", lambda group: [_Entry()] if group == "willakuy.gazetteers" else []
    )

    said = parse_place("Proof, Invented", country="ZZ")

    assert said.place == Place("ZZ.01.02")
    assert "ZZ" in places_gazetteer.countries()
    assert gazetteer("ZZ").path(Place("ZZ.01.02"), "en") == ("Prueba", "Invented")
    assert gazetteer("ZZ").position(Place("ZZ.01")) == (1.5, 2.5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Murieron en Juliaca, Puno, el lunes.", [("Juliaca, Puno", "PE.21.11.01")]),
        ("En Chala (Arequipa) hubo un herido.", [("Chala (Arequipa)", "PE.04.03.07")]),
        (
            "La provincia de Virú y la ciudad de Ayacucho.",
            [("provincia de Virú", "PE.13.12"), ("ciudad de Ayacucho", "PE.05")],
        ),
        ("Protests in Cusco and Andahuaylas continued.", [("Cusco", "PE.08"), ("Andahuaylas", "PE.03.02")]),
        ("El señor Pedro Puno Quispe vive en la avenida Arequipa.", []),
        ("Lima Gris informó desde el Hospital Dos de Mayo.", []),
        ("llegaron a la lima y al puno", []),
    ],
)
def test_places_are_found_in_running_text_but_not_inside_other_names(text, expected):
    found = find_places(text)

    assert [(text[a:b], said.place.code if said.place else None) for a, b, said in found] == expected


@given(text=st.text(max_size=200))
def test_any_text_at_all_is_survived_and_spans_are_in_order_and_inside_it(text):
    parse_place(text)
    end_before = 0
    for start, end, said in find_places(text):
        assert end_before <= start < end <= len(text)
        assert said.words == text[start:end]
        end_before = end


def test_every_place_printed_in_the_lists_of_the_real_case_is_read(shared_data: Path):
    folder = shared_data / "peru-2022-2023" / "lists"
    unread, contradictory = set(), set()
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                if not row["place_printed"]:
                    continue
                said = parse_place(
                    row["place_printed"],
                    district=row["district_printed"] or None,
                    province=row["province_printed"] or None,
                    department=row["department_printed"] or None,
                )
                if said.place is None:
                    unread.add(row["place_printed"])
                if said.problem == "contradictory":
                    contradictory.add(row["place_printed"])

    assert unread <= {"sector de Huancabamba"}, "a name of places in three departments, with no department beside it"
    assert contradictory == set()
