"""Many tables side by side: the same answers whatever the number of threads, and what is done is kept."""

from __future__ import annotations

from threading import Event

from willakuy.estimation import CaptureTable, Estimate, Options, Refusal, StrataTable, as_text, estimate
from willakuy.estimation.many import answer_many


def test_the_number_of_threads_changes_no_answer(three_lists: CaptureTable) -> None:
    strata = StrataTable(dict.fromkeys(("north", "south", "east"), three_lists))

    one, two = (
        as_text(estimate(strata, method="graphs", rng=1, options=Options(threads=threads))) for threads in (1, 2)
    )

    assert one == two


def test_stopping_keeps_what_is_answered_and_refuses_the_rest_as_interrupted(three_lists: CaptureTable) -> None:
    stopped, told = Event(), []

    def progress(line: str) -> None:
        told.append(line)
        if len(told) == 1:
            stopped.set()
            raise KeyboardInterrupt

    def task(table: CaptureTable, name: str, tell) -> Estimate | Refusal:  # type: ignore[no-untyped-def]
        if name != "a":
            stopped.wait(20)
            while True:
                tell("between two rounds")
        return estimate(table, method="graphs", rng=1)

    found = answer_many(dict.fromkeys("abcd", three_lists), task, 1, progress)

    assert isinstance(found["a"], Estimate)
    assert [f.reasons[0].code for f in found.values() if isinstance(f, Refusal)] == ["interrupted"] * 3
    assert len(told) == 2
