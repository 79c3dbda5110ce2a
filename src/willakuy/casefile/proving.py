"""One entry's place in its log, as a file that proves it offline to somebody who has nothing else of the case."""

from __future__ import annotations

from dataclasses import dataclass

from willakuy.casefile.case import Case
from willakuy.casefile.errors import NoSuchThing
from willakuy.casefile.logs import commitments_of, tree_of
from willakuy.casefile.sync.heads import read_heads
from willakuy.ledger import LogProof


@dataclass(frozen=True, slots=True)
class Proven:
    """``commitment`` is the entry as the log holds it; ``vkey`` is the log's key, which a policy names (``log VKEY``)."""

    proof: LogProof
    commitment: bytes
    device: str
    vkey: str


def prove_entry(case: Case, place: str) -> Proven:
    """The proof that an entry is in its device's log at the longest head that device has signed; this one's is signed first.

    Args:
        place: ``DEVICE/N`` as rows of a release name it, or ``N`` in this device's log.

    Raises:
        NoSuchThing: there is no such entry, or its device has not signed so far yet.
    """
    given, _, number = place.rpartition("/")
    device = given or case.device.device_id
    if not (number.isascii() and number.isdecimal()):
        raise NoSuchThing(id=place)
    n = int(number)
    if device == case.device.device_id and case.has_recorded():
        case.sign_checkpoint()
    with case.looking() as connection:
        latest = read_heads(connection).latest(device)
        if latest is None or n >= latest[0]:
            raise NoSuchThing(id=place)
        size = latest[0]
        hashes = tree_of(connection, device, size).inclusion(n)
        [commitment] = commitments_of(connection, device, n, n + 1)
    note = case.signed_head(device, size)
    assert note is not None, "its head was just read"
    return Proven(LogProof(n, tuple(hashes), note), commitment, device, case.known_devices()[device].log.vkey)
