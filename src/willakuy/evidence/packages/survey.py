"""A first reading of a package: what is in it, and what the proofs that came with it are worth.

Nothing is kept in this pass. A package that is refused half-way has left no trace in the case.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from willakuy.evidence.packages.opening import members
from willakuy.evidence.packages.quotas import Quota

_LARGEST_NOTE = 4 << 20
_ALL_NOTES = 64 << 20

Progress = Callable[[int], None]
_NO_PROGRESS: Progress = lambda _n: None  # noqa: E731


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One file of a package. ``digests`` are hexadecimal, by algorithm; ``content`` only where it was asked for."""

    name: str
    size: int
    sha256: str
    digests: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None


def survey(
    path: Path,
    *,
    quota: Quota | None = None,
    algorithms: Collection[str] = (),
    wanted: Callable[[str], bool] = lambda _name: False,
    progress: Progress = _NO_PROGRESS,
) -> dict[str, Surveyed]:
    """Every file of the package, hashed; the bytes of the ``wanted`` ones up to 4 MiB each and 64 MiB together.

    Raises:
        the errors of ``members``.
    """
    found: dict[str, Surveyed] = {}
    held = 0
    for name, stream in members(path, quota):
        hashes = {a: hashlib.new(a, usedforsecurity=False) for a in {"sha256", *algorithms}}
        size, content = 0, bytearray()
        keeps = wanted(name)
        for chunk in stream.chunks():
            size += len(chunk)
            for digest in hashes.values():
                digest.update(chunk)
            if keeps and size <= _LARGEST_NOTE and held + size <= _ALL_NOTES:
                content += chunk
            progress(len(chunk))
        is_whole = keeps and len(content) == size
        held += len(content) if is_whole else 0
        digests = {a: d.hexdigest() for a, d in hashes.items()}
        found[name] = Surveyed(name, size, digests["sha256"], digests, bytes(content) if is_whole else None)
    return found
