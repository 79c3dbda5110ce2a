"""Whether the words of each statement are those of the kept bytes at the place it cites.

A span must say exactly the words, code point for code point; of a row, each cell of the words must be a cell of that row. A
document can have been read or imported more than once: words stand where any kept version says them. What cannot be checked
exactly is counted with the reason, never called different.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory

from willakuy.casefile.case import Case
from willakuy.casefile.codec import ERASED
from willakuy.casefile.quotations import Compared, Differing, Quotation, Unchecked
from willakuy.casefile.row_quoting import cells_in, row_differs, rows_not_found
from willakuy.errors import WillakuyError
from willakuy.evidence import EvidenceStore
from willakuy.i18n import gettext
from willakuy.statements.sources import Locator
from willakuy.statements.statement import Mode, Statement

Progress = Callable[[int], None]
_SHOWN = 60
_BEFORE = 15


def quotation_of(statement: Statement) -> Quotation:
    words = None if statement.words in (None, "", ERASED) else statement.words
    document_id = statement.document_id
    places = tuple(c.locator for c in statement.citations if c.document_id == document_id)
    return Quotation(statement.statement_id, document_id, words, places, statement.mode is Mode.list_row)


def check_quotations(case: Case, progress: Progress | None = None) -> Compared:
    """Compare every statement of the case with the bytes it cites; each text and list is read once, one at a time."""
    compared = Compared()
    texts, originals = _kept(case)
    for document_id, quotations in _by_document(map(quotation_of, case.corpus().statements)).items():
        spans = sort_out(quotations, compared)
        if spans.in_text:
            compare_with_texts(spans.in_text, [_text(case, s) for s in texts[document_id]], compared)
        if spans.in_rows:
            with _local_copies(case, [s for s in originals[document_id] if case.evidence.holds(s)]) as paths:
                compare_with_lists(spans.in_rows, paths, compared)
        if progress:
            progress(len(quotations))
    return compared


@contextmanager
def _local_copies(case: Case, hashes: Iterable[str]) -> Iterator[list[Path]]:
    """Kept files as paths, wherever the evidence lies: a spreadsheet is opened by its path."""
    if isinstance(case.evidence, EvidenceStore):
        yield [case.evidence.path_of(sha256) for sha256 in hashes]
        return
    with TemporaryDirectory() as folder:
        paths = []
        for sha256 in hashes:
            path = Path(folder) / sha256
            with case.evidence.open(sha256) as kept, path.open("wb") as copy:
                copyfileobj(kept, copy)
            paths.append(path)
        yield paths


def _by_document(quotations: Iterable[Quotation]) -> dict[str, list[Quotation]]:
    found: dict[str, list[Quotation]] = defaultdict(list)
    for quotation in quotations:
        found[quotation.document_id].append(quotation)
    return found


def _kept(case: Case) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Of each document the hashes of its text layers, and of its own bytes; the latest first."""
    texts: dict[str, list[str]] = defaultdict(list)
    originals: dict[str, list[str]] = defaultdict(list)
    for logged in reversed(list(case.entries("document"))):
        fields = logged.entry.fields
        document_id, sha256, parent = str(fields["document_id"]), fields.get("sha256"), fields.get("parent")
        if isinstance(sha256, str):
            originals[document_id].append(sha256)
            if parent is not None and str(fields.get("media_type", "")).startswith("text/plain"):
                texts[str(parent)].append(sha256)
                texts[document_id].append(sha256)
    return texts, originals


def _text(case: Case, sha256: str) -> str | None:
    """The text as far as it can be read: that its bytes are damaged is told by the check of the evidence."""
    try:
        return case.evidence.read(sha256).decode("utf-8", errors="replace")
    except WillakuyError:
        return None


@dataclass(frozen=True, slots=True)
class SortedOut:
    """Quotations of one document that can be compared."""

    in_text: tuple[Quotation, ...]
    in_rows: tuple[Quotation, ...]


def sort_out(quotations: Iterable[Quotation], compared: Compared) -> SortedOut:
    """Which are of a text and which of a list; the others are counted in ``compared``."""
    in_text, in_rows = [], []
    for q in quotations:
        place = q.places[0] if q.places else Locator()
        if q.words is None:
            compared.unchecked[Unchecked.changed] += 1
        elif place.start is not None:
            in_text.append(q)
        elif place.row is None:
            compared.unchecked[Unchecked.no_place] += 1
        elif q.is_row:
            in_rows.append(q)
        else:
            compared.unchecked[Unchecked.not_as_printed] += 1
    return SortedOut(tuple(in_text), tuple(in_rows))


def compare_with_texts(quotations: Sequence[Quotation], versions: Sequence[str | None], compared: Compared) -> None:
    """Compare spans with the text of their document; ``None`` is a version that cannot be read."""
    texts = [t for t in versions if t is not None]
    if not texts or len(texts) < len(versions):
        why = Unchecked.not_opened if versions else Unchecked.nothing_kept
        left = [q for q in quotations if all(_differs(q, t) for t in texts)]
        compared.unchecked[why] += len(left)
        compared.n_standing += len(quotations) - len(left)
        return
    for q in quotations:
        found = [_differs(q, text) for text in texts]
        if all(found) and found[0] is not None:
            compared.differs(q, found[0])
        else:
            compared.n_standing += 1


def _differs(q: Quotation, text: str) -> Differing | None:
    """What stands at the place of the words instead of them; every other place must at least be in the text."""
    words = q.words or ""
    own = q.places[0]
    said = text[own.start : own.end]
    if said != words and not (q.is_row and own.row is not None and _holds_cells(said, words)):
        return _differing(q, own, words, said)
    for place in q.places[1:]:
        if place.end is not None and place.end > len(text):
            return _differing(q, place, "", gettext("nothing: the text has {n} characters").format(n=len(text)))
    return None


def _holds_cells(said: str, words: str) -> bool:
    """The row of a printed table: its words are its cells, joined, without those left out for protection."""
    printed = " ".join(said.split())
    return all(cell in printed for cell in cells_in(words))


def compare_with_lists(quotations: Sequence[Quotation], paths: Sequence[Path], compared: Compared) -> None:
    """Compare rows with the kept list; under no way of opening it that makes none of them stand is any called different."""
    if not paths:
        compared.unchecked[Unchecked.nothing_kept] += len(quotations)
        return
    wanted = {q.statement_id: (q.places[0].row or 0, q.words or "") for q in quotations}
    left = rows_not_found(wanted, paths)
    if len(left) == len(wanted):
        compared.unchecked[Unchecked.not_opened] += len(left)
        return
    compared.n_standing += len(wanted) - len(left)
    for q in quotations:
        if q.statement_id in left:
            recorded, said = row_differs(q.words or "", left[q.statement_id])
            compared.differs(q, _differing(q, q.places[0], recorded, said))


def _differing(q: Quotation, place: Locator, recorded: str, found: str) -> Differing:
    same = next((i for i, (a, b) in enumerate(zip(recorded, found, strict=False)) if a != b), None)
    at = max(0, (min(len(recorded), len(found)) if same is None else same) - _BEFORE)
    return Differing(q.statement_id, q.document_id, say_place(place), _shortened(recorded, at), _shortened(found, at))


def _shortened(words: str, at: int) -> str:
    end = at + _SHOWN
    return f"{'…' if at else ''}{' '.join(words[at:end].split())}{'…' if end < len(words) else ''}"


def say_place(place: Locator) -> str:
    if place.start is not None:
        return gettext("characters {start}–{end}").format(start=place.start, end=place.end)
    return gettext("row {row}").format(row=place.row)
