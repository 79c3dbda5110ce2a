"""Which kind of package it is, and everything worth keeping of it: files, pages of web captures, proofs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from willakuy.evidence.packages import bagit, proofs
from willakuy.evidence.packages.errors import BagNotComplete, PackageNotRead
from willakuy.evidence.packages.opening import members
from willakuy.evidence.packages.proofs import Outcome, Proof
from willakuy.evidence.packages.quotas import Meter, Quota, opened, size_of
from willakuy.evidence.packages.survey import _NO_PROGRESS, Progress, Surveyed, survey
from willakuy.evidence.packages.warc import Capture, Inflated, WarcNotValid, captures

_WARC_NAME = re.compile(r"\.warc(\.gz)?\Z", re.IGNORECASE)
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/pdf", "text/plain"})


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a package holds.

    ``kind``: bagit, wacz, warc, proofmode, auto-archiver or plain. ``n_pages`` captured in WARC files of it.
    ``addresses`` of files taken from the web; ``danger``: fields of a file that lead to whoever made it.
    """

    kind: str
    files: Mapping[str, Surveyed]
    proofs: tuple[Proof, ...] = ()
    n_pages: int = 0
    addresses: Mapping[str, str] = field(default_factory=dict)
    danger: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def unpack(path: Path, *, quota: Quota | None = None, progress: Progress = _NO_PROGRESS) -> Unpacked:
    """Survey a package and check its proofs. Nothing is kept.

    Raises:
        PackageNotRead, PackageTooLarge, MemberRefused
        BagNotComplete: a bag whose manifests do not hold; other failed proofs are reported, not raised.
    """
    if is_warc(path):
        return Unpacked("warc", {}, n_pages=sum(1 for _ in pages(path, quota=quota)))
    seen = _recognised(path, quota, survey(path, quota=quota, wanted=_is_note, progress=progress), progress)
    if any(_WARC_NAME.search(name) for name in seen.files):
        seen = replace(seen, n_pages=sum(1 for _ in pages(path, quota=quota)))
    return seen


def _recognised(path: Path, quota: Quota | None, found: dict[str, Surveyed], progress: Progress) -> Unpacked:
    names = set(found)
    if bagit.is_bag(names):
        return _bag(path, quota, found, progress)
    if "datapackage.json" in names and any(_WARC_NAME.search(n) for n in names):
        return Unpacked("wacz", found, tuple(proofs.wacz_proofs(found)))
    if proofs.is_proofmode(found):
        danger = {n: tuple(d) for n, m in found.items() if (d := proofs.proofmode_danger(m))}
        return Unpacked("proofmode", found, tuple(proofs.proofmode_proofs(found)), danger=danger)
    if items := proofs.archiver_items(found):
        return _archiver(path, quota, found, items, progress)
    return Unpacked("plain", found)


def _is_note(name: str) -> bool:
    return name.lower().endswith((".json", ".csv", ".txt")) and not name.startswith("data/")


def _bag(path: Path, quota: Quota | None, found: dict[str, Surveyed], progress: Progress) -> Unpacked:
    tags = {n: found[n].content or b"" for n in bagit.tag_files(set(found))}
    bag = bagit.read_bag(set(found), tags)
    others = set(bag.algorithms) - {"sha256"}
    if others:
        found = survey(path, quota=quota, algorithms=others, progress=progress)
    checked = tuple(proofs.bag_proofs(bag, found))
    failed = [
        p.reason if p.member is None else f"{p.member} ({p.reason})" for p in checked if p.outcome is Outcome.fails
    ]
    if bag.problems or failed:
        raise BagNotComplete(file=path, problems="; ".join(dict.fromkeys([*bag.problems, *failed])))
    return Unpacked("bagit", found, checked)


def _archiver(
    path: Path, quota: Quota | None, found: dict[str, Surveyed], items: dict[str, dict[str, object]], progress: Progress
) -> Unpacked:
    if any("SHA3-512" in str(item.get("media")) for item in items.values()):
        found = survey(path, quota=quota, algorithms={"sha3_512"}, wanted=_is_note, progress=progress)
    checked = tuple(proofs.archiver_proofs(found, items))
    addresses = {
        p.member: address
        for p in checked
        if p.member and p.stated_in in items and (address := proofs.archiver_address(items[p.stated_in]))
    }
    return Unpacked("auto-archiver", found, checked, addresses=addresses)


def is_warc(path: Path) -> bool:
    return path.is_file() and bool(_WARC_NAME.search(path.name))


def pages(path: Path, *, quota: Quota | None = None) -> Iterator[tuple[Capture, str]]:
    """HTML, PDF and text pages captured in a WARC or WACZ, each with the name of the WARC it stands in.

    Raises:
        PackageNotRead: a WARC in it is torn or no WARC.
    """
    limit = quota or Quota.for_size(size_of(path))
    meter = Meter(path, limit)
    if is_warc(path):
        with opened(path) as stream:
            yield from _pages_of(path.name, stream, path, meter)
        return
    for name, member in members(path, limit):
        if _WARC_NAME.search(name):
            yield from _pages_of(name, member, path, meter)


def _pages_of(name: str, stream: object, path: Path, meter: Meter) -> Iterator[tuple[Capture, str]]:
    read: Callable[[int], bytes] = stream.read  # type: ignore[attr-defined]
    source = _Begun(read)
    try:
        for capture in captures(Inflated(source) if source.is_gzip else source, meter):
            if capture.media_type in _PAGE_TYPES:
                yield capture, name
    except WarcNotValid as e:
        raise PackageNotRead(file=path, reason=f"{name}: {e}") from e


class _Begun:
    """A stream whose first bytes were looked at."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._head = read(1 << 16)
        self.is_gzip = self._head.startswith(b"\x1f\x8b")

    def read(self, n: int, /) -> bytes:
        if self._head:
            head, self._head = self._head[:n], self._head[n:]
            return head
        return self._read(n)
