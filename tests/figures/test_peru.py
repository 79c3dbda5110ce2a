"""The figures of the real case, against what is known of it by hand.

The example holds 21 of the 28 lists that were found, some cut short. Of the 48 civilians named in all that was seen, two
are only in lists that are not in it; of the six deaths at blockades, one.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.figures.peru import peru
from willakuy.figures import (
    FindingKind,
    Reason,
    Standing,
    copy_signs,
    count,
    families,
    findings,
    n_independent,
    profiles,
)
from willakuy.statements.corpus import Corpus


@pytest.fixture(scope="module")
def case() -> Corpus:
    return peru()


def bounds(case: Corpus, scope: str, day: str | None = None) -> tuple[int, int]:
    figure = count(case, case.scope[f"scp_{scope}"], date.fromisoformat(day) if day else None)
    return figure.lo, figure.hi


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("clashes", (46, 48)),  # 46 named; two seats of the seventeen of Juliaca have no name here
        ("blockades", (5, 5)),
        ("forces", (7, 7)),  # six soldiers and one police officer
        ("all", (58, 60)),  # 46 + 5 + 7, and the two seats
    ],
)
def test_what_is_recorded_under_each_rule(case, scope, expected):
    assert bounds(case, scope) == expected


def test_what_the_list_was_on_the_thirteenth_of_december(case):
    assert bounds(case, "all", "2022-12-12") == (7, 7)
    assert bounds(case, "all", "2022-12-13") == (6, 6)


def test_three_records_are_never_counted_and_stay(case):
    figure = count(case, case.scope["scp_all"])

    reasons = sorted(p.reason for p in figure.of(Standing.excluded))
    assert reasons == [Reason.denied, Reason.rectified, Reason.withdrawn]


def test_the_seventeen_of_juliaca_hold_the_named_of_that_day(case):
    groups = {g.records[0]: g for g in count(case, case.scope["scp_clashes"]).groups}

    seventeen = groups["stm_L04.r24"]
    assert (seventeen.n_lo, seventeen.n_hi, len(seventeen.candidates), seventeen.adds) == (17, 17, 15, 2)
    unnamed = [g for record, g in groups.items() if record.startswith("stm_L05")]
    assert sum(len(g.records) for g in unnamed) == 5
    assert {g.inside for g in unnamed} == {("stm_L04.r24",)}


def test_whose_age_stands_on_both_sides_of_eighteen_is_possible(case):
    figure = count(case, case.scope["scp_minors"])

    disputed = [p for p in figure.of(Standing.possible) if p.criterion == "minors_only"]
    assert Reason.criterion_disputed in {p.reason for p in disputed}
    assert (
        figure.lo <= 7 + 2 <= figure.hi
    )  # seven minors found by hand, and two of the newborn and the child of a blockade


def test_twenty_people_over_nineteen_rows(case):
    found = [f for f in findings(case) if f.kind is FindingKind.rows_do_not_match]

    assert [f.statements for f in found] == [("stm_K014",)]
    assert dict(found[0].facts)["rows"] == "19"


def test_an_agency_sum_does_not_add_and_the_ministry_s_does(case):
    kinds = {f.statements[0]: f.kind for f in findings(case) if f.kind.value.startswith("parts")}

    assert kinds["stm_K080"] is FindingKind.parts_do_not_add
    assert kinds["stm_K095"] is FindingKind.parts_add


def test_the_later_word_of_the_ombudsman_is_no_contradiction(case):
    superseded = {f.statements for f in findings(case) if f.kind is FindingKind.superseded}

    assert any(later == "stm_K007" for _, later in superseded)


def test_whoever_passes_on_the_ombudsman_is_one_source(case):
    (family,) = [f for f in families(case) if "src_DEFENSORIA" in f.sources]

    assert {"src_S01", "src_S02", "src_S03", "src_S10", "src_S11", "src_S12", "src_S13"} <= set(family.sources)
    assert n_independent(case, ["src_S01", "src_S02", "src_S03"]) == 1


def test_no_minor_of_the_case_is_shown_by_more_than_initials(case):
    for shown in profiles(case).values():
        if shown.is_minor and "(" not in shown.display_name:
            assert all(len(part) <= 2 for part in shown.display_name.split("."))


def test_lists_this_short_prove_no_copying(case):
    """Order and slips of 6 to 19 shared rows are not beyond chance for 40 pairs of lists: declared derivation decides."""
    assert copy_signs(case) == ()


def test_the_given_crosswalk_alone_counts_what_it_holds(shared_data: Path):
    """With only the part of the crosswalk that is given, rows nobody judged stand as people of their own.

    The lower bound joins those of one printed name; the named civilians it holds and the rows of eleven unjudged lists
    leave the upper bound far above what is known: the right answer to "nobody has compared these yet".
    """
    folder = shared_data / "peru-2022-2023"
    given = peru(folder, folder / "crosswalk.csv")

    assert bounds(given, "all", "2022-12-13")[0] <= 7
    lo, hi = bounds(given, "clashes")
    known_lo, known_hi = bounds(peru(), "clashes")
    assert lo >= 40
    assert hi > known_hi >= known_lo
