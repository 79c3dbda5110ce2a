"""Checking the quotations of a release against source documents that a reader has, found in it by their hash.

A release carries no source bytes. Whoever holds a document makes its text layer again, and compares what the release says stands in it.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from willakuy import __version__
from willakuy.casefile.quotations import Compared, Quotation
from willakuy.casefile.quoting import (
    compare_with_lists,
    compare_with_texts,
    sort_out,
)
from willakuy.errors import UsageError, WillakuyError
from willakuy.i18n import N_, gettext
from willakuy.publication.folder import MANIFEST
from willakuy.reading import text_layer
from willakuy.statements.sources import Locator

Progress = Callable[[int], None]


class SourceNotRead(UsageError):
    code = "W451"
    what = N_("{file}: it cannot be read ({reason}).")
    next = N_(
        "Nothing was changed. Name a document, or a folder of documents:\n    willakuy verify RELEASE --document PATH"
    )


@dataclass(frozen=True, slots=True)
class Sourced:
    """``known`` pairs each file with the document of the release that has its bytes. ``strangers`` were named and are of none;
    ``n_others`` lie in the folders that were named, and are of none either."""

    compared: Compared
    known: tuple[tuple[Path, str], ...]
    strangers: tuple[Path, ...]
    n_others: int
    made_by: str

    def notes(self) -> Iterator[str]:
        """What a reader should know beside what differs."""
        for path in self.strangers:
            yield gettext("{path}: no document of this release has these bytes.").format(path=path)
        if self.n_others:
            said = gettext("{n} other files in the folders are no documents of this release.")
            yield said.format(n=f"{self.n_others:,}")
        unchecked = self.compared.say_unchecked()
        if unchecked:
            yield unchecked
        if self.compared.differing and self.made_by != f"willakuy {__version__}":
            said = gettext(
                "The release was made by {then}, and the text was made again by willakuy {now}: another version may "
                "lay out the same document otherwise."
            )
            yield said.format(then=self.made_by, now=__version__)


def check_sources(release: Path, paths: Iterable[Path], progress: Progress | None = None) -> Sourced:
    """Compare the published quotations of each document among ``paths`` (files, or folders of files) with its own text.

    Args:
        release: one that verifies (``verify_release``).

    Raises:
        SourceNotRead: nothing was compared.
    """
    documents: dict[str, list[str]] = defaultdict(list)
    for row in _rows(release, "documents"):
        if sha256 := row["fields"].get("sha256"):
            documents[sha256].append(row["id"])
    quotations: dict[str, list[Quotation]] = defaultdict(list)
    for row in _rows(release, "statements"):
        quotation = _quotation(row)
        quotations[quotation.document_id].append(quotation)
    compared, known, strangers, n_others = Compared(), [], [], 0
    for path, is_named in _files(paths):
        ids = documents.get(_hash(path), [])
        if not ids and is_named:
            strangers.append(path)
        n_others += not ids and not is_named
        for document_id in ids:
            known.append((path, document_id))
            _compare(path, quotations[document_id], compared)
        if progress:
            progress(1)
    software = json.loads((release / MANIFEST).read_bytes()).get("software", "")
    return Sourced(compared, tuple(known), tuple(strangers), n_others, str(software))


def _compare(path: Path, quotations: Iterable[Quotation], compared: Compared) -> None:
    quoted = sort_out(quotations, compared)
    if quoted.in_text:
        try:
            text: str | None = text_layer(path).text
        except (WillakuyError, OSError):
            text = None
        compare_with_texts(quoted.in_text, [text], compared)
    if quoted.in_rows:
        compare_with_lists(quoted.in_rows, [path], compared)


def _rows(release: Path, table: str) -> Iterator[dict[str, Any]]:
    with (release / "data" / f"{table}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _quotation(row: dict[str, Any]) -> Quotation:
    fields = row["fields"]
    document_id = fields["citations"][0]["document_id"]
    places = tuple(Locator(**c.get("locator", {})) for c in fields["citations"] if c["document_id"] == document_id)
    is_changed = "words" in row["masked"]
    is_row = fields.get("mode") == "list_row"
    return Quotation(row["id"], document_id, fields.get("words"), places, is_row, is_changed)


def _files(paths: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    """Each file, and whether it was named itself."""
    for path in paths:
        if path.is_dir():
            yield from ((p, False) for p in sorted(path.rglob("*")) if p.is_file())
        else:
            yield path, True


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as e:
        raise SourceNotRead(file=path, reason=e.strerror or str(e)) from e
