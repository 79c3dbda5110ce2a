"""Many tables answered side by side, with progress, and what is done kept when somebody stops it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from threading import Event
from typing import TypeVar

from willakuy.estimation.options import Progress
from willakuy.estimation.results import Estimate, Reason, Refusal
from willakuy.estimation.tables import CaptureTable, StrataTable
from willakuy.i18n import gettext

Answer = Estimate | Refusal
Table = TypeVar("Table", CaptureTable, StrataTable, CaptureTable | StrataTable)


class _Stopped(Exception):
    """Raised inside a table's own sampling, between two rounds, once the person has stopped the whole."""


def answer_many(
    tables: Mapping[str, Table], task: Callable[[Table, str, Progress], Answer], threads: int,
    progress: Progress | None = None,
) -> dict[str, Answer]:  # fmt: skip
    """``task(table, name, tell)`` for each, in the order of ``tables`` whatever the number of ``threads``.

    The largest are begun first, so that no thread waits long at the end. Ctrl-C ends the tables under way after their
    round; they and those not begun are then refused as ``interrupted``, and what was answered stays.
    """
    stop = Event()
    found: dict[str, Answer] = {}

    def tell(_line: str) -> None:
        if stop.is_set():
            raise _Stopped

    def once(name: str) -> Answer:
        tell("")
        return task(tables[name], name, tell)

    with ThreadPoolExecutor(max(1, threads)) as pool:
        names = sorted(tables, key=lambda name: -tables[name].documented)
        waiting: dict[Future[Answer], str] = {pool.submit(once, name): name for name in names}
        try:
            for done in as_completed(waiting):
                name = waiting[done]
                found[name] = done.result()
                if progress is not None:
                    progress(_line(len(found), len(tables), name, found[name]))
        except KeyboardInterrupt:
            stop.set()
            if progress is not None:
                progress(gettext("Stopping: what is answered is kept."))
        finally:
            for future in waiting:
                future.cancel()
    ended = {n: f for f, n in waiting.items() if n not in found and not f.cancelled() and f.exception() is None}
    found |= {name: future.result() for name, future in ended.items()}
    return {name: found.get(name) or _interrupted(table) for name, table in tables.items()}


def _line(done: int, every: int, name: str, found: Answer) -> str:
    if isinstance(found, Refusal):
        said = gettext("refused ({code})").format(code=found.reasons[0].code)
    else:
        said = f"{found.span.median:,.0f} ({found.span.lo:,.0f} – {found.span.hi:,.0f})"
    return gettext("{done} of {all}: {name}: {answer}").format(done=done, all=every, name=name, answer=said)


def _interrupted(table: CaptureTable | StrataTable) -> Refusal:
    what = gettext("The work was stopped before the lists {lists} had their answer.").format(
        lists=", ".join(table.lists)
    )
    reason = Reason("interrupted", what, gettext("The same command, left to finish."))
    return Refusal((reason,), table.documented, table.n_lists, table_digest=table.digest)
