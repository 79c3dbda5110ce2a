"""A table that cannot say how many were missed gets no number, and each reason names the lists."""

from __future__ import annotations

import pytest

from willakuy.estimation import CaptureTable, Judged, Options, Refusal, estimate

Rows = list[tuple[tuple[int, ...], int]]

HOPELESS: dict[str, tuple[Rows, str]] = {
    "two lists without overlap": ([((1, 0), 120), ((0, 1), 80)], "no-overlap"),
    "two lists": ([((1, 0), 90), ((0, 1), 50), ((1, 1), 30)], "two-lists"),
    "one list": ([((1,), 50)], "one-list"),
    "three lists without overlap": ([((1, 0, 0), 100), ((0, 1, 0), 80), ((0, 0, 1), 60)], "no-overlap"),
    "one list inside another": (
        [((1, 0, 0), 150), ((1, 1, 0), 40), ((0, 0, 1), 60), ((1, 0, 1), 20), ((1, 1, 1), 10)],
        "nested",
    ),
    "one shared person": ([((1, 0, 0), 400), ((0, 1, 0), 300), ((0, 0, 1), 200), ((1, 1, 1), 1)], "thin-overlap"),
    "everyone on every list": ([((1, 1, 1), 100)], "copies"),
    "one list holds everyone": ([((1, 0, 0), 60), ((1, 1, 0), 20), ((1, 0, 1), 20), ((1, 1, 1), 10)], "everyone"),
    "one record": ([((1, 0, 0), 1)], "one-list"),
    "nobody": ([], "no-people"),
    "two islands": ([((1, 1, 0, 0), 30), ((1, 0, 0, 0), 9), ((0, 0, 1, 1), 30), ((0, 0, 0, 1), 9)], "islands"),
    "a copied list": ([((1, 1, 0), 95), ((1, 0, 0), 3), ((0, 1, 0), 2), ((0, 0, 1), 40), ((1, 1, 1), 20)], "copies"),
    "seven people": ([((1, 1, 0), 2), ((0, 1, 1), 3), ((1, 0, 1), 2)], "few-people"),
}


@pytest.mark.parametrize("method", ["latent", "graphs", "loglinear", "lower-bound"])
@pytest.mark.parametrize("case", sorted(HOPELESS))
def test_a_hopeless_table_is_refused_by_every_method_in_a_sentence_that_names_its_lists(case: str, method: str) -> None:
    rows, code = HOPELESS[case]
    table = CaptureTable.of("ABCD"[: len(rows[0][0]) if rows else 3], rows)

    answer = estimate(table, method=method, rng=1)

    assert isinstance(answer, Refusal)
    assert code in [r.code for r in answer.reasons]
    assert answer.documented_minimum == table.documented
    named = [name for name, size in zip(table.lists, table.sizes, strict=True) if size]
    assert all(r.needed for r in answer.reasons)
    assert all(any(name in r.what for name in named) for r in answer.reasons) or not named


def test_two_lists_are_answered_only_when_chapman_is_asked_for_and_then_say_what_is_assumed() -> None:
    table = CaptureTable.of("AB", [((1, 0), 90), ((0, 1), 50), ((1, 1), 30)])

    answer = estimate(table, method="chapman")

    assert not isinstance(answer, Refusal)
    assert answer.span.median == pytest.approx(121 * 81 / 31 - 1)
    assert "independently" in answer.assumptions[0]


def test_lists_judged_to_copy_one_another_or_cut_short_are_refused_whatever_they_overlap(
    three_lists: CaptureTable,
) -> None:
    judged = Judged(copies=[("north", "south")], truncated={"east": "it stops on 9 January"})

    answer = estimate(three_lists, rng=1, judged=judged)

    assert isinstance(answer, Refusal)
    assert [r.code for r in answer.reasons] == ["copies", "truncated"]


def test_lists_of_different_scopes_are_refused(three_lists: CaptureTable) -> None:
    judged = Judged(scopes={"north": "civilians", "south": "everyone"})

    answer = estimate(three_lists, rng=1, judged=judged)

    assert isinstance(answer, Refusal)
    assert answer.reasons[0].code == "scopes"


def test_an_ordinary_table_is_not_refused(three_lists: CaptureTable) -> None:
    assert not isinstance(estimate(three_lists, method="graphs", rng=1), Refusal)


def test_a_tiny_list_that_shares_nobody_is_a_warning_and_a_large_one_a_refusal(three_lists: CaptureTable) -> None:
    def with_alone(people: int) -> CaptureTable:
        rows = [((*p, 0), c) for p, c in zip(three_lists.patterns.tolist(), three_lists.counts.tolist(), strict=True)]
        return CaptureTable.of([*three_lists.lists, "west"], [*rows, ((0, 0, 0, 1), people)])

    small, large = (estimate(with_alone(people), method="graphs", rng=1) for people in (2, 30))

    assert not isinstance(small, Refusal)
    assert "west share nobody" in next(w.what for w in small.warnings if w.code == "islands")
    assert isinstance(large, Refusal)
    assert [r.code for r in large.reasons] == ["islands"]


def test_lists_left_out_by_the_rule_are_named(three_lists: CaptureTable) -> None:
    rows = [((*p, 0), c) for p, c in zip(three_lists.patterns.tolist(), three_lists.counts.tolist(), strict=True)]
    table = CaptureTable.of([*three_lists.lists, "west"], [*rows, ((1, 0, 0, 1), 2), ((0, 0, 0, 1), 1)])

    answer = estimate(table, method="graphs", rng=1, options=Options(min_records=5))

    assert not isinstance(answer, Refusal)
    assert answer.n_lists == 3
    assert [w.code for w in answer.warnings] == ["lists-left-out"]
    assert "with 1 people whom only they name: west" in answer.warnings[0].what
