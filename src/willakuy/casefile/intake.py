"""Putting sources in: bytes are kept first, then described, and only then read.

The order is the promise: a file is acknowledged when its bytes are durable *and* the ledger says they
arrived. If anything fails half-way there may be bytes nobody speaks of yet, never an entry without its bytes.
"""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from willakuy import __version__
from willakuy.casefile.case import Case
from willakuy.casefile.errors import NoSuchThing
from willakuy.casefile.protecting import check_source_name
from willakuy.evidence import BytesMissing, Kept, NotAFile
from willakuy.i18n import gettext
from willakuy.ledger import Json
from willakuy.reading import Failure, Reading, read_with, rows_in_tables, text_layer, to_statements
from willakuy.statements.dates import PartialDate
from willakuy.statements.ids import DocumentId, SourceId, check_id, derived_id
from willakuy.statements.names import fold
from willakuy.statements.sources import Document, Source
from willakuy.statements.statement import Statement

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the person who puts a file in knows about it. ``source`` is an id or a name; the rest may be missing."""

    source: str
    source_kind: str = "press"
    title: str | None = None
    address: str | None = None
    language: str | None = None
    published: PartialDate | None = None
    as_of: PartialDate | None = None
    criteria: str | None = None
    document_id: str | None = None
    constants: tuple[tuple[str, str], ...] = ()
    is_free_of_duplicates: bool = True
    is_public_name: bool = False
    """Whoever puts it in says that the name of the source may stand in clear."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """One file as it arrived. ``path`` is where it was read from: it is told to people and never recorded."""

    kept: Kept
    media_type: str
    name: str
    path: Path = Path()


def keep_file(
    case: Case, path: Path, *, origin: str = "file", source: Source | None = None, progress: Progress | None = None
) -> Arrived:
    """Keep one file as evidence and enter its arrival in the ledger, whether or not its bytes were there before.

    Args:
        source: whose it is. Of a protected one the file's own name is not recorded: it may be a person's.

    Raises:
        NotAFile, DiskFull, NotWritten: nothing was recorded.
    """
    kept = case.evidence.put_file(path, progress)
    name = source.name + path.suffix if source is not None and source.is_protected else path.name
    arrived = Arrived(kept, media_type_of(path.name), name, path)
    case.record("received", _custody(arrived, origin))
    return arrived


def keep_files(
    case: Case, paths: Iterable[Path], *, origin: str = "file", progress: Progress | None = None
) -> Iterator[list[Arrived]]:
    """Keep many. Each list that comes back is acknowledged as a whole: its bytes and their entries are durable.

    Raises:
        NotAFile, DiskFull, NotWritten: those before the file it names are recorded, and came back.
    """
    for batch in case.evidence.put_files(paths, progress):
        arrived = [Arrived(kept, media_type_of(path.name), path.name, path) for path, kept in batch]
        case.record_all("received", (_custody(a, origin) for a in arrived))
        yield arrived


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Each path, and in place of a folder all plain files below it, sorted; links in it are not followed.

    Raises:
        NotAFile: a folder with no file in it, or one that may not be looked into.
    """
    for path in paths:
        below = _files_below(path) if path.is_dir() else iter([path])
        first = next(below, None)
        if first is None:
            raise NotAFile(file=path, reason=gettext("it is a folder with no file in it"))
        yield first
        yield from below


def _files_below(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as e:
        raise NotAFile(file=folder, reason=gettext("it cannot be read ({said})").format(said=e.strerror)) from e
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files_below(Path(entry))
        elif entry.is_file(follow_symlinks=False):
            yield Path(entry)


def media_type_of(name: str) -> str:
    guessed = mimetypes.guess_type(name)[0]
    return guessed or "application/octet-stream"


def settle_source(case: Case, about: Provenance) -> Source:
    """The source ``about`` names, from the case or newly recorded.

    Raises:
        NoSuchThing: ``about.source`` is written like an id, and the case has none of that id.
        NameNotProtected: it looks like the name of a witness or relative; nothing was recorded.
    """
    known = case.corpus().source
    if about.source.startswith("src_"):
        try:
            return known[SourceId(about.source)]
        except KeyError:
            raise NoSuchThing(id=about.source) from None
    wanted = fold(about.source)
    for source in known.values():
        if fold(source.name) == wanted:
            return source
    if not about.is_public_name:
        check_source_name(about.source, about.source_kind)
    source = Source(
        source_id=SourceId(derived_id("source", wanted)),
        name=about.source,
        kind=about.source_kind,
        language=about.language,
    )
    case.append([source])
    return source


def describe(
    case: Case, source: Source, arrived: Arrived, about: Provenance, *, is_list: bool, told: Provenance | None = None
) -> Document:
    """Record the document whose bytes arrived; the same bytes of the same source are one document.

    Args:
        told: what of ``about`` somebody said on purpose, if not all of it: only that corrects what is known.
    """
    document = document_for(source, arrived.kept, arrived.name, arrived.media_type, about, is_list=is_list)
    known = case.corpus().document.get(document.document_id)
    if known is not None:
        document = replace(
            corrected(known, told or about), sha256=document.sha256, size=document.size, media_type=document.media_type
        )
    case.append([document])
    return document


_SAID_OF_IT = ("title", "address", "language", "published", "as_of", "criteria")


def corrected(known: Document, told: Provenance) -> Document:
    """A document described before, with what is now said of it in place of what was."""
    return replace(
        known,
        **{name: getattr(told, name) for name in _SAID_OF_IT if getattr(told, name)},
        constants=tuple((dict(known.constants) | dict(told.constants)).items()),
        is_free_of_duplicates=known.is_free_of_duplicates and told.is_free_of_duplicates,
    )


def document_for(
    source: Source, kept: Kept, name: str, media_type: str, about: Provenance, *, is_list: bool
) -> Document:
    """The document that kept bytes are, with what is known about them; nothing is recorded."""
    given = about.document_id and check_id("document", about.document_id)
    return Document(
        document_id=DocumentId(given or derived_id("document", source.source_id, kept.sha256)),
        source_id=source.source_id,
        title=about.title or name,
        sha256=kept.sha256,
        size=kept.size,
        media_type=media_type,
        address=about.address,
        language=about.language,
        published=about.published,
        as_of=about.as_of,
        criteria=about.criteria,
        capture="file",
        is_list=is_list,
        is_free_of_duplicates=about.is_free_of_duplicates,
        constants=about.constants,
    )


@dataclass(frozen=True, slots=True)
class KeptReading:
    """A document, what each proposer made of it, and how many of the proposals are new to the case."""

    document: Document
    readings: tuple[Reading, ...]
    failures: tuple[Failure, ...]
    statements: tuple[Statement, ...]
    n_new: int


def keep_reading(
    case: Case,
    path: Path,
    about: Provenance,
    *,
    proposers: Sequence[str] = ("rules",),
    options: Mapping[str, Mapping[str, str]] | None = None,
    progress: Progress | None = None,
) -> KeptReading:
    """Keep a document, its text layer and what each proposer makes of it. Nothing proposed counts before it is accepted.

    The text is read before anything is recorded: a document that cannot be read is refused with a reason, and
    ``willakuy add`` keeps it all the same. What a proposer failed at is in ``failures``; the others' work is kept.

    Raises:
        the errors of ``reading``: nothing was recorded.
    """
    layer = text_layer(path)
    read = read_with(layer, proposers, published=about.published, options=options)
    first = read.readings[0]
    source = settle_source(case, replace(about, language=about.language or first.language))
    arrived = keep_file(case, path, source=source, progress=progress)
    known = replace(
        about,
        title=about.title or (source.name if source.is_protected else layer.title),
        language=about.language or first.language,
        published=about.published or layer.published,
    )
    document = describe(case, source, arrived, known, is_list=False, told=about)
    keep_text(case, document, layer.text, Making("willakuy text_layer"))
    statements = (
        *(s for reading in read.readings for s in to_statements(reading, document)),
        *rows_in_tables(layer, document),
    )
    return KeptReading(document, read.readings, read.failures, statements, case.append(statements))


def _custody(arrived: Arrived, origin: str) -> dict[str, str | int]:
    return {
        "object.sha256": arrived.kept.sha256,
        "object.size": arrived.kept.size,
        "object.media_type": arrived.media_type,
        "object.name": arrived.name,
        "origin.kind": origin,
    }


@dataclass(frozen=True, slots=True)
class Making:
    """How bytes were made from others, so that somebody can make them again."""

    tool: str
    version: str = __version__
    arguments: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join((self.tool, self.version, *self.arguments))


def keep_derived(case: Case, parent_sha256: str, data: bytes, making: Making, *, name: str) -> Kept:
    """Keep bytes made from others, with an entry that says from which, by what and how.

    Raises:
        BytesMissing: the case does not hold the bytes they were made from; nothing was recorded.
        DiskFull, NotWritten: nothing was recorded.
    """
    if not case.evidence.holds(parent_sha256):
        raise BytesMissing(sha256=parent_sha256)
    kept = case.evidence.put_bytes(data, name)
    fields: dict[str, Json] = {
        "object.sha256": kept.sha256,
        "object.size": kept.size,
        "parent.sha256": parent_sha256,
        "method.tool": making.tool,
        "method.version": making.version,
        "method.arguments": list(making.arguments),
    }
    case.record("derived", fields)
    return kept


def keep_text(case: Case, document: Document, text: str, making: Making) -> Document:
    """Keep the text layer of ``document`` as a derivative that points to it; offsets of citations count in this text."""
    assert document.sha256 is not None, "a text layer is made from kept bytes"
    kept = keep_derived(case, document.sha256, text.encode(), making, name=f"{document.document_id}.txt")
    layer = Document(
        document_id=DocumentId(derived_id("document", document.document_id, "text", kept.sha256)),
        source_id=document.source_id,
        title=document.title,
        sha256=kept.sha256,
        size=kept.size,
        media_type="text/plain; charset=utf-8",
        language=document.language,
        parent=document.document_id,
        made_by=str(making),
    )
    case.append([layer])
    return layer


def text_of(case: Case, document_id: DocumentId) -> str | None:
    """The text layer of a document, as kept; ``None`` when it has none."""
    for document in reversed(case.corpus().documents):
        if document.parent == document_id and document.sha256 and (document.media_type or "").startswith("text/plain"):
            return case.evidence.read(document.sha256).decode("utf-8")
    return None
