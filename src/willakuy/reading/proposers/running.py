"""Several proposers on one document, side by side: what each proposes, and what became of those that failed."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from willakuy.errors import WillakuyError
from willakuy.reading.errors import ProposerFailed, ProposerUnknown
from willakuy.reading.layers import TextLayer
from willakuy.reading.proposers.interface import Options, Proposer, known_proposers, proposer
from willakuy.reading.reading import propose
from willakuy.reading.values import Reading
from willakuy.statements.dates import PartialDate

LONGEST_WAIT_S = 600.0


@dataclass(frozen=True, slots=True)
class Failure:
    """A proposer that gave nothing. What the others proposed stands."""

    name: str
    error: WillakuyError


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One reading for each proposer that worked, in the order asked for. They are never merged."""

    readings: tuple[Reading, ...]
    failures: tuple[Failure, ...] = ()


def read_with(
    layer: TextLayer,
    names: Sequence[str | Proposer] = ("rules",),
    *,
    published: PartialDate | None = None,
    options: Mapping[str, Options] | None = None,
    wait_s: float = LONGEST_WAIT_S,
) -> SideBySide:
    """What each of ``names`` proposes for the document.

    A proposer that crashes, lacks something or takes longer than ``wait_s`` is a ``Failure``; the others' work is kept. With
    one proposer, or when none worked, the first error is raised.

    Raises:
        ProposerUnknown: before anything is read. ProposerNotReady, ProposerFailed.
    """
    known = known_proposers()
    for name in names:
        if isinstance(name, str) and name not in known:
            raise ProposerUnknown(name=name, known=", ".join(known))
    readings: list[Reading] = []
    failures: list[Failure] = []
    for wanted in names:
        name = wanted if isinstance(wanted, str) else wanted.identity.name
        try:
            program = proposer(wanted, (options or {}).get(wanted)) if isinstance(wanted, str) else wanted
            readings.append(_within(program, name, layer, published, wait_s))
        except WillakuyError as e:
            failures.append(Failure(name, e))
    if failures and not readings:
        raise failures[0].error
    return SideBySide(tuple(readings), tuple(failures))


def _within(program: Proposer, name: str, layer: TextLayer, published: PartialDate | None, wait_s: float) -> Reading:
    """Run it on a thread that can be left behind: a proposer that never returns must not keep the others' work."""
    done: list[Reading] = []
    wrong: list[Exception] = []

    def run() -> None:
        try:
            done.append(propose(layer, published=published, by=program))
        except Exception as e:
            wrong.append(e)

    thread = threading.Thread(target=run, daemon=True, name=f"proposer {name}")
    thread.start()
    thread.join(wait_s)
    if thread.is_alive():
        raise ProposerFailed(name=name, reason=f"no answer within {wait_s:g} s", file=layer.name)
    if wrong:
        e = wrong[0]
        if isinstance(e, WillakuyError):
            raise e
        raise ProposerFailed(name=name, reason=f"{type(e).__name__}: {e}", file=layer.name) from e
    return _named(done[0])


def _named(reading: Reading) -> Reading:
    """Each statement says who proposed it, whatever the program wrote there."""
    name = reading.proposer.name
    return replace(reading, statements=tuple(replace(s, proposer=name) for s in reading.statements))
