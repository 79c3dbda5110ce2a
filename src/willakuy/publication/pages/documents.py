"""Documents and lists, each with its rows or statements: the place where every statement can be linked to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from willakuy.i18n import N_
from willakuy.publication.cards import PER_PAGE, safe_address
from willakuy.publication.site import Page, Site
from willakuy.statements.ids import StatementId
from willakuy.statements.names import fold
from willakuy.statements.sources import Document
from willakuy.statements.statement import Mode


def pages(site: Site) -> Iterator[Page]:
    corpus, text = site.record.corpus, site.text
    ordered = sorted(corpus.documents, key=lambda d: (fold(d.title), d.document_id))
    parts = []
    for label, wanted in ((N_("Lists"), True), (N_("Other documents"), False)):
        some = [d for d in ordered if d.is_list is wanted]
        if some:
            shown = [{"id": d.document_id, "title": _title(site, d), "about": about_document(site, d)} for d in some]
            parts.append({"label": text(label), "documents": shown})
    lead = text(
        N_("What was read, and where to read it. Each statement in this record stands on the page of its document.")
    )
    yield Page("d/index.html", "documents", "documents", text(N_("Documents")), {"lead": lead, "parts": parts})
    of: dict[str, list[StatementId]] = defaultdict(list)
    for s in corpus.statements:
        of[s.document_id].append(s.statement_id)
    for document in corpus.documents:
        yield from _pages_of(site, document, of[document.document_id])


def about_document(site: Site, document: Document) -> str:
    known = document.as_of or document.published
    return site.speech.date(known) if known else ""


def _title(site: Site, document: Document) -> str:
    return document.title or site.speech.source(site.record.corpus.source[document.source_id])


def _pages_of(site: Site, document: Document, statements: Sequence[StatementId]) -> Iterator[Page]:
    chunks = [statements[i : i + PER_PAGE] for i in range(0, len(statements), PER_PAGE)] or [[]]
    source = site.record.corpus.source[document.source_id]
    names = [site.cards.document_page(document.document_id, i) for i in range(len(chunks))]
    for i, chunk in enumerate(chunks):
        rows: list[dict[str, Any]] = []
        others: list[dict[str, Any]] = []
        for statement_id in chunk:
            is_row = site.record.corpus.statement[statement_id].mode is Mode.list_row
            (rows if is_row else others).append(site.cards.statement(statement_id))
        parts = [{"label": str(j + 1), "href": f"{name}.html", "is_here": j == i} for j, name in enumerate(names)]
        context = {
            "source": {"id": source.source_id, "name": site.speech.source(source)},
            "facts": list(_facts(site, document)),
            "withheld": _withheld(site, document),
            "parts": parts if len(parts) > 1 else [],
            "rows": rows,
            "statements": others,
        }
        yield Page(f"d/{names[i]}.html", "document", "documents", _title(site, document), context)


def _facts(site: Site, d: Document) -> Iterator[dict[str, Any]]:
    text, speech = site.text, site.speech
    address = safe_address(d.address)
    rows = (
        (N_("Address"), d.address, address),
        (N_("Published"), speech.date(d.published), None),
        (N_("Speaks of"), speech.date(d.as_of), None),
        (N_("What it says it includes"), d.criteria, None),
        (N_("How much of it was seen"), speech.term("completeness", d.completeness), None),
        (N_("How it was captured"), d.capture, None),
        (N_("SHA-256 of the copy in evidence"), d.sha256, None),
        (N_("Note of those who recorded it"), d.note, None),
    )
    for label, value, href in rows:
        if value:
            yield {"label": text(label), "text": value, "href": href}


def _withheld(site: Site, document: Document) -> str | None:
    n = site.record.rows_withheld.get(document.document_id, 0)
    if not n:
        return None
    return site.speech.plural(
        N_("{n} statement of this document is not shown, to protect somebody."),
        N_("{n} statements of this document are not shown, to protect somebody."),
        n,
    )
