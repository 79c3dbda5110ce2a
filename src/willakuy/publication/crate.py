"""An RO-Crate 1.1 description of a handover: JSON-LD that archives and data portals read.

https://www.researchobject.org/ro-crate/specification/1.1/ , sections "Root Data Entity" and "Data Entities".
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from willakuy import __version__
from willakuy.publication.handover import Handover, Part

METADATA = "ro-crate-metadata.json"
_SPECIFICATION = "https://w3id.org/ro/crate/1.1"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a part: its size, and its digest in hexadecimal."""

    part: Part
    size: int
    sha256: str


def crate(handover: Handover, written: Sequence[Written], day: str, licence: str | None = None) -> bytes:
    """The bytes of ``ro-crate-metadata.json``.

    Args:
        day: ISO date of the handover, passed in: the same parts on the same day give the same bytes.
        licence: an address, where whoever hands over has the right to name one.
    """
    files = [_file(w) for w in written]
    root: dict[str, object] = {
        "@id": "./",
        "@type": "Dataset",
        "name": handover.title,
        "description": handover.about or handover.title,
        "datePublished": day,
        "hasPart": [{"@id": f["@id"]} for f in files],
    }
    if licence:
        root["license"] = {"@id": licence}
    if handover.root:
        root["identifier"] = handover.root
    graph: list[Mapping[str, object]] = [
        {
            "@id": METADATA,
            "@type": "CreativeWork",
            "conformsTo": {"@id": _SPECIFICATION},
            "about": {"@id": "./"},
            "creator": {"@id": "#software"},
        },
        root,
        {"@id": "#software", "@type": "SoftwareApplication", "name": "Willakuy", "version": __version__},
        *files,
    ]
    if licence:
        graph.append({"@id": licence, "@type": "CreativeWork", "name": licence})
    document = {"@context": f"{_SPECIFICATION}/context", "@graph": graph}
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _file(written: Written) -> dict[str, object]:
    part = written.part
    described: dict[str, object] = {
        "@id": quote(part.name),
        "@type": "File",
        "name": part.name.rsplit("/", 1)[-1],
        "encodingFormat": part.media_type,
        "contentSize": str(written.size),
        "sha256": written.sha256,
    }
    return described | ({"description": part.about} if part.about else {})
