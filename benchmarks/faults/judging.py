"""What a case must be after a disturbance: everything acknowledged is there, nothing is torn, and the work goes on."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults.tracing import forked
from benchmarks.faults.work import OUT, Work, tidy
from willakuy.casefile import Case
from willakuy.casefile.checking import check_case
from willakuy.errors import WillakuyError
from willakuy.publication import verify_release

_VOLATILE = (
    "entry.", "decided", "judgement_id", "manifest_sha256", "frozen",
    "vkey", "cosigner", "continues", "continues_at", "endorsement",
    "seal_id", "file_sha256", "sealed.", "anchor.root", "anchor.note_sha256", "anchor.device",
)  # fmt: skip
"""Fields that differ between two runs of the same work: ids drawn at random, and times."""


@dataclass(frozen=True)
class State:
    """``entries`` without their volatile fields, in order; ``releases`` by folder name; ``damaged`` as verify says it."""

    entries: tuple[str, ...]
    releases: tuple[str, ...]
    damaged: tuple[str, ...]
    leftovers: tuple[str, ...]


@dataclass(frozen=True)
class Reference:
    """The work undisturbed: how many entries and releases there are before it and after each step."""

    work: Work
    end: State
    n_entries: tuple[int, ...]
    n_releases: tuple[int, ...]


def steps_from(work: Work, folder: Path, ack: Path, first: int = 0) -> Callable[[], int]:
    """The steps of ``work`` from ``first`` on, each acknowledged by a line in ``ack``; stops at one that fails."""

    def body() -> int:
        fd = os.open(ack, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for i, step in enumerate(work.steps[first:], first):
            code = step(folder)
            os.write(fd, f"{i} {code}\n".encode())
            if code:
                return code
        return 0

    return body


def n_acknowledged(ack: Path) -> int:
    """How many steps ended well."""
    lines = ack.read_text().splitlines() if ack.exists() else []
    return sum(line.endswith(" 0") for line in lines)


def state_of(folder: Path) -> State:
    """The case as somebody finds it who opens it next.

    Raises:
        WillakuyError: it does not open.
    """
    case_folder = folder / "case"
    damaged: list[str] = []
    with Case.open(case_folder) as case:
        report = check_case(case)
        damaged += report.damaged
        entries = tuple(_stripped(e.entry.kind, e.entry.fields) for e in case.entries())
    releases = sorted(p for p in (case_folder / "releases").glob("[0-9]*"))
    for release in releases:
        damaged += [f"{release.name}: {problem}" for problem in verify_release(release).problems]
    return State(entries, tuple(r.name for r in releases), tuple(damaged), tuple(_leftovers(case_folder)))


def _stripped(kind: str, fields: object) -> str:
    assert isinstance(fields, dict)
    kept = {path: value for path, value in fields.items() if not path.startswith(_VOLATILE)}
    return f"{kind} {json.dumps(kept, sort_keys=True, ensure_ascii=False)}"


def _leftovers(case_folder: Path) -> Iterator[str]:
    """What only a process that died can have left; the next one has to sweep it."""
    yield from (str(p.name) for p in (case_folder / "releases").glob(".*"))
    yield from (str(p.name) for p in (case_folder / "evidence").glob("tmp/*"))
    for folder in (case_folder.parent, case_folder.parent / OUT):
        yield from (str(p.name) for p in folder.glob(".*"))


def reference_of(work: Work, folder: Path, scratch: Path) -> Reference:
    """Do the work in ``folder``, which is used up."""
    n_entries, n_releases, state = [], [], None
    ack = scratch / "ack"
    for n in range(len(work.steps) + 1):
        if n:
            ack.unlink(missing_ok=True)
            one = Work(work.name, (), work.steps[n - 1 : n])
            ended = forked(steps_from(one, folder, ack), scratch / "out")
            if ended.code != 0:
                raise RuntimeError(f"{work.name}, step {n}, undisturbed: {(scratch / 'out').read_text()}")
        state = state_of(folder) if (folder / "case").exists() else None
        n_entries.append(len(state.entries) if state else 0)
        n_releases.append(len(state.releases) if state else 0)
    assert state is not None
    if state.damaged or state.leftovers:
        raise RuntimeError(f"{work.name}, undisturbed: {state}")
    return Reference(work, state, tuple(n_entries), tuple(n_releases))


def violations(reference: Reference, folder: Path, scratch: Path, n_acked: int) -> list[str]:
    """What is wrong with the case in ``folder`` after ``n_acked`` steps were acknowledged and something went wrong.

    Uses the folder up: the rest of the work is done in it.
    """
    out: list[str] = []
    if n_acked or reference.n_entries[0]:
        try:
            out += _found_wrong(reference, state_of(folder), n_acked)
        except WillakuyError as e:
            return [f"does not open: {e.say_what()}"]
        except Exception as e:
            return [f"opening it raised {type(e).__name__}: {e}"]
    ended = forked(steps_from(reference.work, folder, scratch / "ack-again", n_acked), scratch / "out-again")
    if ended.code != 0:
        return [*out, f"does not go on: {(scratch / 'out-again').read_text().strip()[-400:]}"]
    state = state_of(folder)
    if state.damaged or set(state.entries) != set(reference.end.entries):
        out.append(f"goes on to another end: {list(state.damaged)} {_differing(state, reference.end)}")
    if state.releases != reference.end.releases:
        out.append(f"other releases: {state.releases}")
    if state.leftovers:
        forked(lambda: tidy(folder), scratch / "out-again")
        if left := state_of(folder).leftovers:
            out.append(f"never swept: {left}")
    return out


def _found_wrong(reference: Reference, state: State, n_acked: int) -> list[str]:
    out = [f"damaged: {said}" for said in state.damaged]
    n = len(state.entries)
    if state.entries != reference.end.entries[:n]:
        out.append(f"entries that were never made: {_differing(state, reference.end)}")
    if n < reference.n_entries[n_acked]:
        out.append(f"lost: {reference.n_entries[n_acked] - n} entries that were acknowledged")
    if len(state.releases) < reference.n_releases[n_acked]:
        out.append("lost: a release that was acknowledged")
    return out


def _differing(state: State, end: State) -> str:
    return str(sorted(set(state.entries) ^ set(end.entries)))[:400]
