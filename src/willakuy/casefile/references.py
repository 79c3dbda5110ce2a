"""Which kept bytes an entry speaks of: evidence by its hash, sealed files by the hash of what is encrypted."""

from __future__ import annotations

import re
from collections.abc import Mapping

from willakuy.ledger import Json

_EVIDENCE = ("object.sha256", "sha256", "pairs_sha256")
_SEALED = ("file_sha256", "blob_sha256")
_HASH = re.compile("[0-9a-f]{64}")


def evidence_in(fields: Mapping[str, Json]) -> set[str]:
    """Hashes of evidence that an entry with these fields speaks of."""
    return _hashes(fields, _EVIDENCE)


def sealed_in(fields: Mapping[str, Json]) -> set[str]:
    """Hashes of sealed files that an entry with these fields speaks of; they may have been sealed anew or erased since."""
    return _hashes(fields, _SEALED)


def _hashes(fields: Mapping[str, Json], paths: tuple[str, ...]) -> set[str]:
    values = (fields.get(path) for path in paths)
    return {value for value in values if isinstance(value, str) and _HASH.fullmatch(value)}
