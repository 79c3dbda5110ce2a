"""What a run leaves for the next, as one file that can be thrown away: the next run then learns and compares anew.

It holds how common the case's name tokens are and digests of keys made from names: it stays beside the case, is in no
release and no evidence, and ``willakuy rebuild`` removes it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import msgspec
import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.relinking import Kept
from willakuy.linkage.sampling import Drawn
from willakuy.linkage.taught import Taught, taught_of


def write_kept(path: Path, taught: Taught, kept: Kept) -> None:
    """Put the file in place whole, or leave the one that was there."""
    arrays: dict[str, NDArray[Any]] = {
        "taught": _bytes(taught.as_bytes()),
        "under": _bytes(kept.under.encode()),
        "records": _bytes("\x1f".join(kept.records).encode()),
        "digests": _bytes(b"".join(kept.digests)),
        "keys": kept.keys,
        "left": kept.left,
        "right": kept.right,
        "levels": kept.levels,
        **_drawn_as_arrays(kept.drawn),
    }
    _put(path, arrays)


@dataclass(frozen=True, slots=True)
class Samples:
    """The clusterings a run drew: ``(n_samples, n_records)``, columns as ``records``. ``decisions`` marks what was judged then."""

    run_id: str
    decisions: str
    records: tuple[str, ...]
    clusterings: NDArray[np.int32]


def write_samples(path: Path, samples: Samples) -> None:
    """Put the file in place whole, or leave the one that was there."""
    _put(
        path,
        {
            "run": _bytes(samples.run_id.encode()),
            "decisions": _bytes(samples.decisions.encode()),
            "records": _bytes("\x1f".join(samples.records).encode()),
            "clusterings": samples.clusterings,
        },
    )


def load_samples(path: Path) -> Samples | None:
    """The clusterings kept, or ``None`` if there are none that can be read."""
    try:
        with np.load(path, allow_pickle=False) as found:
            records = found["records"].tobytes().decode()
            return Samples(
                run_id=found["run"].tobytes().decode(),
                decisions=found["decisions"].tobytes().decode(),
                records=tuple(records.split("\x1f")) if records else (),
                clusterings=found["clusterings"],
            )
    except (OSError, KeyError, ValueError, BadZipFile):
        return None


def _put(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".new")
    with half.open("wb") as f:
        np.savez(f, allow_pickle=False, **arrays)
        f.flush()
        os.fsync(f.fileno())
    half.replace(path)


def read_kept(path: Path) -> tuple[Taught, Kept] | None:
    """What is kept, or ``None`` if there is nothing, or nothing that can be read: it is only a saving."""
    try:
        with np.load(path, allow_pickle=False) as found:
            held: dict[str, NDArray[Any]] = dict(found)
        raw = held["digests"].tobytes()
        records = held["records"].tobytes().decode()
        kept = Kept(
            under=held["under"].tobytes().decode(),
            records=tuple(records.split("\x1f")) if records else (),
            digests=tuple(raw[i : i + 8] for i in range(0, len(raw), 8)),
            keys=held["keys"],
            left=held["left"],
            right=held["right"],
            levels=held["levels"],
            drawn=_drawn_of(held),
        )
        return taught_of(held["taught"].tobytes()), kept
    except (OSError, KeyError, ValueError, BadZipFile, msgspec.DecodeError):
        return None


def _bytes(data: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(data, np.uint8)


def _drawn_as_arrays(drawn: Mapping[bytes, Drawn]) -> dict[str, NDArray[Any]]:
    """Components end to end; ``ends`` says how many links and records each has."""
    found = list(drawn.values())
    return {
        "d_keys": _bytes(b"".join(drawn)),
        "d_ends": np.array([(len(d.p), len(d.best)) for d in found], np.int64).reshape(-1, 2),
        "d_p": np.concatenate([d.p for d in found]) if found else np.zeros(0),
        "d_clusterings": np.concatenate([d.clusterings for d in found], axis=1)
        if found
        else np.zeros((0, 0), np.int32),
        "d_best": np.concatenate([d.best for d in found]) if found else np.zeros(0, np.int32),
        "d_whole": np.concatenate([d.whole for d in found]) if found else np.zeros(0),
    }


def _drawn_of(held: Mapping[str, NDArray[Any]]) -> dict[bytes, Drawn]:
    raw = held["d_keys"].tobytes()
    ends = np.cumsum(held["d_ends"], axis=0).tolist()
    out, link, record = {}, 0, 0
    for i, (to_link, to_record) in enumerate(ends):
        out[raw[16 * i : 16 * i + 16]] = Drawn(
            held["d_p"][link:to_link],
            held["d_clusterings"][:, record:to_record],
            held["d_best"][record:to_record],
            held["d_whole"][record:to_record],
        )
        link, record = to_link, to_record
    return out
