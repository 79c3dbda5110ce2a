"""The proofs that came with a file, each with what it is worth today.

A proof is kept as it arrived, whatever it is worth. ``holds`` means: checked here, and true. ``fails``: checked, and
untrue. ``unchecked``: kept, and nobody here has checked it; the reason says what it would take.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from willakuy.evidence.packages.bagit import Bag
from willakuy.evidence.packages.survey import Surveyed
from willakuy.i18n import N_

_MISSING = N_("the file it is about is not in the package")


class Outcome(StrEnum):
    holds = "holds"
    fails = "fails"
    unchecked = "unchecked"


@dataclass(frozen=True, slots=True)
class Proof:
    """``kind`` of proof, the file it stands in, the file it is about, and what it is worth.

    ``reason`` is a message of the catalogue in English, so that the ledger says the same in every language.
    ``member`` is ``None`` when it names a file that is not in the package.
    """

    kind: str
    stated_in: str
    member: str | None
    outcome: Outcome
    reason: str = ""


def bag_proofs(bag: Bag, found: Mapping[str, Surveyed]) -> Iterator[Proof]:
    """Each line of each manifest (RFC 8493, 2.1.3 and 2.2.1)."""
    for line in bag.listed:
        member = found.get(line.name)
        if member is None:
            yield Proof("bagit", line.manifest, None, Outcome.fails, _MISSING)
            continue
        holds = member.digests.get(line.algorithm) == line.digest
        yield Proof("bagit", line.manifest, line.name, Outcome.holds if holds else Outcome.fails, line.algorithm)


def wacz_proofs(found: Mapping[str, Surveyed]) -> Iterator[Proof]:
    """``datapackage.json`` and the digest over it (WACZ 1.1.1, 5.2.2 and 5.2.3). Its signature is kept, unchecked."""
    package, digest = _json(found, "datapackage.json"), _json(found, "datapackage-digest.json")
    for resource in _dicts(package.get("resources")):
        name, said = str(resource.get("path", "")), str(resource.get("hash", ""))
        algorithm, _, value = said.partition(":")
        member = found.get(name)
        if member is None:
            yield Proof("wacz", "datapackage.json", None, Outcome.fails, _MISSING)
        elif algorithm != "sha256":
            yield Proof(
                "wacz", "datapackage.json", name, Outcome.unchecked, N_("it uses an algorithm nobody here can compute")
            )
        else:
            yield Proof("wacz", "datapackage.json", name, _held(member.sha256 == value), "sha256")
    if digest:
        signed = found.get("datapackage.json")
        holds = signed is not None and signed.sha256 == str(digest.get("hash", "")).removeprefix("sha256:")
        yield Proof("wacz", "datapackage-digest.json", "datapackage.json", _held(holds))
        if digest.get("signedData"):
            reason = N_("its signature needs the domain's certificate of that day")
            yield Proof("wacz-signature", "datapackage-digest.json", "datapackage.json", Outcome.unchecked, reason)


_PROOFMODE = re.compile(r"(?:\A|/)(?P<hash>[0-9a-f]{64})(?:\.[A-Za-z0-9]+)?\.proof\.(?P<form>json|csv)\Z")
_SIGNED = re.compile(r"(?:\A|/)(?P<hash>[0-9a-f]{64})(?P<what>\S*)\.(?P<form>asc|ots|gst)\Z")
PROOFMODE_DANGER = ("DeviceID", "Wifi MAC", "IPv4", "IPv6", "CellInfo", "Network", "Notes", "Location.")
"""Fields of a ProofMode proof that lead to whoever filmed; a name ending in a full stop is a beginning."""


def is_proofmode(names: Mapping[str, Surveyed]) -> bool:
    return any(_PROOFMODE.search(name) for name in names)


def proofmode_proofs(found: Mapping[str, Surveyed]) -> Iterator[Proof]:
    """The hash in each proof against the file of that hash; signatures and time stamps are kept, unchecked."""
    by_hash = {s.sha256: s.name for s in found.values()}
    for name, member in sorted(found.items()):
        if (at := _PROOFMODE.search(name)) is not None:
            said = _proofmode_hash(member, at["form"]) or at["hash"]
            about = by_hash.get(said)
            reason = "" if about else _MISSING
            holds = about is not None and said == at["hash"]
            yield Proof("proofmode", name, about, _held(holds), reason)
        elif (at := _SIGNED.search(name)) is not None:
            kind = {"asc": "openpgp", "ots": "opentimestamps", "gst": "google-safetynet"}[at["form"]]
            reason = {
                "openpgp": N_("a ProofMode signature shows that one device made several proofs, not whose it is"),
                "opentimestamps": N_("it needs the header of a Bitcoin block"),
            }.get(kind, "")
            yield Proof(kind, name, by_hash.get(at["hash"]), Outcome.unchecked, reason)


def _proofmode_hash(member: Surveyed, form: str) -> str | None:
    text = (member.content or b"").decode("utf-8", "replace")
    if form == "json":
        try:
            said = json.loads(text)
        except ValueError:
            return None
        return str(said.get("File Hash SHA256") or "") or None if isinstance(said, dict) else None
    rows = list(csv.reader(io.StringIO(text)))
    if len(rows) < 2 or "File Hash SHA256" not in rows[0]:
        return None
    at = rows[0].index("File Hash SHA256")
    return rows[1][at] if at < len(rows[1]) else None


def proofmode_danger(member: Surveyed) -> list[str]:
    """Names of the fields in a ProofMode proof that lead to whoever filmed, where they hold a value."""
    at = _PROOFMODE.search(member.name)
    text = (member.content or b"").decode("utf-8", "replace")
    if at is None:
        return []
    if at["form"] == "json":
        try:
            said = json.loads(text)
        except ValueError:
            return []
        fields = said if isinstance(said, dict) else {}
    else:
        rows = list(csv.reader(io.StringIO(text)))
        fields = dict(zip(rows[0], rows[1], strict=False)) if len(rows) > 1 else {}
    return sorted(
        str(name)
        for name, value in fields.items()
        if value and any(name == d or (d.endswith(".") and str(name).startswith(d)) for d in PROOFMODE_DANGER)
    )


def archiver_items(found: Mapping[str, Surveyed]) -> dict[str, dict[str, object]]:
    """Items of auto-archiver: the ``metadata.json`` files its JSON enricher writes, by name."""
    items = {}
    for name, member in sorted(found.items()):
        if not name.endswith(".json") or member.content is None:
            continue
        try:
            said = json.loads(member.content)
        except ValueError:
            continue
        if isinstance(said, dict) and {"status", "metadata", "media"} <= said.keys():
            items[name] = said
    return items


def archiver_proofs(found: Mapping[str, Surveyed], items: Mapping[str, dict[str, object]]) -> Iterator[Proof]:
    """The hash auto-archiver took of each file as it downloaded it; the time-stamp tokens are kept, unchecked."""
    by_hash = {s.sha256: s.name for s in found.values()}
    by_hash |= {s.digests["sha3_512"]: s.name for s in found.values() if "sha3_512" in s.digests}
    for name, item in items.items():
        for media in _dicts(item.get("media")):
            properties = media.get("properties")
            said = str(properties.get("hash", "")) if isinstance(properties, dict) else ""
            value = said.partition(":")[2].lower()
            if value:
                about = by_hash.get(value)
                reason = "" if about else _MISSING
                yield Proof("auto-archiver", name, about, _held(about is not None), reason)
    for name in sorted(found):
        if "timestamp_token_" in name:
            yield Proof(
                "rfc3161",
                name,
                None,
                Outcome.unchecked,
                N_("a time stamp of the hashes, to be checked against its authority"),
            )


def archiver_address(item: Mapping[str, object]) -> str | None:
    """The address an auto-archiver item was taken from."""
    metadata = item.get("metadata")
    return str(metadata["url"]) if isinstance(metadata, dict) and metadata.get("url") else None


def _held(is_true: bool) -> Outcome:
    return Outcome.holds if is_true else Outcome.fails


def _json(found: Mapping[str, Surveyed], name: str) -> dict[str, object]:
    member = found.get(name)
    try:
        said = json.loads(member.content) if member and member.content else {}
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _dicts(value: object) -> list[dict[str, object]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []
