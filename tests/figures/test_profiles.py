"""Profiles, grades, independence: docs/method/counting.md, grades.md, independence.md."""

from __future__ import annotations

import pytest

import willakuy.figures as room
from willakuy.figures import define_grade, families, grade, n_independent, profile, profiles, say_field
from willakuy.figures.said import FIELDS
from willakuy.i18n import speaking
from willakuy.statements.vocabularies import vocabulary


def the_profile(case):
    corpus = case.corpus()
    return profile(corpus, corpus.identities.persons[0])


def joined(case, *said):
    records = [case.say(where, who, **more) for where, who, more in said]
    if len(records) > 1:
        case.same(*records)
    return records


def test_the_name_shown_is_the_one_most_independent_sources_print(tiny_case):
    for paper in ("tv", "radio"):
        tiny_case.source(paper, copies=("defensoria",))
    joined(
        tiny_case,
        *((paper, "Ana Fictisia Inventada", {}) for paper in ("defensoria", "tv", "radio")),
        *((paper, "Ana Ficticia Inventada", {}) for paper in ("familia", "diario")),
    )

    shown = the_profile(tiny_case)

    assert shown.display_name == "Ana Ficticia Inventada"
    assert (shown.n_sources, shown.n_independent) == (5, 3)
    first = shown.field("names").values[0]
    assert (first.words, first.n_independent) == (("Ana Ficticia Inventada",), 2)


@pytest.mark.parametrize("other_age", ["17", "18"])
def test_whoever_any_source_calls_a_minor_is_shown_by_initials(tiny_case, other_age):
    joined(tiny_case, ("uno", "Ana Ficticia Inventada", {"age": "17"}), ("dos", "A. F. I.", {"age": other_age}))

    shown = the_profile(tiny_case)

    assert shown.display_name == "A.F.I."
    assert shown.is_minor is (True if other_age == "17" else None)


def test_somebody_unnamed_is_shown_as_described(tiny_case):
    tiny_case.individual(tiny_case.say("uno", "(bebé)"))

    assert the_profile(tiny_case).display_name == "(bebé)"


@pytest.mark.parametrize(
    ("field", "a", "b", "is_disputed"),
    [
        ("age", {"age": "23"}, {"age": "38"}, True),
        ("age", {"age": "23"}, {"age": "adulto"}, False),
        ("place", {"place": "PE.21"}, {"place": "PE.21.11.01"}, False),
        ("place", {"place": "PE.21"}, {"place": "PE.05"}, True),
        ("dated", {"on": "2022-12"}, {"on": "2022-12-12"}, False),
        ("dated", {"on": "2022-12-11"}, {"on": "2022-12-12"}, True),
        ("causes", {"cause": "firearm"}, {"cause": "projectile"}, False),
        ("causes", {"cause": "firearm"}, {"cause": "blunt_object"}, True),
        ("causes", {"cause": "firearm"}, {"cause": "head_trauma"}, False),
        ("roles", {"role": "civilian"}, {"role": "bystander"}, False),
        ("roles", {"role": "participant"}, {"role": "bystander"}, True),
        ("circumstances", {"circumstance": "clash_or_forces"}, {"circumstance": "drowned_on_duty"}, True),
    ],
)
def test_disputed_is_computed(tiny_case, field, a, b, is_disputed):
    joined(tiny_case, ("uno", "Ana Ficticia Inventada", a), ("dos", "Ana Ficticia Inventada", b))

    assert the_profile(tiny_case).field(field).is_disputed is is_disputed


@pytest.mark.parametrize(
    ("a", "b", "is_disputed"),
    [
        ("Becan Quispe", "BECKHAN ROMARIO QUISPE FICTICIO", False),
        ("Javier Da Silva Candamo", "Xavier Candamo Dasilva", False),
        ("D. A. Q.", "Dario Alto Quispe", False),
        ("Remo Ficticio Inventado", "Jlinner Ficticio Inventado", True),
    ],
)
def test_spelling_and_order_are_no_dispute_another_given_name_is(tiny_case, a, b, is_disputed):
    joined(tiny_case, ("uno", a, {}), ("dos", b, {}))

    assert the_profile(tiny_case).field("names").is_disputed is is_disputed


def test_what_was_taken_back_is_shown_and_disputes_nothing(tiny_case):
    a, _ = joined(tiny_case, ("uno", "Ana Ficticia Inventada", {"age": "23"}), ("dos", "Ana Ficticia", {"age": "38"}))
    status = tiny_case.status("uno", "retraction", a)

    shown = the_profile(tiny_case)

    assert len(shown.field("age").values) == 2
    assert not shown.field("age").is_disputed
    assert shown.retracted_by == (status,)


def test_every_person_has_a_profile_and_every_field_a_name(tiny_case):
    tiny_case.say("radio", "17 killed")
    tiny_case.say("uno", "Ana Ficticia Inventada")
    corpus = tiny_case.corpus()

    assert list(profiles(corpus)) == [p.person_id for p in corpus.identities.persons]
    for language in ("en", "es"):
        with speaking(language):
            assert all(say_field(field) for field in FIELDS)


# Grades


def the_grade(case):
    corpus = case.corpus()
    return grade(corpus, corpus.identities.persons[0])


def test_copies_do_not_raise_a_grade(tiny_case):
    tiny_case.source("diario", copies=("defensoria",))
    joined(tiny_case, ("defensoria", "Ana Ficticia Inventada", {}), ("diario", "Ana Ficticia Inventada", {}))

    assert the_grade(tiny_case) == "single_source"


def test_grades_follow_the_facts(tiny_case):
    tiny_case.source("forense", kind="forensic")
    records = joined(tiny_case, ("uno", "Ana Ficticia Inventada", {}), ("dos", "Ana Ficticia Inventada", {}))
    assert the_grade(tiny_case) == "supported"

    tiny_case.same(records[0], tiny_case.say("tres", "Ana Ficticia Inventada"))
    assert the_grade(tiny_case) == "supported"  # three, none of them of the State

    tiny_case.same(records[0], tiny_case.say("forense", "Ana Ficticia Inventada"))
    assert the_grade(tiny_case) == "corroborated"

    tiny_case.status("policia", "denial", records[0])
    assert the_grade(tiny_case) == "contested"


def test_what_all_withdrew_is_graded_withdrawn(tiny_case):
    tiny_case.status("uno", "retraction", tiny_case.say("uno", "Juan Inexistente Falso"))

    assert the_grade(tiny_case) == "withdrawn"


def test_independent_sources_that_cannot_both_be_right_are_contested(tiny_case):
    joined(
        tiny_case,
        ("uno", "Ana Ficticia Inventada", {"circumstance": "clash_or_forces"}),
        ("dos", "Ana Ficticia Inventada", {"circumstance": "drowned_on_duty"}),
    )

    assert the_grade(tiny_case) == "contested"


def test_a_grade_that_a_person_gave_stands_beside_and_its_undoing_removes_it(tiny_case):
    given = tiny_case.grade(tiny_case.say("uno", "Ana Ficticia Inventada"), "supported")

    assert (the_profile(tiny_case).grade, the_profile(tiny_case).grade_given) == ("single_source", "supported")
    tiny_case.undo(given)
    assert the_profile(tiny_case).grade_given is None


def test_every_grade_has_a_definition_in_both_languages():
    for code in vocabulary("grade").codes:
        for language in ("en", "es"):
            with speaking(language):
                assert len(define_grade(code)) > 20


# Independence


def test_two_reprints_of_one_origin_are_one_source(tiny_case):
    a, b = tiny_case.source("diario", copies=("defensoria",)), tiny_case.source("tv", copies=("defensoria",))
    corpus = tiny_case.corpus()

    assert n_independent(corpus, [a, b]) == 1
    assert [set(f.sources) for f in families(corpus)] == [{"src_defensoria", "src_diario", "src_tv"}]


def test_an_agency_that_sums_two_bodies_does_not_make_the_two_one(tiny_case):
    agency = tiny_case.source("agencia", copies=("defensoria", "policia"))
    corpus = tiny_case.corpus()

    assert n_independent(corpus, ["src_defensoria", "src_policia"]) == 2
    assert n_independent(corpus, ["src_defensoria", "src_policia", agency]) == 2


def test_a_judgement_makes_and_unmakes_a_copy(tiny_case):
    a, b = tiny_case.source("diario", copies=("defensoria",)), tiny_case.source("blog")
    tiny_case.source("defensoria")

    assert n_independent(tiny_case.corpus(), [a, "src_defensoria", b]) == 2
    tiny_case.copies("diario", "defensoria", does=False)
    assert n_independent(tiny_case.corpus(), [a, "src_defensoria", b]) == 3
    undone = tiny_case.copies("blog", "diario")
    assert n_independent(tiny_case.corpus(), [a, b]) == 1
    tiny_case.undo(undone)
    assert n_independent(tiny_case.corpus(), [a, b]) == 2


def test_a_source_with_words_of_its_own_is_still_not_independent_of_what_it_passes_on(tiny_case):
    a = tiny_case.source("ong", partly=("defensoria",))

    assert n_independent(tiny_case.corpus(), [a, "src_defensoria"]) == 1


def test_the_room_offers_exactly_what_it_lists():
    public = {name for name in vars(room) if not name.startswith("_")}
    offered = {n for n in public if getattr(getattr(room, n), "__module__", "").startswith("willakuy.figures")}

    assert offered == set(room.__all__)
    assert len(set(room.__all__)) == len(room.__all__)
