"""Packages somebody sent, kept with the proofs that came with them: the package as it is, each file in it, each page of a capture.

A package is surveyed first, and nothing of it is kept until all of it was seen: a bomb, a climbing name or a broken
bag leaves no trace. Then its bytes are kept, and one transaction says what arrived, from which package, and what each
proof is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from willakuy.casefile.case import Case
from willakuy.casefile.custodians import recipients
from willakuy.casefile.intake import (
    Arrived,
    Making,
    Provenance,
    document_for,
    keep_file,
    media_type_of,
    settle_source,
)
from willakuy.casefile.sealing import SealedItem, new_pseudonym, seal_file, seal_path
from willakuy.errors import UsageError
from willakuy.evidence import Kept
from willakuy.evidence.packages import Capture, PackageNotRead, Proof, Quota, Unpacked, members, pages, unpack
from willakuy.i18n import N_
from willakuy.ledger import Json
from willakuy.statements.dates import PartialDate
from willakuy.statements.sources import Document
from willakuy.vault import TooFewCustodians

Progress = Callable[[int], None]
_QUIET: Progress = lambda _n: None  # noqa: E731

_READABLE = ("text/", "application/pdf", "application/xhtml+xml", "image/", "video/", "audio/")


@dataclass(frozen=True, slots=True)
class KeptPage:
    """One page of a web capture, kept as a file of its own. ``stands_in``: the WARC it was taken from."""

    kept: Kept
    address: str
    captured: str
    media_type: str
    stands_in: str
    record_id: str
    digest: str

    @classmethod
    def of(cls, kept: Kept, capture: Capture, stands_in: str) -> KeptPage:
        digest = {True: "holds", False: "fails", None: "absent"}[capture.is_intact]
        return cls(kept, capture.address, capture.captured, capture.media_type, stands_in, capture.record_id, digest)


@dataclass(frozen=True, slots=True)
class KeptPackage:
    """``package`` is ``None`` for a folder. ``documents`` are recorded only when a source was named."""

    kind: str
    package: Arrived | None
    files: tuple[Arrived, ...]
    pages: tuple[KeptPage, ...]
    proofs: tuple[Proof, ...]
    danger: dict[str, tuple[str, ...]]
    documents: tuple[Document, ...]
    sealed: tuple[SealedItem, ...] = ()


class LeadsToPeople(UsageError):
    code = "W164"
    what = N_("{file}: what came with it leads to whoever filmed ({fields}), and nothing can be sealed here yet.")
    next = N_(
        "Nothing was recorded. Name custodians first, and the proofs will be sealed to them:\n"
        "    willakuy vault custodians --help\n"
        "Only if whoever filmed agrees that the proofs lie in clear in this case:  willakuy unpack --in-clear"
    )


def keep_package(
    case: Case,
    path: Path,
    *,
    about: Provenance | None = None,
    quota: Quota | None = None,
    in_clear: bool = False,
    progress: Progress = _QUIET,
) -> KeptPackage:
    """Open a package under ``quota``, check the proofs in it, keep everything, and say in the ledger what arrived.

    Proofs that lead to whoever filmed, and the package they came in, are sealed to the custodians and not kept as evidence.

    Args:
        about: whose words the pages and files are; each becomes a document of that source. ``None`` keeps bytes only.
        in_clear: keep such proofs as evidence all the same.

    Raises:
        PackageNotRead, PackageTooLarge, MemberRefused, BagNotComplete, LeadsToPeople: nothing was kept.
        DiskFull, NotWritten: nothing of the package was recorded but what was sealed.
    """
    seen = unpack(path, quota=quota, progress=progress)
    seals = frozenset() if in_clear else frozenset(seen.danger)
    sealed = tuple(_sealed(case, path, seen, seals, quota)) if seals else ()
    package = None if seals or path.is_dir() else keep_file(case, path)
    files = tuple(_kept_files(case, path, seen, seals, quota, progress))
    kept_pages = tuple(_kept_pages(case, path, seen, quota))
    source = package.kept.sha256 if package else None
    entries = [("received", _arrival(arrived, seen, source)) for arrived in files]
    entries += [("derived", _page_entry(page, source)) for page in kept_pages]
    entries += [("proof", _proof_entry(proof, seen, seals)) for proof in seen.proofs]
    case.record_entries(entries)
    documents = _documents(case, about, package, files, kept_pages, seen) if about else ()
    return KeptPackage(seen.kind, package, files, kept_pages, seen.proofs, dict(seen.danger), documents, sealed)


def _kept_pages(case: Case, path: Path, seen: Unpacked, quota: Quota | None) -> Iterator[KeptPage]:
    if seen.n_pages:
        for capture, stands_in in pages(path, quota=quota):
            yield KeptPage.of(case.evidence.put_bytes(capture.body, capture.address), capture, stands_in)


def _sealed(case: Case, path: Path, seen: Unpacked, seals: frozenset[str], quota: Quota | None) -> Iterator[SealedItem]:
    """The proofs named in ``seals``, and the package itself, about one new pseudonym: nobody knows yet who filmed."""
    try:
        recipients(case)
    except TooFewCustodians as e:
        fields = sorted({name for names in seen.danger.values() for name in names})
        raise LeadsToPeople(file=path.name, fields=", ".join(fields)) from e
    about = new_pseudonym(case)
    for name, stream in members(path, quota):
        if name in seals:
            yield seal_file(case, cast(BinaryIO, stream), {"name": name}, about=about)
    if path.is_file():
        yield seal_path(case, path, about=about)


def _kept_files(
    case: Case, path: Path, seen: Unpacked, seals: frozenset[str], quota: Quota | None, progress: Progress
) -> Iterator[Arrived]:
    if not seen.files:
        return  # a WARC by itself is the package and the file
    for name, stream in members(path, quota):
        if name in seals:
            continue
        kept = case.evidence.put(stream, name=name, progress=progress)
        if name not in seen.files or seen.files[name].sha256 != kept.sha256:
            raise PackageNotRead(file=path, reason=f"“{name}” changed while it was being read")
        yield Arrived(kept, media_type_of(name), name)


def _arrival(arrived: Arrived, seen: Unpacked, package: str | None) -> dict[str, Json]:
    fields: dict[str, Json] = {
        "object.sha256": arrived.kept.sha256,
        "object.size": arrived.kept.size,
        "object.media_type": arrived.media_type,
        "object.name": arrived.name,
        "origin.kind": seen.kind,
    }
    if package:
        fields["origin.package"] = package
    if arrived.name in seen.addresses:
        fields["origin.url"] = seen.addresses[arrived.name]
    return fields


def _page_entry(page: KeptPage, package: str | None) -> dict[str, Json]:
    making = Making("willakuy unpack", arguments=(page.stands_in, page.record_id))
    fields: dict[str, Json] = {
        "object.sha256": page.kept.sha256,
        "object.size": page.kept.size,
        "object.media_type": page.media_type,
        "origin.url": page.address,
        "capture.time": page.captured,
        "capture.digest": page.digest,
        "method.tool": making.tool,
        "method.version": making.version,
        "method.arguments": list(making.arguments),
    }
    return fields | ({"parent.sha256": package} if package else {})


def _proof_entry(proof: Proof, seen: Unpacked, seals: frozenset[str]) -> dict[str, Json]:
    fields: dict[str, Json] = {
        "proof.kind": proof.kind,
        "proof.stated_in": proof.stated_in,
        "proof.outcome": proof.outcome.value,
        "proof.reason": proof.reason,
    }
    stated = seen.files.get(proof.stated_in)
    if stated and proof.stated_in not in seals:
        fields["proof.sha256"] = stated.sha256
    if proof.member:
        fields["object.sha256"] = seen.files[proof.member].sha256
    return fields


def _documents(
    case: Case,
    about: Provenance,
    package: Arrived | None,
    files: tuple[Arrived, ...],
    kept_pages: tuple[KeptPage, ...],
    seen: Unpacked,
) -> tuple[Document, ...]:
    source = settle_source(case, about)
    made: list[Document] = []
    parent = None
    if package:
        made.append(document_for(source, package.kept, package.name, package.media_type, about, is_list=False))
        parent = made[0].document_id
    for page in kept_pages:
        known = replace(about, title=about.title or page.address, address=page.address)
        document = document_for(source, page.kept, page.address, page.media_type, known, is_list=False)
        made.append(replace(document, parent=parent, capture=seen.kind, as_of=document.as_of or _day(page.captured)))
    for arrived in files if not kept_pages else ():
        if arrived.media_type.startswith(_READABLE) and not _is_proof(arrived.name, seen):
            known = replace(about, title=None, address=seen.addresses.get(arrived.name))
            document = document_for(source, arrived.kept, arrived.name, arrived.media_type, known, is_list=False)
            made.append(replace(document, parent=parent, capture=seen.kind))
    case.append(made)
    return tuple(made)


def _is_proof(name: str, seen: Unpacked) -> bool:
    return any(proof.stated_in == name for proof in seen.proofs)


def _day(time: str) -> PartialDate | None:
    return PartialDate(time[:10]) if len(time) >= 10 and time[:4].isdigit() else None
