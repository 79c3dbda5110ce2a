"""What is handed over when a case or a release leaves in one piece: to a court, an archive, a partner.

The same parts go into a BagIt bag (``bag.py``) and are described by an RO-Crate (``crate.py``). Keys and the vault are never
among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import RawIOBase
from pathlib import Path
from typing import BinaryIO

from willakuy.casefile import Case
from willakuy.casefile.checking import wanted_evidence
from willakuy.casefile.intake import media_type_of
from willakuy.evidence import Store
from willakuy.ledger import Logged, canonical, commitment, erased
from willakuy.publication.consent import documents_unconsented, unconsented
from willakuy.publication.errors import NotARelease
from willakuy.publication.folder import MANIFEST
from willakuy.statements.consent import Purpose
from willakuy.statements.corpus import Corpus

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """One file to hand over. ``name`` is relative, with forward slashes; ``about`` says what it is, in one sentence."""

    name: str
    media_type: str
    chunks: Callable[[], Iterable[bytes]]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Handover:
    """``root`` is the head the parts can be checked against, base64, as the checkpoint prints it; ``None`` without one."""

    title: str
    about: str
    parts: tuple[Part, ...]
    root: str | None


def release_handover(folder: Path) -> Handover:
    """Every file of a release, under ``release/``.

    Raises:
        NotARelease
    """
    if not (folder / MANIFEST).is_file():
        raise NotARelease(path=folder)
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    parts = [Part(f"release/{p.relative_to(folder).as_posix()}", media_type_of(p.name), _from_file(p)) for p in files]
    checkpoint = folder / "ledger" / "checkpoint"
    title, about = _manifest_title(folder)
    return Handover(title, about, tuple(parts), _root(checkpoint.read_text("utf-8")) if checkpoint.is_file() else None)


def case_handover(case: Case, purpose: Purpose = Purpose.court) -> Handover:
    """The ledger with everything it discloses to whoever works on the case, its signed heads, and the evidence.

    This is for a court or a partner who may see all of it: it holds what a release withholds. Entries and evidence that may
    not serve ``purpose``, because somebody did not agree to it, are there as commitments alone.
    """
    kept_back = KeptBack.of(case.corpus(), purpose)
    note = case.sign_checkpoint()
    parts = [
        Part("case/case.toml", "application/toml", _from_file(case.folder / "case.toml"), "settings of the case"),
        Part("case/ledger/checkpoint", "text/plain", lambda: [note.encode()], "signed head of this device's log"),
    ]
    for device in case.devices():
        about = f"every entry of the log of device {device}, with the salts that open its commitments"
        parts.append(
            Part(f"case/ledger/{device}.jsonl", "application/jsonl", lambda d=device: _log(case, d, kept_back), about)  # type: ignore[misc]
        )
    held = sorted(
        sha256 for sha256 in wanted_evidence(case) if case.evidence.holds(sha256) and sha256 not in kept_back.evidence
    )
    parts += [Part(f"case/evidence/{h}", "application/octet-stream", _from_store(case.evidence, h)) for h in held]
    about = "A working case: everything said and decided, and the evidence it rests on. Not for publication."
    return Handover(case.settings.name, about, tuple(parts), _root(note))


@dataclass(frozen=True, slots=True)
class KeptBack:
    """What consent keeps out of a handover: ids of documents and statements, and the hashes of their evidence."""

    ids: frozenset[str]
    evidence: frozenset[str]

    @classmethod
    def of(cls, corpus: Corpus, purpose: Purpose) -> KeptBack:
        documents = documents_unconsented(corpus, purpose)
        shared = {d.sha256 for d in corpus.documents if d.document_id not in documents}
        hashes = {d.sha256 for d in corpus.documents if d.document_id in documents and d.sha256} - shared
        return cls(frozenset({*documents, *unconsented(corpus, purpose)}), frozenset(h for h in hashes if h))

    def touches(self, logged: Logged) -> bool:
        """Whether an entry holds or speaks of something kept back. The wish itself goes with the rest."""
        fields = logged.entry.fields
        if fields.get("kind") == "consent" or not (self.ids or self.evidence):
            return False
        return any(text in self.ids or text in self.evidence for text in _texts(fields))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _from_store(store: Store, sha256: str) -> Callable[[], Iterator[bytes]]:
    def chunks() -> Iterator[bytes]:
        with store.open(sha256) as stream:
            yield from _chunks(stream)

    return chunks


def _from_file(path: Path) -> Callable[[], Iterator[bytes]]:
    def chunks() -> Iterator[bytes]:
        with path.open("rb") as stream:
            yield from _chunks(stream)

    return chunks


def _chunks(stream: BinaryIO | RawIOBase) -> Iterator[bytes]:
    while data := stream.read(_CHUNK):
        yield data


_ALWAYS = frozenset({"entry.device", "entry.lamport", "entry.time"})


def _log(case: Case, device: str, kept_back: KeptBack) -> Iterator[bytes]:
    for logged in case.entries():
        if logged.device == device:
            is_kept_back = kept_back.touches(logged)
            entry = erased(logged.entry, logged.entry.fields.keys() - _ALWAYS) if is_kept_back else logged.entry
            yield _line(replace(logged, entry=entry))


def _line(logged: Logged) -> bytes:
    entry = logged.entry
    line = {
        "seq": logged.seq,
        "lamport": logged.lamport,
        "kind": entry.kind,
        "fields": dict(entry.fields),
        "salts": [salt.hex() for salt in entry.salts],
        "decoys": [decoy.hex() for decoy in entry.decoys],
        "commitment": commitment(logged).hex(),
    }
    return canonical(line) + b"\n"  # type: ignore[arg-type]


def _root(note: str) -> str | None:
    lines = note.splitlines()
    return lines[2] if len(lines) > 2 else None


def _manifest_title(folder: Path) -> tuple[str, str]:
    import json

    try:
        package = json.loads((folder / "data" / "datapackage.json").read_text("utf-8"))
        return str(package["title"]), str(package.get("description") or "")
    except (OSError, ValueError, KeyError) as e:
        raise NotARelease(path=folder) from e
