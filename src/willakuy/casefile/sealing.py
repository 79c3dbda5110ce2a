"""Sealing into a case: the sealed file is durable before the ledger speaks of it, and the ledger holds no value.

An entry of kind ``sealed`` commits to each sealed value with a salt of its own. Value and salt are in the sealed file
alone, so that the identity behind a pseudonym can one day be disclosed and proven unchanged, and not before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from willakuy.casefile.case import Case
from willakuy.casefile.custodians import recipients
from willakuy.casefile.errors import NoSuchThing
from willakuy.errors import UsageError
from willakuy.evidence import NotAFile
from willakuy.i18n import N_
from willakuy.ledger import Json, Logged
from willakuy.statements.ids import new_id
from willakuy.vault import Payload, seal_payload

_PATH = re.compile(r"[a-z][a-z0-9_]{0,31}")


class NothingToSeal(UsageError):
    code = "W533"
    what = N_("There is nothing to seal: no value was given.")
    next = N_("Nothing was recorded. Type it when asked, or give it on the standard input:\n    willakuy vault seal")


class FieldNameNotValid(UsageError):
    code = "W534"
    what = N_("A sealed field is called by one plain word, such as name, phone, address or note.")
    next = N_("Nothing was recorded. The words before the colon are kept in clear: put nothing secret there.")


@dataclass(frozen=True, slots=True)
class SealedItem:
    """One thing in the vault. ``paths`` are the names of its sealed fields; nobody here knows their values.

    ``about`` is the pseudonymous id it belongs to; ``labels`` the custodians it was last sealed to. ``erased`` names
    what was destroyed here; ``is_gone`` when that is all of it.
    """

    seal_id: str
    about: str
    what: str
    file_sha256: str
    blob_sha256: str | None
    labels: tuple[str, ...]
    paths: tuple[str, ...]
    device: str
    seq: int
    fields: Mapping[str, Json] = field(repr=False, default_factory=dict)
    erased: tuple[str, ...] = ()

    @property
    def is_gone(self) -> bool:
        return bool(self.paths) and set(self.paths) <= set(self.erased)

    @property
    def files(self) -> tuple[str, ...]:
        return (self.file_sha256, self.blob_sha256) if self.blob_sha256 else (self.file_sha256,)


def seal_values(
    case: Case, values: Mapping[str, str], *, about: str, what: str = "identity", by: str | None = None
) -> SealedItem:
    """Seal ``values`` (field name to value) about the pseudonym ``about``.

    Raises:
        TooFewCustodians, NothingToSeal, FieldNameNotValid, DiskFull, NotWritten, CaseNotWritten: nothing was recorded.
    """
    if not any(v.strip() for v in values.values()):
        raise NothingToSeal()
    if not all(_PATH.fullmatch(name) for name in values):
        raise FieldNameNotValid()
    return _seal(case, {f"sealed.{name}": value for name, value in values.items()}, about, what, None, by)


def seal_file(
    case: Case,
    source: BinaryIO,
    values: Mapping[str, str],
    *,
    about: str,
    by: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> SealedItem:
    """Seal a whole file, for instance a recording, with ``values`` (its name among them). Constant memory.

    Raises:
        as ``seal_values``; OSError: the file could not be read to its end. Nothing was recorded.
    """
    kept, sha256, size = case.vault.seal_stream(source, recipients(case), progress)
    paths = {f"sealed.{name}": value for name, value in values.items() if value}
    paths |= {"sealed.sha256": sha256, "sealed.size": str(size)}
    return _seal(case, paths, about, "file", kept.sha256, by)


def _seal(case: Case, values: Mapping[str, str], about: str, what: str, blob: str | None, by: str | None) -> SealedItem:
    to = recipients(case)
    seal_id = new_id("sealed", case.entropy)
    payload = Payload.of(seal_id, values, case.entropy)
    kept = case.vault.put_bytes(seal_payload(payload, to), name="(sealed)")
    fields: dict[str, Json] = {
        "seal_id": seal_id,
        "about": about,
        "what": what,
        "file_sha256": kept.sha256,
        "labels": [r.label for r in to],
        **payload.markers,
    }
    if blob:
        fields["blob_sha256"] = blob
    case.record("sealed", fields, by=by)
    return sealed_item(case, seal_id)


def sealed_items(case: Case) -> list[SealedItem]:
    """Everything ever sealed, in the order of the ledger; what was resealed under its latest file."""
    found: dict[str, SealedItem] = {}
    for logged in case.entries("sealed", "resealed", "erased"):
        fields = logged.entry.fields
        seal_id = str(fields.get("seal_id", ""))
        if logged.entry.kind == "sealed":
            found[seal_id] = _item(logged)
        elif seal_id in found and logged.entry.kind == "resealed":
            found[seal_id] = replace(
                found[seal_id],
                file_sha256=str(fields["file_sha256"]),
                blob_sha256=str(fields["blob_sha256"]) if "blob_sha256" in fields else None,
                labels=_texts(fields["labels"]),
            )
        elif seal_id in found and (logged.device == case.device.device_id or not _is_held(case, found[seal_id])):
            found[seal_id] = replace(found[seal_id], erased=found[seal_id].erased + _texts(fields["paths"]))
    return list(found.values())


def _is_held(case: Case, item: SealedItem) -> bool:
    """Whether any of its files is here: what another device erased counts as erased here once it is gone."""
    return any(case.vault.holds(sha256) for sha256 in item.files)


def sealed_item(case: Case, seal_id: str) -> SealedItem:
    """Raises ``NoSuchThing``."""
    for item in sealed_items(case):
        if item.seal_id == seal_id:
            return item
    raise NoSuchThing(id=seal_id)


def _item(logged: Logged) -> SealedItem:
    fields = logged.entry.fields
    return SealedItem(
        seal_id=str(fields["seal_id"]),
        about=str(fields["about"]),
        what=str(fields["what"]),
        file_sha256=str(fields["file_sha256"]),
        blob_sha256=str(fields["blob_sha256"]) if "blob_sha256" in fields else None,
        labels=_texts(fields["labels"]),
        paths=tuple(p for p in sorted(fields) if p.startswith("sealed.")),
        device=logged.device,
        seq=logged.seq,
        fields=fields,
    )


def _texts(value: Json) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, list | tuple) else ()


def read_values(text: str) -> dict[str, str]:
    """Lines ``field: value`` as a person writes them; anything else is one value called ``name``."""
    lines = [line for line in text.splitlines() if line.strip()]
    pairs = [line.partition(":") for line in lines]
    if pairs and all(colon and _PATH.fullmatch(name.strip()) for name, colon, _ in pairs):
        return {name.strip(): value.strip() for name, _, value in pairs}
    return {"name": text.strip()}


def read_source(path: Path) -> dict[str, str]:
    """``read_values`` of a file. Raises ``NotAFile``."""
    try:
        return read_values(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as e:
        raise NotAFile(file=path, reason="it cannot be read as text") from e


def seal_path(
    case: Case, path: Path, *, about: str, by: str | None = None, progress: Callable[[int], None] | None = None
) -> SealedItem:
    """``seal_file`` of the file at ``path``, with its name sealed too.

    Raises:
        NotAFile, and as ``seal_values``: nothing was recorded.
    """
    try:
        with path.open("rb") as stream:
            return seal_file(case, stream, {"name": path.name}, about=about, by=by, progress=progress)
    except OSError as e:
        raise NotAFile(file=path, reason=e.strerror or "it cannot be read") from e


def new_pseudonym(case: Case) -> str:
    """An id for somebody who is no source yet: random, so that it says nothing of the name."""
    return new_id("source", case.entropy)
