"""Laws and worked examples of docs/method/counting.md."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.figures.conftest import ALL, AYACUCHO, CIVILIANS, MINORS, TinyCase
from willakuy.figures import Reason, Standing, change_days, count, say_reason, series
from willakuy.i18n import speaking
from willakuy.statements.dates import PartialDate
from willakuy.statements.places import Place


def bounds(case: TinyCase, scope=ALL, as_of: str | None = None) -> tuple[int, int]:
    figure = count(case.corpus(), scope, date.fromisoformat(as_of) if as_of else None)
    assert figure.lo == len(figure.of(Standing.counted))
    assert figure.hi == figure.lo + len(figure.of(Standing.possible)) + sum(g.adds for g in figure.groups)
    return figure.lo, figure.hi


def why(case: TinyCase, scope=ALL, as_of: str | None = None) -> list[tuple[str, str | None, str | None]]:
    figure = count(case.corpus(), scope, date.fromisoformat(as_of) if as_of else None)
    return [(p.standing.value, p.reason and p.reason.value, p.criterion) for p in figure.persons]


def test_nothing_said_is_zero(tiny_case):
    assert bounds(tiny_case) == (0, 0)


def test_a_person_counts_once_however_many_sources_name_them(tiny_case):
    records = [tiny_case.say(paper, "Ana Ficticia Inventada") for paper in ("uno", "dos", "tres")]
    tiny_case.same(*records)

    assert bounds(tiny_case) == (1, 1)


def test_an_unnamed_group_raises_only_the_upper_bound(tiny_case):
    tiny_case.say("radio", "17 killed")

    assert bounds(tiny_case) == (0, 17)


def test_two_reports_of_seventeen_killed_never_make_thirty_four(tiny_case):
    tiny_case.say("radio", "17 killed")
    tiny_case.say("diario", "17 killed")

    assert bounds(tiny_case) == (0, 17)


def test_reports_of_two_places_add(tiny_case):
    tiny_case.say("radio", "17 killed")
    tiny_case.say("diario", "10 killed", place=AYACUCHO)

    assert bounds(tiny_case) == (0, 27)


def test_reports_of_two_days_add(tiny_case):
    tiny_case.say("radio", "17 killed")
    tiny_case.say("radio", "3 killed", on="2023-01-12")

    assert bounds(tiny_case) == (0, 20)


def test_groups_judged_different_add_even_on_one_day(tiny_case):
    a = tiny_case.say("radio", "9 killed")
    b = tiny_case.say("diario", "12 killed")

    assert bounds(tiny_case) == (0, 12)
    tiny_case.different(a, b)
    assert bounds(tiny_case) == (0, 21)


def test_a_report_that_spans_two_days_of_others_is_not_added_to_them(tiny_case):
    tiny_case.say("radio", "17 killed", on="2023-01-09")
    tiny_case.say("diario", "4 killed", on="2023-01-11")
    tiny_case.say("agencia", "19 killed", on="2023-01-09/2023-01-11")

    assert bounds(tiny_case) == (0, 21)  # 17 + 4, more than 19


def test_a_group_may_contain_the_named_of_its_place_and_day(tiny_case):
    tiny_case.say("radio", "17 killed")
    tiny_case.say("lista", "Ana Ficticia Inventada")
    tiny_case.say("lista", "Berto Ficticio Inventado", place=AYACUCHO)

    figure = count(tiny_case.corpus(), ALL)

    assert (figure.lo, figure.hi) == (2, 18)
    (group,) = figure.groups
    assert (group.adds, len(group.candidates)) == (16, 1)


def test_who_died_on_a_later_day_is_not_among_a_group_of_that_day(tiny_case):
    tiny_case.say("radio", "17 killed")
    tiny_case.say("lista", "Ana Ficticia Inventada", died="2023-01-12")

    assert bounds(tiny_case) == (1, 18)


def test_a_person_of_unsaid_place_does_not_lower_the_bound(tiny_case):
    tiny_case.say("radio", "17 killed")
    tiny_case.say("lista", "Ana Ficticia Inventada", place=None)

    assert bounds(tiny_case) == (1, 18)


def test_unnamed_rows_of_a_list_are_not_the_named_of_the_same_list(tiny_case):
    tiny_case.document("lista", is_list=True)
    tiny_case.say("lista", "Ana Ficticia Inventada")
    for _ in range(3):
        tiny_case.say("lista", "NN")

    assert bounds(tiny_case) == (1, 4)


def test_unnamed_rows_of_one_list_may_be_the_named_of_another(tiny_case):
    tiny_case.say("lista", "NN")
    tiny_case.say("lista", "NN")
    tiny_case.say("otra", "Ana Ficticia Inventada")

    assert bounds(tiny_case) == (1, 2)


def test_an_unnamed_of_fifty_is_not_a_named_of_eighteen(tiny_case):
    tiny_case.say("lista", "NN", age="50 años aproximadamente")
    tiny_case.say("otra", "Ana Ficticia Inventada", age="18")

    assert bounds(tiny_case) == (1, 2)


def test_a_group_row_may_contain_rows_of_its_own_list(tiny_case):
    tiny_case.document("cronologia", is_list=True, is_free_of_duplicates=False)
    tiny_case.say("cronologia", "17 killed")
    tiny_case.say("cronologia", "Ana Ficticia Inventada")
    tiny_case.say("cronologia", "NN", age="35")

    assert bounds(tiny_case) == (1, 17)


def test_a_group_with_no_upper_number_adds_its_lower_one_and_says_so(tiny_case):
    tiny_case.say("radio", "at least 17 killed")

    figure = count(tiny_case.corpus(), ALL)

    assert (figure.lo, figure.hi, figure.hi_is_open) == (0, 17, True)
    assert figure.groups[0].n_hi is None


def test_a_smaller_account_is_shown_inside_the_larger(tiny_case):
    big = tiny_case.say("radio", "17 killed")
    tiny_case.say("diario", "9 killed")

    inside = {g.records[0]: g for g in count(tiny_case.corpus(), ALL).groups}

    assert inside["stm_diario.r1"].inside == (big,)
    assert inside["stm_diario.r1"].reason is Reason.inside_group
    assert inside[big].reason is Reason.unnamed


def test_an_unnamed_record_judged_individual_counts_as_a_person(tiny_case):
    baby = tiny_case.say("diario", "(bebé)", circumstance="blockade")

    assert bounds(tiny_case) == (0, 1)
    tiny_case.individual(baby)
    assert bounds(tiny_case) == (1, 1)


def test_unnamed_records_joined_by_people_count_as_one_person(tiny_case):
    tiny_case.same(tiny_case.say("diario", "(bebé)"), tiny_case.say("otro", "(un recién nacido)"))

    assert bounds(tiny_case) == (1, 1)


def test_an_open_identity_lowers_only_the_lower_bound(tiny_case):
    a, b = tiny_case.say("uno", "Ana Ficticia Inventada"), tiny_case.say("dos", "A. F. I.")

    assert bounds(tiny_case) == (2, 2)
    tiny_case.undecided(a, b)
    assert bounds(tiny_case) == (1, 2)
    assert ("possible", "identity_open", "identity") in why(tiny_case)


def test_a_likely_pair_of_the_machine_is_open_until_judged(tiny_case):
    a, b = tiny_case.say("uno", "Ana Ficticia Inventada"), tiny_case.say("dos", "Ana Fictizia I.")
    tiny_case.propose(a, b, 0.8)

    assert bounds(tiny_case) == (1, 2)
    tiny_case.different(a, b)
    assert bounds(tiny_case) == (2, 2)


def test_an_unlikely_pair_of_the_machine_is_not_open(tiny_case):
    a, b = tiny_case.say("uno", "Ana Ficticia Inventada"), tiny_case.say("dos", "Rosa Otra Distinta")
    tiny_case.propose(a, b, 0.2)

    assert bounds(tiny_case) == (2, 2)


def test_one_name_printed_in_two_documents_is_open_until_somebody_compares(tiny_case):
    tiny_case.say("uno", "ANA FICTICIA INVENTADA")
    tiny_case.say("dos", "Ana Ficticia Inventada")

    assert bounds(tiny_case) == (1, 2)


def test_namesakes_of_two_places_are_two_people(tiny_case):
    tiny_case.say("uno", "Ana Ficticia Inventada")
    tiny_case.say("dos", "Ana Ficticia Inventada", place=AYACUCHO)

    assert bounds(tiny_case) == (2, 2)


def test_silence_on_a_criterion_makes_a_person_possible(tiny_case):
    tiny_case.say("uno", "Ana Ficticia Inventada", circumstance=None)

    assert bounds(tiny_case, CIVILIANS) == (0, 1)
    assert why(tiny_case, CIVILIANS) == [("possible", "criterion_unknown", "circumstances")]


def test_what_a_list_says_of_all_its_rows_fills_their_silence(tiny_case):
    tiny_case.document("lista", is_list=True, constants=(("circumstance", "clash_or_forces"),))
    tiny_case.say("lista", "Ana Ficticia Inventada", circumstance=None)
    tiny_case.say("lista", "Berto Ficticio Inventado", circumstance="blockade")

    assert bounds(tiny_case, CIVILIANS) == (1, 1)


def test_records_that_disagree_on_a_criterion_make_a_person_possible(tiny_case):
    a = tiny_case.say("uno", "Ana Ficticia Inventada")
    b = tiny_case.say("dos", "Ana Ficticia Inventada", circumstance="drowned_on_duty")
    tiny_case.same(a, b)

    assert bounds(tiny_case, CIVILIANS) == (0, 1)
    assert why(tiny_case, CIVILIANS) == [("possible", "criterion_disputed", "circumstances")]
    with speaking("en"):
        assert say_reason(Reason.criterion_disputed, "circumstances") == "The sources disagree on the circumstance."


def test_an_exclusion_needs_somebody_to_say_it(tiny_case):
    tiny_case.say("uno", "Ana Ficticia Inventada")
    tiny_case.say("uno", "Berto Ficticio Inventado", role="police")

    assert bounds(tiny_case, CIVILIANS) == (1, 1)
    assert ("excluded", "other_role", "not_roles") in why(tiny_case, CIVILIANS)


def test_a_narrower_code_is_of_the_wider_kind(tiny_case):
    scope = replace(ALL, roles=("civilian",), circumstances=("blockade",))
    tiny_case.say("uno", "Ana Ficticia Inventada", role="bystander", circumstance="blockade_denied_passage")

    assert bounds(tiny_case, scope) == (1, 1)


def test_the_wounded_who_die_are_dead_and_the_only_wounded_are_not(tiny_case):
    a = tiny_case.say("uno", "Ana Ficticia Inventada", harm="injured")
    tiny_case.say("uno", "Berto Ficticio Inventado", harm="injured")
    b = tiny_case.say("dos", "Ana Ficticia Inventada", known="2023-01-12")
    tiny_case.same(a, b)

    assert bounds(tiny_case, as_of="2023-01-10") == (0, 0)
    assert bounds(tiny_case) == (1, 1)


def test_ages_on_both_sides_of_eighteen_raise_only_the_upper_bound(tiny_case):
    a = tiny_case.say("uno", "Ana Ficticia Inventada", age="17")
    b = tiny_case.say("dos", "Ana Ficticia Inventada", age="18")
    tiny_case.same(a, b)
    tiny_case.say("dos", "Carla Ficticia Otra", age="15")
    tiny_case.say("dos", "Dora Ficticia Otra")

    assert bounds(tiny_case, MINORS) == (1, 3)


def test_place_and_period_are_those_of_the_harm(tiny_case):
    scope = replace(ALL, place=Place("PE.21"), period=PartialDate("2023-01"))
    tiny_case.say("uno", "Ana Ficticia Inventada")
    tiny_case.say("uno", "Berto Ficticio Inventado", place=AYACUCHO)
    tiny_case.say("uno", "Carla Ficticia Otra", on="2023-03-01")
    tiny_case.say("uno", "Dora Ficticia Otra", place="PE")
    tiny_case.say("uno", "Elsa Ficticia Otra", on="2023-01-20", died="2023-03-21")

    assert bounds(tiny_case, scope) == (2, 3)


def test_a_threshold_of_sources_counts_copies_as_one(tiny_case):
    scope = replace(ALL, min_sources=2)
    tiny_case.source("reimpresion", copies=("defensoria",))
    a = tiny_case.say("defensoria", "Ana Ficticia Inventada")
    b = tiny_case.say("reimpresion", "Ana Ficticia Inventada")
    tiny_case.same(a, b)

    assert bounds(tiny_case, scope) == (0, 0)
    tiny_case.same(a, tiny_case.say("familia", "Ana Ficticia"))
    assert bounds(tiny_case, scope) == (1, 1)


# As of


def test_nothing_is_known_before_it_is_said(tiny_case):
    tiny_case.say("uno", "Ana Ficticia Inventada", known="2023-01-10")

    assert bounds(tiny_case, as_of="2023-01-09") == (0, 0)
    assert bounds(tiny_case, as_of="2023-01-10") == (1, 1)


@pytest.mark.parametrize(("known", "from_"), [("2023-01", "2023-01-31"), ("2023-01-10~", "2023-01-13")])
def test_a_vague_time_is_known_when_it_is_certainly_past(tiny_case, known, from_):
    tiny_case.say("uno", "Ana Ficticia Inventada", known=known)

    assert date.fromisoformat(from_) == change_days(tiny_case.corpus())[0]
    assert bounds(tiny_case, as_of=from_) == (1, 1)
    before = date.fromisoformat(from_).replace(day=int(from_[-2:]) - 1).isoformat()
    assert why(tiny_case, as_of=before) == [("excluded", "not_yet_known", None)]


def test_what_has_no_date_belongs_to_no_day_and_to_all_that_is_recorded(tiny_case):
    tiny_case.say("uno", "Ana Ficticia Inventada", known=None)

    assert bounds(tiny_case, as_of="2030-01-01") == (0, 0)
    assert bounds(tiny_case) == (1, 1)


def test_a_series_gives_what_count_gives(tiny_case):
    tiny_case.say("radio", "17 killed", known="2023-01-09")
    a = tiny_case.say("uno", "Ana Ficticia Inventada", known="2023-01-10")
    tiny_case.same(a, tiny_case.say("dos", "Ana Ficticia", known="2023-01-12"))
    tiny_case.status("uno", "retraction", a, known="2023-01-15")
    corpus = tiny_case.corpus()
    days = [*change_days(corpus), date(2023, 2, 1)]

    points = series(corpus, ALL, days)

    assert [(p.lo, p.hi) for p in points] == [(f.lo, f.hi) for f in (count(corpus, ALL, d) for d in days)]
    assert [tuple(p) for p in points][-1] == (date(2023, 2, 1), 0, 17)


# What is taken back


def the_man_who_did_not_exist(case: TinyCase) -> list[str]:
    """The Ombudsman names seven; four others pass it on; then it withdraws one."""
    for paper in ("correo", "tv", "agencia", "diario"):
        case.source(paper, copies=("defensoria",))
    case.source("piura", copies=("defensoria",))
    records = [
        case.say(paper, "Juan Inexistente Falso", known="2022-12-12", on="2022-12-12")
        for paper in ("defensoria", "correo", "tv", "agencia", "diario")
    ]
    case.same(*records)
    case.say("defensoria", "Ana Ficticia Inventada", known="2022-12-12", on="2022-12-12")
    return records


def test_what_is_withdrawn_falls_with_its_copies_from_its_own_day(tiny_case):
    records = the_man_who_did_not_exist(tiny_case)
    tiny_case.status("piura", "retraction", records[0], known="2022-12-13", speaker="defensoria")

    assert bounds(tiny_case, as_of="2022-12-12") == (2, 2)
    assert bounds(tiny_case, as_of="2022-12-13") == (1, 1)
    assert why(tiny_case)[0] == ("excluded", "withdrawn", "existence")


def test_a_stale_copy_printed_later_does_not_bring_the_withdrawn_back(tiny_case):
    records = the_man_who_did_not_exist(tiny_case)
    tiny_case.status("defensoria", "retraction", records[0], known="2022-12-13")
    tiny_case.same(records[0], tiny_case.say("diario", "Juan Inexistente", known="2022-12-20"))

    assert bounds(tiny_case) == (1, 1)


def test_an_independent_source_leaves_the_withdrawn_disputed(tiny_case):
    records = the_man_who_did_not_exist(tiny_case)
    tiny_case.status("defensoria", "retraction", records[0], known="2022-12-13")
    tiny_case.same(records[0], tiny_case.say("familia", "Juan Inexistente Falso", known="2022-12-20"))

    assert bounds(tiny_case, as_of="2022-12-13") == (1, 1)
    assert bounds(tiny_case) == (1, 2)
    assert why(tiny_case)[0] == ("possible", "withdrawn", "upheld")


def test_the_same_source_may_take_up_again_what_it_withdrew(tiny_case):
    """A death announced, rectified, and then true."""
    first = tiny_case.say("salud", "Berto Ficticio Inventado", known="2022-12-11")
    tiny_case.status("salud", "rectification", first, aspect="death", known="2022-12-12")
    tiny_case.same(first, tiny_case.say("salud", "Berto Ficticio Inventado", known="2022-12-14"))

    assert [bounds(tiny_case, as_of=f"2022-12-{d}") for d in (11, 12, 14)] == [(1, 1), (0, 0), (1, 1)]


def test_a_denial_by_somebody_else_disputes_and_does_not_remove(tiny_case):
    record = tiny_case.say("familia", "Ana Ficticia Inventada")
    tiny_case.status("policia", "denial", record)

    assert bounds(tiny_case) == (0, 1)
    assert why(tiny_case) == [("possible", "denied", "upheld")]


def test_a_denial_judged_wrong_does_not_act(tiny_case):
    record = tiny_case.say("familia", "Ana Ficticia Inventada")
    tiny_case.conflicts(tiny_case.status("policia", "denial", record))

    assert bounds(tiny_case) == (1, 1)


def test_a_denial_of_the_cause_changes_no_count(tiny_case):
    record = tiny_case.say("familia", "Ana Ficticia Inventada")
    tiny_case.status("policia", "denial", record, aspect="cause")

    assert bounds(tiny_case, CIVILIANS) == (1, 1)


def test_a_row_that_its_list_marks_as_withdrawn_is_not_counted(tiny_case):
    a = tiny_case.say("lista", "Juan Inexistente Falso", row_status="withdrawn", known="2022-12-13")
    b = tiny_case.say("lista", "Juan Inexistente", known="2022-12-12")
    tiny_case.same(a, b)

    assert bounds(tiny_case, as_of="2022-12-12") == (1, 1)
    assert bounds(tiny_case) == (0, 0)


def test_a_withdrawn_group_adds_nothing(tiny_case):
    group = tiny_case.say("radio", "17 killed")
    tiny_case.status("radio", "retraction", group)

    assert bounds(tiny_case) == (0, 0)


def test_a_confirmation_is_one_more_source(tiny_case):
    scope = replace(ALL, min_sources=2)
    record = tiny_case.say("diario", "Ana Ficticia Inventada")
    tiny_case.status("hospital", "confirmation", record)

    assert bounds(tiny_case, scope) == (1, 1)


# Totals of others


def test_totals_of_others_stand_beside_and_never_enter(tiny_case):
    scope = replace(ALL, claim_scopes=("all_linked",), claim_populations=("all",))
    tiny_case.say("uno", "Ana Ficticia Inventada")
    agrees = tiny_case.claim("uno", "1")
    above = tiny_case.claim("dos", "45")
    earlier = tiny_case.claim("tres", "0", as_of="2022-12-01")

    figure = count(tiny_case.corpus(), scope)

    assert (figure.lo, figure.hi) == (1, 1)
    assert figure.claims_for == (agrees,)
    assert figure.claims_against == (above,)
    assert earlier not in figure.claims_against


def test_only_the_latest_total_of_a_speaker_stands_beside(tiny_case):
    scope = replace(ALL, claim_scopes=("all_linked",), claim_populations=("all",))
    tiny_case.claim("defensoria", "7", as_of="2022-12-12")
    six = tiny_case.claim("defensoria", "6", as_of="2022-12-13")

    assert count(tiny_case.corpus(), scope).claims_against == (six,)
    assert len(count(tiny_case.corpus(), scope, date(2022, 12, 12)).claims_against) == 1
