"""Published numbers side by side: docs/method/comparison.md."""

from __future__ import annotations

import pytest

from willakuy.figures import Relation, compare, findings, say_comparison, say_finding
from willakuy.figures.values import FindingKind
from willakuy.i18n import speaking


def relation(case, a, b):
    return compare(case.corpus(), a, b).relation


def found(case, kind):
    return [f for f in findings(case.corpus()) if f.kind is kind]


def test_two_numbers_of_one_thing_and_moment_contradict(tiny_case):
    a, b = tiny_case.claim("agencia", "60"), tiny_case.claim("canal", "70")

    comparison = compare(tiny_case.corpus(), a, b)

    assert comparison.relation is Relation.contradict
    assert comparison.is_comparable
    with speaking("en"):
        line = say_comparison(tiny_case.corpus(), comparison)
    assert line == "60 (agencia) and 70 (canal) count the same and contradict one another."
    assert [f.statements for f in found(tiny_case, FindingKind.claims_contradict)] == [(a, b)]


def test_at_least_forty_and_forty_nine_agree(tiny_case):
    assert relation(tiny_case, tiny_case.claim("uno", "at least 40"), tiny_case.claim("dos", "49")) is Relation.agree


@pytest.mark.parametrize(
    ("other", "aspect"),
    [
        ({"harm": "injured"}, "harm"),
        ({"population": "civilians"}, "population"),
        ({"scope": "clashes"}, "scope"),
        ({"place": "PE.21"}, "place"),
        ({"as_of": "2023-01-11"}, "as_of"),
    ],
)
def test_each_difference_is_named(tiny_case, other, aspect):
    a, b = tiny_case.claim("uno", "40"), tiny_case.claim("dos", "46", **other)

    comparison = compare(tiny_case.corpus(), a, b)

    assert comparison.relation is Relation.not_comparable
    assert [d.aspect for d in comparison.differences] == [aspect]
    for language in ("en", "es"):
        with speaking(language):
            assert say_comparison(tiny_case.corpus(), comparison)


def test_what_nobody_stated_is_not_the_same_thing(tiny_case):
    a = tiny_case.claim("uno", "19", population="not_stated")
    b = tiny_case.claim("dos", "19", population="not_stated")

    assert not compare(tiny_case.corpus(), a, b).is_comparable


def test_a_month_is_not_one_moment(tiny_case):
    a, b = tiny_case.claim("uno", "4", as_of="2022-04"), tiny_case.claim("dos", "8", as_of="2022-04")

    assert relation(tiny_case, a, b) is Relation.not_comparable


def test_two_hours_of_a_day_are_two_moments_and_a_day_is_compared_with_either(tiny_case):
    noon = tiny_case.claim("uno", "58", as_of="2023-01-30T12:30:00")
    evening = tiny_case.claim("dos", "59", as_of="2023-01-30T20:00:00")
    day = tiny_case.claim("tres", "58", as_of="2023-01-30")

    assert relation(tiny_case, noon, evening) is Relation.not_comparable
    assert relation(tiny_case, noon, day) is Relation.agree


def test_a_later_word_of_one_speaker_supersedes_and_is_no_contradiction(tiny_case):
    tiny_case.source("diario", copies=("defensoria",))
    seven = tiny_case.claim("diario", "7", as_of="2022-12-12")
    six = tiny_case.claim("defensoria", "6", as_of="2022-12-13")

    assert relation(tiny_case, seven, six) is Relation.supersedes
    assert relation(tiny_case, six, seven) is Relation.supersedes
    assert not found(tiny_case, FindingKind.claims_contradict)
    (finding,) = found(tiny_case, FindingKind.superseded)
    assert finding.statements == (seven, six)
    with speaking("en"):
        assert "6 as of 13 December 2022, in place of 7" in say_finding(tiny_case.corpus(), finding)


def test_forty_nine_has_three_meanings(tiny_case):
    everybody = tiny_case.claim("defensoria", "49", as_of="2023-01-12")
    civilians = tiny_case.claim("coordinadora", "49", population="civilians", scope="repression", as_of="2023-03-21")
    seen = tiny_case.claim("ong", "49", population="protesters_and_bystanders", scope="repression", as_of="2023-04-26")

    assert relation(tiny_case, everybody, civilians) is Relation.same_number_other_meaning
    (finding,) = found(tiny_case, FindingKind.same_number_other_meaning)
    assert finding.statements == (everybody, civilians, seen)
    with speaking("en"):
        assert say_finding(tiny_case.corpus(), finding).startswith("49 is printed with 3 meanings.")


def test_parts_that_add_and_parts_that_do_not(tiny_case):
    adds = tiny_case.claim("defensoria", "49", parts=(("clashes", "41"), ("police", "1"), ("blockades", "7")))
    falls_short = tiny_case.claim("agencia", "66", parts=(("clashes", "47"), ("police", "1"), ("blockades", "11")))

    (good,), (bad,) = found(tiny_case, FindingKind.parts_add), found(tiny_case, FindingKind.parts_do_not_add)
    assert (good.statements[0], bad.statements[0]) == (adds, falls_short)
    with speaking("en"):
        assert "41 + 1 + 7 = 49" in say_finding(tiny_case.corpus(), good)
        assert "47 + 1 + 11 = 59, and the total given is 66" in say_finding(tiny_case.corpus(), bad)


@pytest.mark.parametrize(("completeness", "n"), [("complete", 1), ("excerpt", 0)])
def test_a_list_that_says_twenty_and_prints_nineteen_is_found_only_if_all_of_it_was_seen(tiny_case, completeness, n):
    tiny_case.document("lista", is_list=True, completeness=completeness)
    for i in range(19):
        tiny_case.say("lista", f"Persona Inventada {'abcdefghijklmnopqrs'[i]}uno")
    tiny_case.claim("lista", "20", counts_rows_of="lista")

    assert len(found(tiny_case, FindingKind.rows_do_not_match)) == n


def test_rows_that_the_list_itself_took_back_are_not_among_its_number(tiny_case):
    tiny_case.document("lista", is_list=True, completeness="complete")
    tiny_case.say("lista", "Ana Ficticia Inventada")
    tiny_case.say("lista", "(tercera víctima)", row_status="rectified")
    tiny_case.claim("lista", "1", counts_rows_of="lista")

    assert not found(tiny_case, FindingKind.rows_do_not_match)


def test_who_was_withdrawn_is_found_with_what_withdrew_them(tiny_case):
    record = tiny_case.say("defensoria", "Juan Inexistente Falso")
    status = tiny_case.status("defensoria", "retraction", record)

    (finding,) = found(tiny_case, FindingKind.withdrawn)
    assert finding.statements == (status, record)
    with speaking("en"):
        assert "upheld by nobody" in say_finding(tiny_case.corpus(), finding)


def test_a_denied_death_that_somebody_upholds_is_disputed(tiny_case):
    tiny_case.status("policia", "denial", tiny_case.say("familia", "Ana Ficticia Inventada"))

    assert len(found(tiny_case, FindingKind.status_disputed)) == 1
    assert not found(tiny_case, FindingKind.withdrawn)


def test_a_disputed_name_of_a_minor_is_said_in_initials(tiny_case):
    a = tiny_case.say("uno", "Remo Ficticio Inventado", age="15")
    tiny_case.same(a, tiny_case.say("dos", "Jlinner Ficticio Inventado", age="15"))

    (finding,) = found(tiny_case, FindingKind.profile_disputed)
    with speaking("en"):
        line = say_finding(tiny_case.corpus(), finding)
    assert "Ficticio" not in line


def test_only_figure_claims_are_compared(tiny_case):
    record, claim = tiny_case.say("uno", "Ana Ficticia Inventada"), tiny_case.claim("uno", "4")

    with pytest.raises(TypeError):
        compare(tiny_case.corpus(), record, claim)
