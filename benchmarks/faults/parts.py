"""The parts, by the names they are called on the command line."""

from __future__ import annotations

from benchmarks.faults.devices import fork, merge
from benchmarks.faults.full import full
from benchmarks.faults.interrupts import fail, kill
from benchmarks.faults.mutants import mutants
from benchmarks.faults.outcome import Outcome
from benchmarks.faults.power import power
from benchmarks.faults.rot import rot

__all__ = ["PARTS", "Outcome"]

PARTS = {
    "kill": kill,
    "fail": fail,
    "power": power,
    "full": full,
    "rot": rot,
    "mutants": mutants,
    "merge": merge,
    "fork": fork,
}
